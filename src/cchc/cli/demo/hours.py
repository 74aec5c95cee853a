"""Working time as the people of the demo live it: no act of theirs falls outside the hours of the counter."""

from datetime import date, datetime, timedelta

from cchc.kernel.local import at as at_local
from cchc.kernel.local import local
from cchc.worktime import api as worktime

_DAY = timedelta(days=1)
_LONGEST = 40


class Hours:
    """Days and minutes of one schedule and the official calendar."""

    def __init__(self, calendar: worktime.Calendar, schedule: worktime.Schedule) -> None:
        self._table = worktime.Timetable(calendar=calendar, schedule=schedule)

    def is_working(self, day: date) -> bool:
        """Say whether the counter works on the day."""
        return bool(self._table.sessions(day))

    def last(self, day: date) -> date:
        """Return the day, or the working day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def shifted(self, day: date, amount: int) -> date:
        """Return the working day that many before (negative) or after a working day."""
        step = _DAY if amount > 0 else -_DAY
        for _ in range(abs(amount)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def later(self, moment: datetime, minutes: float) -> datetime:
        """Return the instant when that many working minutes have passed since ``moment``."""
        left = timedelta(minutes=round(minutes))
        day = local(moment).date()
        for _ in range(_LONGEST * 7):
            for session in self._table.sessions(day):
                opens, closes = at_local(day, session.opens), at_local(day, session.closes)
                start = max(opens, moment)
                if start >= closes:
                    continue
                if start + left < closes:
                    return start + left
                left -= closes - start
            day += _DAY
        raise ValueError("Cảnh mẫu: quá xa.")

    def opening(self, day: date) -> datetime:
        """Return the first working instant of a working day."""
        return at_local(day, self._table.sessions(day)[0].opens)

    def between(self, start: datetime, end: datetime) -> int:
        """Return how many working minutes lie between two instants; none when the second is not later."""
        found, day = timedelta(), local(start).date()
        while day <= local(end).date():
            for session in self._table.sessions(day):
                opens, closes = max(start, at_local(day, session.opens)), min(end, at_local(day, session.closes))
                found += max(closes - opens, timedelta())
            day += _DAY
        return int(found.total_seconds()) // 60

    def minutes(self, day: date) -> int:
        """Return how many minutes the day is worked."""
        return sum(
            int((at_local(day, item.closes) - at_local(day, item.opens)).total_seconds()) // 60 for item in self._table.sessions(day)
        )
