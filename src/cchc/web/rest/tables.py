"""The one way from a public table to what is given out, whatever the door: a hidden cell has no value anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc.figures import api as figures
from cchc.web.ui.dimensions import known


@dataclass(frozen=True)
class Cell:
    """One number given out. ``value`` is None where it is hidden, and where a share of nothing has none."""

    key: str
    name: str
    value: int | float | None
    hidden: bool


@dataclass(frozen=True)
class Given:
    """A table given out: the total, and a line for each value of the cut."""

    total: Cell
    lines: tuple[Cell, ...]


def given(tables: Sequence[figures.PublicTable], *, on: date) -> tuple[Given, ...]:
    """Return tables of one unit and one cut (or none) as they are given out, with the names of the keys on a day. Three queries at most."""
    by = tables[0].table.by if tables else ()
    names = known(by[0], {line.key[0] for table in tables for line in table.table.lines}, on=on) if by else {}
    return tuple(
        Given(
            total=Cell("", "", None if table.total_hidden else plain(table.table.total), table.total_hidden),
            lines=tuple(
                Cell(what.code, what.name, None if hidden else plain(line), hidden)
                for line, hidden in table.lines
                for what in [names[str(line.key[0])]]
            ),
        )
        for table in tables
    )


def plain(line: figures.Line) -> int | float | None:
    """Return the value as a number: a count whole, a share with its two places."""
    if line.value is None:
        return None
    return int(line.value) if line.of is None and line.value == line.value.to_integral_value() else float(line.value)
