"""The face of figures."""

from cchc.figures.operations.rollups import rebuild, refresh, verify, waiting
from cchc.figures.operations.stale import mark_stale, mark_stale_from
from cchc.figures.queries.flows import moved, scopes_of
from cchc.figures.queries.public import PublicTable, owners, public_tables
from cchc.figures.queries.values import FigureTable, Line, figure_table, figure_tables
from cchc.figures.rules.flows import DONE, KEPT, Counts
from cchc.figures.rules.registry import Asked, Facts, Measure, Moved, Ratio, Recount, Scope, measure, measures, own_facts, register
from cchc.figures.terms import Flow

__all__ = [
    "DONE",
    "KEPT",
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
    "verify",
    "waiting",
]
