"""The calendar and a schedule together: which days and minutes are worked. Everything else is counted on this.

Instants inside are *walls*: naive datetimes as a clock on a wall in Viet Nam shows them. Viet Nam has kept one offset since
1975, so wall arithmetic is exact. Faces speak aware datetimes; ``wall`` and ``aware`` are the border.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cchc.kernel.local import VIETNAM, local
from cchc.worktime.rules.calendars import Calendar
from cchc.worktime.rules.schedules import Schedule, Session
from cchc.worktime.terms import DayKind

DAY = timedelta(days=1)
NOTHING = timedelta(0)


def wall(instant: datetime) -> datetime:
    """Return the wall time of an aware instant; ``ValueError`` for a naive one."""
    return local(instant).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """Return the instant of a wall time."""
    return moment.replace(tzinfo=VIETNAM)


@dataclass(frozen=True)
class Timetable:
    """What is worked when. All methods are pure; ``OverflowError`` means that the year 9999 was passed."""

    calendar: Calendar
    schedule: Schedule

    def is_working(self, day: date) -> bool:
        """Say whether the day counts: the official rows first, then the schedule's own week."""
        return bool(self.sessions(day))

    def sessions(self, day: date) -> tuple[Session, ...]:
        """Return the counted sessions of a day, in order; none on a day off.

        A make-up day keeps the hours of the day it replaces; where the schedule does not work on that weekday, its own.
        """
        weekday = self._weekday(day)
        return () if weekday is None else self.schedule.counted[weekday]

    def counter_sessions(self, day: date) -> tuple[Session, ...]:
        """Return the sessions of a day in which the counter is open; none on a day off."""
        weekday = self._weekday(day)
        return () if weekday is None else self.schedule.counter[weekday]

    def is_makeup(self, day: date) -> bool:
        """Say whether the day is worked only because another was swapped off."""
        row = self.calendar.row(day)
        return row is not None and row.kind is DayKind.MAKEUP_WORK

    def add_working_days(self, day: date, amount: int) -> date:
        """Return the ``amount``-th working day after ``day``; ``day`` itself for 0."""
        for _ in range(amount):
            day += DAY
            while not self.is_working(day):
                day += DAY
        return day

    def result_day(self, day: date) -> date:
        """Return the day, or the first later one, on which results are handed out (Civil Code 2015 Art. 148(5))."""
        while not self.is_working(day) or (self.is_makeup(day) and not self.schedule.results_on_makeup_days):
            day += DAY
        return day

    def result_at(self, day: date) -> datetime:
        """Return the wall time of the result hour on a working day: the schedule's, or the end of the last session if earlier."""
        closes = self.sessions(day)[-1].closes
        return datetime.combine(day, min(self.schedule.result_time or closes, closes))

    def opening(self, day: date) -> datetime:
        """Return the wall time at which the first session of a working day begins."""
        return datetime.combine(day, self.sessions(day)[0].opens)

    def closing(self, day: date) -> datetime:
        """Return the wall time at which the last session of a working day ends."""
        return datetime.combine(day, self.sessions(day)[-1].closes)

    def stretches(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield (from, to) of worked time from ``moment`` on, session by session, without end."""
        day = moment.date()
        while True:
            for session in self.sessions(day):
                ends = datetime.combine(day, session.closes)
                if ends > moment:
                    yield max(moment, datetime.combine(day, session.opens)), ends
            day += DAY

    def add_time(self, moment: datetime, amount: timedelta) -> datetime:
        """Return the wall time when ``amount`` has been worked since ``moment``.

        Outside sessions the count begins at the next one; a count that fills a session ends at that session's end. No amount
        at all gives ``moment`` itself, or the opening of the next session.
        """
        for begins, ends in self.stretches(moment):
            if amount <= ends - begins:
                return begins + amount
            amount -= ends - begins
        raise AssertionError  # pragma: no cover (stretches never end)

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the time worked in ``[start, end)``; nothing when end is not after start."""
        if end <= start:
            return NOTHING
        first, last = start.date(), end.date()
        if first == last:
            return self._worked(start, end)
        # Lists count a hundred such spans on a page: whole days are summed, only the two ends are looked into.
        weekdays = (self._weekday(first + DAY * step) for step in range(1, (last - first).days))
        whole = sum(self.schedule.minutes[weekday] for weekday in weekdays if weekday is not None)
        return self._worked(start, midnight(first + DAY)) + timedelta(minutes=whole) + self._worked(midnight(last), end)

    def days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start`` up to and with ``end``; 0 when end is not after start."""
        return sum(self.is_working(start + DAY * step) for step in range(1, (end - start).days + 1))

    def _worked(self, start: datetime, end: datetime) -> timedelta:
        """Return the time worked between two moments of the day on which ``start`` lies."""
        day, worked = start.date(), NOTHING
        for session in self.sessions(day):
            begins, ends = max(start, datetime.combine(day, session.opens)), min(end, datetime.combine(day, session.closes))
            worked += max(ends - begins, NOTHING)
        return worked

    def _weekday(self, day: date) -> int | None:
        """Return the weekday whose hours the day keeps: its own, or that of the day it makes up for; None for a day off by the calendar."""
        row = self.calendar.row(day)
        if row is None:
            return day.weekday()
        if not row.is_working:
            return None
        replaced = row.for_date.weekday() if row.for_date else day.weekday()
        return replaced if self.schedule.counted[replaced] else day.weekday()


def midnight(day: date) -> datetime:
    """Return the wall time at which a day begins."""
    return datetime.combine(day, time.min)
