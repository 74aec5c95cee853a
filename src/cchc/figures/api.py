"""The face of figures."""

from cchc.figures.events import ValuesImported
from cchc.figures.operations.importing import ValueRow, ValuesChecked, check_values, import_values, values_template
from cchc.figures.operations.rollups import rebuild, rebuild_if_never_counted, refresh, waiting
from cchc.figures.operations.stale import mark_stale, mark_stale_from
from cchc.figures.operations.verifying import verify
from cchc.figures.queries.flows import has_ever, moved, scopes_of
from cchc.figures.queries.imported import ImportView, imported, imported_values, imports_made
from cchc.figures.queries.owners import owners, top_unit
from cchc.figures.queries.public import PublicTable, public_tables
from cchc.figures.queries.values import FigureTable, Line, figure_table, figure_tables, flows_of, until
from cchc.figures.rules.cells import MINIMUM, hidden, is_small
from cchc.figures.rules.flows import DONE, KEPT, Counts
from cchc.figures.rules.registry import (
    Asked,
    Facts,
    Measure,
    Moved,
    Ratio,
    Recount,
    Scope,
    is_registered,
    measure,
    measures,
    own_facts,
    register,
)
from cchc.figures.terms import Flow, ValueVerdict

__all__ = [
    "DONE",
    "KEPT",
    "MINIMUM",
    "Asked",
    "Counts",
    "Facts",
    "FigureTable",
    "Flow",
    "ImportView",
    "Line",
    "Measure",
    "Moved",
    "PublicTable",
    "Ratio",
    "Recount",
    "Scope",
    "ValueRow",
    "ValueVerdict",
    "ValuesChecked",
    "ValuesImported",
    "check_values",
    "figure_table",
    "figure_tables",
    "flows_of",
    "has_ever",
    "hidden",
    "import_values",
    "imported",
    "imported_values",
    "imports_made",
    "is_registered",
    "is_small",
    "mark_stale",
    "mark_stale_from",
    "measure",
    "measures",
    "moved",
    "own_facts",
    "owners",
    "public_tables",
    "rebuild",
    "rebuild_if_never_counted",
    "refresh",
    "register",
    "scopes_of",
    "top_unit",
    "until",
    "values_template",
    "verify",
    "waiting",
]
