"""Working minutes of many spans at once, on arrays. The same law as ``deadlines.elapsed``, and a test holds them equal.

Each day's worked time is laid out once as a running sum; a span is then the difference of two look-ups. Numpy is imported on use, as
in ``bulk``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from cchc.kernel.local import VIETNAM
from cchc.worktime.rules.timetable import DAY, Timetable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cchc.worktime.rules.calendars import Calendar
    from cchc.worktime.rules.schedules import Schedule

    Whole = NDArray[np.int64]

_DAY_MICROSECONDS = 86_400 * 1_000_000
_MINUTE = 60 * 1_000_000
_MICROSECOND = timedelta(microseconds=1)
# Moments are numbered from here. Viet Nam has kept one offset since 1975, so the distance is the same on every wall.
_FIRST_DAY = date(2000, 1, 1)
_START = datetime.combine(_FIRST_DAY, time.min, tzinfo=VIETNAM).astimezone(UTC)


def worked_minutes(spans: Sequence[tuple[datetime, datetime]], *, calendar: Calendar, schedule: Schedule) -> list[int]:
    """Return the whole working minutes in each span of aware instants, in their order; 0 where the end is not after the start."""
    import numpy as np  # noqa: PLC0415 (see the module)

    if not spans:
        return []
    starts = np.array([(start - _START) // _MICROSECOND for start, _ in spans], dtype=np.int64)
    ends = np.array([(end - _START) // _MICROSECOND for _, end in spans], dtype=np.int64)
    first, last = int(min(starts.min(), ends.min())) // _DAY_MICROSECONDS, int(max(starts.max(), ends.max())) // _DAY_MICROSECONDS
    opens, closes = _sessions(Timetable(calendar, schedule), first, last)
    before = np.concatenate([[0], np.cumsum(closes - opens)])

    def until(moments: Whole) -> Whole:
        """Return the time worked from the first midnight to each moment."""
        place = np.searchsorted(closes, moments, side="right")
        return before[place] + np.where(place < len(opens), np.maximum(moments - opens[np.minimum(place, len(opens) - 1)], 0), 0)

    if not len(opens):
        return [0] * len(spans)
    found: list[int] = (np.maximum(until(ends) - until(starts), 0) // _MINUTE).tolist()
    return found


def _sessions(timetable: Timetable, first: int, last: int) -> tuple[Whole, Whole]:
    """Return the beginnings and ends of the sessions of these days (numbered from ``_FIRST_DAY``), in order, in microseconds of the wall."""
    import numpy as np  # noqa: PLC0415

    pairs = [
        (number * _DAY_MICROSECONDS, session)
        for number in range(first, last + 1)
        for session in timetable.sessions(_FIRST_DAY + DAY * number)
    ]
    opens = [midnight + (session.opens.hour * 60 + session.opens.minute) * _MINUTE for midnight, session in pairs]
    closes = [midnight + (session.closes.hour * 60 + session.closes.minute) * _MINUTE for midnight, session in pairs]
    return np.array(opens, dtype=np.int64), np.array(closes, dtype=np.int64)
