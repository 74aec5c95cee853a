"""A figure as everybody may see it: small cells hidden, and only what is for the public at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cchc.figures.queries.values import FigureTable, Line, figure_tables
from cchc.figures.rules.cells import hidden, is_small
from cchc.figures.rules.registry import measure
from cchc.kernel.errors import NotFound
from cchc.kernel.figures import Audience, Dimension
from cchc.kernel.period import Period


@dataclass(frozen=True)
class PublicTable:
    """A table of which ``hidden`` says, line by line, what is not shown; ``total_hidden`` the same of the total."""

    table: FigureTable
    hidden: tuple[bool, ...]
    total_hidden: bool

    @property
    def lines(self) -> tuple[tuple[Line, bool], ...]:
        """Return each line with whether it is hidden."""
        return tuple(zip(self.table.lines, self.hidden, strict=True))


def public_tables(
    keys: Sequence[str],
    *,
    unit_id: int,
    period: Period,
    by: Sequence[Dimension] = (),
    only: Mapping[Dimension, str] | None = None,
    as_of: date | None = None,
    with_total: bool = True,
) -> tuple[PublicTable, ...]:
    """Return figures for everybody. A figure that is for the office alone is not found. Raises as ``figure_tables``.

    What ``only`` narrows to is one line of a larger table: where that line is hidden, all that is asked of it is hidden too. Otherwise a
    line hidden so that its neighbour cannot be had by subtraction could simply be asked for by itself.
    """
    for key in keys:
        if measure(key).figure.audience is not Audience.PUBLIC:
            raise NotFound(f"Không có số liệu công khai «{key}».", field="key")
    withheld = _withheld(keys, unit_id=unit_id, period=period, only=only or {}, as_of=as_of)
    return tuple(
        PublicTable(
            table=table,
            hidden=tuple(
                verdict or (table.figure.key in withheld and bool(line.number or line.of))
                for line, verdict in zip(table.lines, hidden([line.size for line in table.lines]), strict=True)
            ),
            total_hidden=is_small(table.total.size) or (table.figure.key in withheld and bool(table.total.number or table.total.of)),
        )
        for table in figure_tables(keys, unit_id=unit_id, period=period, by=by, only=only, as_of=as_of, with_total=with_total)
    )


def _withheld(keys: Sequence[str], *, unit_id: int, period: Period, only: Mapping[Dimension, str], as_of: date | None) -> set[str]:
    """Return the figures whose line for what ``only`` narrows to is hidden in the table that it is a line of."""
    found: set[str] = set()
    for cut, value in only.items():
        rest = {other: kept for other, kept in only.items() if other is not cut}
        for table in figure_tables(keys, unit_id=unit_id, period=period, by=[cut], only=rest, as_of=as_of):
            verdicts = hidden([line.size for line in table.lines])
            if any(verdict and str(line.key[0]) == value for line, verdict in zip(table.lines, verdicts, strict=True)):
                found.add(table.figure.key)
    return found
