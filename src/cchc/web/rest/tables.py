"""The one way from a public table to what is given out, whatever the door: a hidden cell has no value anywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures


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
    names = _names([line for table in tables for line in table.table.lines], tables[0].table.by if tables else (), on)
    return tuple(
        Given(
            total=Cell("", "", None if table.total_hidden else plain(table.table.total), table.total_hidden),
            lines=tuple(
                Cell(*names.get(str(line.key[0]), (str(line.key[0]), str(line.key[0]))), None if hidden else plain(line), hidden)
                for line, hidden in table.lines
            ),
        )
        for table in tables
    )


def plain(line: figures.Line) -> int | float | None:
    """Return the value as a number: a count whole, a share with its two places."""
    if line.value is None:
        return None
    return int(line.value) if line.of is None and line.value == line.value.to_integral_value() else float(line.value)


def _names(lines: Iterable[figures.Line], by: Sequence[Dimension], on: date) -> dict[str, tuple[str, str]]:
    """Return (what identifies it outside, what people call it) by the key inside."""
    if not by:
        return {}
    keys = {str(line.key[0]) for line in lines}
    match by[0]:
        case Dimension.UNIT:
            return {str(key): (view.code, view.full_name) for key, view in organisations.units_on(map(int, keys), on).items()}
        case Dimension.PROCEDURE:
            return {hit.code: (hit.code, hit.title) for hit in procedures.hits_for(sorted(keys), on=on)}
        case Dimension.CHANNEL:
            return {channel.value: (channel.value, channel.label) for channel in procedures.Channel}
        case Dimension.LEVEL:
            return {kind.value: (kind.value, kind.label) for kind in organisations.UnitKind}
        case _:
            return {}
