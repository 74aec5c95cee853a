"""The face of figures."""

from cchc.figures.operations.importing import import_values
from cchc.figures.operations.rollups import rebuild, refresh, verify, waiting
from cchc.figures.operations.stale import mark_stale, mark_stale_from
from cchc.figures.queries.flows import moved, scopes_of
from cchc.figures.queries.imported import imported
from cchc.figures.queries.owners import owners, top_unit
from cchc.figures.queries.public import PublicTable, public_tables
from cchc.figures.queries.readiness import first_day, waits_before
from cchc.figures.queries.values import FigureTable, Line, figure_table, figure_tables, until
from cchc.figures.rules.cells import MINIMUM, is_small
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
from cchc.figures.terms import Flow

__all__ = [
    "DONE",
    "KEPT",
    "MINIMUM",
    "Asked",
    "Counts",
    "Facts",
    "FigureTable",
    "Flow",
    "Line",
    "Measure",
    "Moved",
    "PublicTable",
    "Ratio",
    "Recount",
    "Scope",
    "figure_table",
    "figure_tables",
    "first_day",
    "import_values",
    "imported",
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
    "refresh",
    "register",
    "scopes_of",
    "top_unit",
    "until",
    "verify",
    "waiting",
    "waits_before",
]
