"""Half-months: the 1st to the 14th and the 15th to the end.

Both the calendar and the statutory periods (15th to 14th; dossier §6.1) are whole numbers of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cchc.kernel.period import Period

SECOND = 15


def half_of(day: date) -> date:
    """Return the first day of the half-month to which the day belongs."""
    return day.replace(day=SECOND if day.day >= SECOND else 1)


def half_after(start: date) -> date:
    """Return the first day of the half-month after one that begins on ``start``."""
    if start.day == 1:
        return start.replace(day=SECOND)
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_of(period: Period) -> list[Period]:
    """Return the calendar months that a closed period touches, whole."""
    if period.end is None:
        raise ValueError("Khoảng thời gian phải có ngày cuối.")
    start, months = period.start.replace(day=1), []
    while start < period.end:
        following = half_after(half_after(start))
        months.append(Period(start, following))
        start = following
    return months


@dataclass(frozen=True)
class Cut:
    """A period cut into the whole half-months inside it (``first`` up to, and without, ``end``) and what is left over at its edges.

    ``beyond`` are days that the half-months have too many: they are to be taken away again.
    """

    first: date
    end: date
    edges: tuple[Period, ...]
    beyond: Period | None = None

    @property
    def starts(self) -> Iterator[date]:
        """Return the first days of the whole half-months."""
        start = self.first
        while start < self.end:
            yield start
            start = half_after(start)


def cut(period: Period) -> Cut:
    """Cut a closed period. Together the half-months and the edges are the period, no day twice."""
    if period.end is None:
        raise ValueError("Khoảng thời gian phải có ngày cuối.")
    first = period.start if half_of(period.start) == period.start else half_after(half_of(period.start))
    end = half_of(period.end)
    if first >= end:
        if first == period.start and end == period.end:
            return Cut(first, end, ())
        return Cut(first, first, (period,))
    edges = []
    if period.start < first:
        edges.append(Period(period.start, first))
    if end < period.end:
        edges.append(Period(end, period.end))
    return Cut(first, end, tuple(edges))


def shortest(pieces: Cut) -> Cut:
    """Return the same days, read from fewer: of a half-month that ends after the period, where the days beyond are fewer than those inside.

    A year to date ends with today on every page; late in a half-month it is the half-month but for a day or two.
    """
    edge = pieces.edges[-1] if pieces.edges else None
    if edge is None or edge.end is None or edge.start != pieces.end or half_of(edge.start) != edge.start:
        return pieces
    after = half_after(edge.start)
    if after - edge.end >= edge.end - edge.start:
        return pieces
    return Cut(pieces.first, after, pieces.edges[:-1], Period(edge.end, after))
