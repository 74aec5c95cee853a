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
    """Return figures for everybody. A figure that is for the office alone is not found. Raises as ``figure_tables``."""
    for key in keys:
        if measure(key).figure.audience is not Audience.PUBLIC:
            raise NotFound(f"Không có số liệu công khai «{key}».", field="key")
    return tuple(
        PublicTable(
            table=table,
            hidden=tuple(hidden([(line.number, line.of) for line in table.lines])),
            total_hidden=is_small(number=table.total.number, of=table.total.of),
        )
        for table in figure_tables(keys, unit_id=unit_id, period=period, by=by, only=only, as_of=as_of, with_total=with_total)
    )
