"""When a case is late. Lateness is never stored: it follows from ``late_from`` and an instant.

``late_from`` is the first instant at which finishing breaks the promise. A day term is kept by finishing on ``due_date``, at
whatever hour, so it is late from the midnight after; an hour term compares instants, so it is late just after ``due_at``.
A case without a due date counts as on time (dossier §6.2).
"""

from datetime import date, datetime, time, timedelta

from cchc.cases.terms import Timeliness
from cchc.kernel.local import at, local_date

_INSTANT = timedelta(microseconds=1)


def late_from(*, due_at: datetime, due_date: date, precise: bool) -> datetime:
    """Return the first late instant; ``precise`` means an hour term."""
    return due_at + _INSTANT if precise else at(due_date + timedelta(days=1), time.min)


def is_late(*, late_from: datetime | None, moment: datetime) -> bool:
    """Say whether finishing at ``moment`` (or still being open then) breaks the promise."""
    return late_from is not None and moment >= late_from


def timeliness(
    *,
    finished_at: datetime,
    due_date: date | None,
    late_from: datetime | None,
    unextended: datetime | None = None,
) -> Timeliness:
    """Return early (a day or more before), on time or late, as the statutory columns (8), (9), (10) count them.

    ``unextended`` is the first late instant of the promise before it was extended: what finished after it kept only the new promise,
    and what finished before it is early only if it was early for the promise first made. An extension makes nothing look better.
    """
    if is_late(late_from=late_from, moment=finished_at):
        return Timeliness.LATE
    if is_late(late_from=unextended, moment=finished_at):
        return Timeliness.EXTENDED
    promised = due_date if unextended is None else local_date(unextended - _INSTANT)
    if promised is not None and local_date(finished_at) < promised:
        return Timeliness.EARLY
    return Timeliness.ON_TIME
