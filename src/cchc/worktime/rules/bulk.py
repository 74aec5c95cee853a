"""Due dates for many starts at once, on arrays. The same law as ``deadlines.due``, and a test holds them equal.

Days in force are laid out once as a table over the years needed; a term is then two look-ups. Numpy is imported on use, so that
a process that never counts in bulk does not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc.kernel.errors import Refused
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.rules.schedules import Schedule, Session
from cchc.worktime.rules.timetable import Timetable
from cchc.worktime.terms import LimitUnit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cchc.worktime.rules.calendars import Calendar

    Days = NDArray[np.datetime64]
    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_THURSDAY = 3  # Day 0 of datetime64 is Thursday 1 January 1970.
_DAY_SECONDS = 86_400
_MICROSECONDS = 1_000_000
_LAST_DAY = 2_932_896  # 31 December 9999, the last day a date can be.


def due_dates(
    *,
    starts: Days,
    amount: int | Whole,
    unit: LimitUnit,
    calendar: Calendar,
    schedule: Schedule,
) -> Days:
    """Return the due date of each start, as datetime64[D] in the shape of ``starts``.

    ``starts`` is datetime64 in Viet Nam wall time; whole days (``datetime64[D]``) suffice for days and months, while hours and the
    same-day promise need the time. ``amount`` is one number or one per start. Raises ``Refused`` for a missing start (NaT), an
    amount no term has, or a resolution too coarse.
    """
    import numpy as np  # noqa: PLC0415 (see the module)

    starts = np.asarray(starts)
    amounts = np.broadcast_to(np.asarray(amount, dtype=np.int64), starts.shape)
    if starts.size == 0:
        return starts.astype("datetime64[D]")
    _check(starts, amounts, unit)
    days = starts.astype("datetime64[D]").astype(np.int64)
    table = _Table(Timetable(calendar, schedule), int(days.min()), int(days.max()), int(amounts.max()), unit)
    if unit is LimitUnit.WORKING_HOURS:
        return table.after_hours(starts, amounts)
    if unit is LimitUnit.WORKING_DAYS:
        last = table.after_working_days(days, amounts, starts)
    elif unit is LimitUnit.CALENDAR_DAYS:
        last = days + amounts
    else:
        last = _after_months(days, amounts)
    return table.result_days(last)


def _check(starts: Days, amounts: Whole, unit: LimitUnit) -> None:
    import numpy as np  # noqa: PLC0415

    if np.isnat(starts).any():
        raise Refused("Có thời điểm bắt đầu bị trống.", field="starts")
    for extreme in (amounts.min(), amounts.max()):
        TimeLimit(int(extreme), unit)
    timed = unit is LimitUnit.WORKING_HOURS or int(amounts.min()) == 0
    if timed and np.datetime_data(starts.dtype)[0] in {"Y", "M", "W", "D"}:
        raise Refused("Thời hạn theo giờ hoặc trong ngày cần thời điểm bắt đầu có giờ.", field="starts")


def _after_months(days: Whole, amounts: Whole) -> Whole:
    """Return the corresponding date or the month's last day (Civil Code 2015 Art. 148(3))."""
    import numpy as np  # noqa: PLC0415

    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    offset = (dates - month.astype("datetime64[D]")).astype(np.int64)
    target = month + amounts.astype("timedelta64[M]")
    length = ((target + np.timedelta64(1, "M")).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    last: Whole = target.astype("datetime64[D]").astype(np.int64) + np.minimum(offset, length - 1)
    return last


class _Table:
    """The days from the first start to beyond the last due date. Day numbers count from 1970; ``first`` is that of row 0."""

    def __init__(self, timetable: Timetable, first: int, last: int, amount: int, unit: LimitUnit) -> None:
        import numpy as np  # noqa: PLC0415

        self.np = np
        self.timetable = timetable
        self.first = first
        after_last_start = last - first + 1
        self.length = after_last_start + _span(timetable.schedule, amount, unit)
        while True:
            self.kind = self._kinds()
            self.working = np.isin(self.kind, [place for place, sessions in enumerate(self.patterns) if sessions])
            self.results = self.working if timetable.schedule.results_on_makeup_days else self.working & ~self.makeup
            if self._reaches(after_last_start, amount, unit):
                return
            self.length *= 2

    def after_working_days(self, days: Whole, amounts: Whole, starts: Days) -> Whole:
        """Return day numbers; ``0`` means the same day if ``starts`` makes it, else the next working day."""
        np = self.np
        rows = days - self.first
        worked = np.flatnonzero(self.working)
        upto = np.cumsum(self.working)[rows]
        wanted = amounts
        same = amounts == 0
        if same.any():
            wanted = np.where(same & ~self._make_the_same_day(rows, starts), 1, amounts)
        last = worked[np.maximum(upto + wanted - 1, 0)] + self.first
        chosen: Whole = np.where(wanted == 0, days, last)
        return chosen

    def after_hours(self, starts: Days, amounts: Whole) -> Days:
        """Return the days on which the hours have been worked, session by session."""
        np = self.np
        opens, closes = self._sessions()
        before = np.concatenate([[0], np.cumsum(closes - opens)])  # Worked time before each session, and in all.
        micro = starts.astype("datetime64[us]").astype(np.int64) - self.first * _DAY_SECONDS * _MICROSECONDS
        place = np.searchsorted(closes, micro, side="right")
        done = before[place] + np.maximum(micro - opens[place], 0)
        ends = np.searchsorted(before[1:], done + amounts * 3600 * _MICROSECONDS, side="left")
        return _as_dates(opens[ends] // (_DAY_SECONDS * _MICROSECONDS) + self.first)

    def result_days(self, days: Whole) -> Days:
        """Return each day, or the first later one on which results are handed out."""
        np = self.np
        open_rows = np.flatnonzero(self.results)
        # One look-up row per day is cheaper than a search per start.
        rolled = open_rows[np.searchsorted(open_rows[:-1], np.arange(self.length))]
        return _as_dates(rolled[days - self.first] + self.first)

    @property
    def patterns(self) -> list[tuple[Session, ...]]:
        """Return the sessions that a day may have: those of each weekday, and none."""
        return [*self.timetable.schedule.counted, ()]

    def _kinds(self) -> Whole:
        """Return for each row which of ``patterns`` it works."""
        np = self.np
        kinds: Whole = (np.arange(self.first, self.first + self.length) + _THURSDAY) % 7
        self.makeup = np.zeros(self.length, dtype=bool)
        for day, row in self.timetable.calendar.rows.items():
            place = int(np.datetime64(day, "D").astype(np.int64)) - self.first
            if 0 <= place < self.length:
                kinds[place] = self.patterns.index(self.timetable.sessions(day))
                self.makeup[place] = row.is_working
        return kinds

    def _reaches(self, after_last_start: int, amount: int, unit: LimitUnit) -> bool:
        """Say whether the table is long enough for the longest term from the last start, and for a result day after it."""
        if unit is LimitUnit.CALENDAR_DAYS:
            end = after_last_start + amount
        elif unit is LimitUnit.MONTHS:
            end = after_last_start + amount * 31
        else:
            worked = self.np.flatnonzero(self.working[after_last_start:])
            needed = _working_days_needed(self.timetable.schedule, amount, unit)
            if len(worked) <= needed:
                return False
            end = after_last_start + int(worked[needed])
        return bool(self.results[end:].any())

    def _sessions(self) -> tuple[Whole, Whole]:
        """Return the beginnings and ends of all sessions in order, in microseconds from the first row's midnight."""
        np = self.np
        opens, closes = [], []
        for place, sessions in enumerate(self.patterns):
            midnights = np.flatnonzero(self.kind == place) * _DAY_SECONDS
            for session in sessions:
                opens.append(midnights + (session.opens.hour * 3600 + session.opens.minute * 60))
                closes.append(midnights + (session.closes.hour * 3600 + session.closes.minute * 60))
        return np.sort(np.concatenate(opens)) * _MICROSECONDS, np.sort(np.concatenate(closes)) * _MICROSECONDS

    def _make_the_same_day(self, rows: Whole, starts: Days) -> Flags:
        """Say for each start whether the same-day promise holds that day: working, before closing, up to the hour in force."""
        np = self.np
        closing = np.array([_seconds(sessions) for sessions in self.patterns], dtype=np.int64)[self.kind[rows]] * _MICROSECONDS
        clock = starts.astype("datetime64[us]").astype(np.int64) % (_DAY_SECONDS * _MICROSECONDS)
        fits = self.working[rows] & (clock < closing)
        cutoffs = self.timetable.calendar.same_day_cutoffs
        firsts = np.array([np.datetime64(day, "D").astype(np.int64) for day, _ in cutoffs], dtype=np.int64)
        hours = np.array([_DAY_SECONDS] + [hour.hour * 3600 + hour.minute * 60 + hour.second for _, hour in cutoffs], dtype=np.int64)
        made: Flags = fits & (clock <= hours[np.searchsorted(firsts, rows + self.first, side="right")] * _MICROSECONDS)
        return made


def _as_dates(days: Whole) -> Days:
    if int(days.max()) > _LAST_DAY:
        raise Refused("Không tính được hạn: ngày quá xa.", field="starts")
    return days.astype("datetime64[D]")


def _seconds(sessions: tuple[Session, ...]) -> int:
    return sessions[-1].closes.hour * 3600 + sessions[-1].closes.minute * 60 if sessions else 0


def _working_days_needed(schedule: Schedule, amount: int, unit: LimitUnit) -> int:
    if unit is LimitUnit.WORKING_DAYS:
        return amount + 1
    if unit is LimitUnit.WORKING_HOURS:
        shortest = min(sum(session.minutes for session in sessions) for sessions in schedule.counted if sessions)
        return amount * 60 // shortest + 2
    return 1


def _span(schedule: Schedule, amount: int, unit: LimitUnit) -> int:
    """Return how many days beyond the last start to lay out at first; the table grows while that is not enough."""
    if unit is LimitUnit.CALENDAR_DAYS:
        return amount + 64
    if unit is LimitUnit.MONTHS:
        return amount * 31 + 64
    week = sum(1 for sessions in schedule.counted if sessions)
    return _working_days_needed(schedule, amount, unit) * 8 // week + 64
