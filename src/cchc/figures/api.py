"""The face of figures."""

from cchc.figures.events import ValuesImported
from cchc.figures.operations.contesting import ANSWERS, answer_contest, contest, withdraw_contest
from cchc.figures.operations.importing import ValueRow, ValuesChecked, check_values, import_values, values_template
from cchc.figures.operations.looking import Looked, look_at_officer, looked_at
from cchc.figures.operations.rollups import rebuild, refresh, waiting
from cchc.figures.operations.stale import mark_stale, mark_stale_from, mark_touched
from cchc.figures.operations.verifying import verify
from cchc.figures.queries.contests import (
    ContestedNumber,
    ContestView,
    contest_of,
    contests_for,
    contests_of,
    count_contests,
    open_contests,
    own_contest,
)
from cchc.figures.queries.flows import has_ever, moved, scopes_of
from cchc.figures.queries.imported import ImportView, imported, imported_values, imports_made
from cchc.figures.queries.officers import LookView, OfficerField, looks_at, officers_under, own_numbers
from cchc.figures.queries.owners import owners, top_units
from cchc.figures.queries.public import PublicTable, public_tables
from cchc.figures.queries.readiness import first_day, waits_before
from cchc.figures.queries.values import FigureTable, Line, figure_table, figure_tables, flows_of, subjects_of, until
from cchc.figures.rules.cells import FEWEST_OF_OFFICER, MINIMUM, hidden, is_small
from cchc.figures.rules.flows import DONE, KEPT, Counts
from cchc.figures.rules.registry import (
    Asked,
    Facts,
    Measure,
    Moved,
    OfficerAsked,
    OfficerMeasure,
    Ratio,
    Recount,
    Scope,
    is_registered,
    measure,
    measures,
    officer_measures,
    own_facts,
    register,
    register_of_officers,
)
from cchc.figures.terms import Flow, ValueVerdict, Verdict

__all__ = [
    "ANSWERS",
    "DONE",
    "FEWEST_OF_OFFICER",
    "KEPT",
    "MINIMUM",
    "Asked",
    "ContestView",
    "ContestedNumber",
    "Counts",
    "Facts",
    "FigureTable",
    "Flow",
    "ImportView",
    "Line",
    "LookView",
    "Looked",
    "Measure",
    "Moved",
    "OfficerAsked",
    "OfficerField",
    "OfficerMeasure",
    "PublicTable",
    "Ratio",
    "Recount",
    "Scope",
    "ValueRow",
    "ValueVerdict",
    "ValuesChecked",
    "ValuesImported",
    "Verdict",
    "answer_contest",
    "check_values",
    "contest",
    "contest_of",
    "contests_for",
    "contests_of",
    "count_contests",
    "figure_table",
    "figure_tables",
    "first_day",
    "flows_of",
    "has_ever",
    "hidden",
    "import_values",
    "imported",
    "imported_values",
    "imports_made",
    "is_registered",
    "is_small",
    "look_at_officer",
    "looked_at",
    "looks_at",
    "mark_stale",
    "mark_stale_from",
    "mark_touched",
    "measure",
    "measures",
    "moved",
    "officer_measures",
    "officers_under",
    "open_contests",
    "own_contest",
    "own_facts",
    "own_numbers",
    "owners",
    "public_tables",
    "rebuild",
    "refresh",
    "register",
    "register_of_officers",
    "scopes_of",
    "subjects_of",
    "top_units",
    "until",
    "values_template",
    "verify",
    "waiting",
    "waits_before",
    "withdraw_contest",
]
