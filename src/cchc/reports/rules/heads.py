"""The head of a table: a tree of headings laid out in rows, merged across and down."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc.reports.rules.definitions import Column


@dataclass(frozen=True)
class HeadCell:
    """A heading at ``row`` and ``column`` (both from 0) that covers ``rows`` by ``columns`` cells."""

    row: int
    column: int
    rows: int
    columns: int
    heading: str


def head_cells(columns: Sequence[Column]) -> tuple[HeadCell, ...]:
    """Return the cells of the head, row by row. A leaf reaches down to the last row, a heading over others is one row high."""
    depth = head_depth(columns)
    cells: list[HeadCell] = []

    def lay(column: Column, row: int, left: int) -> None:
        height = 1 if column.columns else depth - row
        cells.append(HeadCell(row, left, height, len(column.leaves), column.heading))
        for child in column.columns:
            lay(child, row + 1, left)
            left += len(child.leaves)

    at = 0
    for column in columns:
        lay(column, 0, at)
        at += len(column.leaves)
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def head_depth(columns: Sequence[Column]) -> int:
    """Return how many rows the head has."""
    return max(1 + head_depth(column.columns) if column.columns else 1 for column in columns)
