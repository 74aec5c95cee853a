"""When something is due, how much time is left, and whether it was kept.

Counting follows the Civil Code 2015 Art. 145–148, which applies where no administrative act says otherwise (dossier §4.3): the
first day is not counted (147(2)); a month ends on the corresponding date or the month's last day (148(3)); a last day on a day
off moves to the end of the next working day (148(5)); hours run from the moment fixed (147(1)). The clock starts at the
acceptance shown on the receipt (Decree 118/2025 Art. 17(3) as amended by 309/2026).
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.worktime.rules.calendars import Calendar
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.rules.schedules import Schedule
from cchc.worktime.rules.timetable import DAY, Timetable, aware, wall
from cchc.worktime.terms import LimitUnit, Urgency

_HOUR_MINUTES = 60


@dataclass(frozen=True)
class Due:
    """A promise: the instant printed on the receipt and the day that decides for day terms."""

    due_at: datetime
    due_date: date


@dataclass(frozen=True)
class Elapsed:
    """Time worked between two instants: whole working days after the first day, and whole minutes inside sessions."""

    working_days: int
    working_minutes: int


@dataclass(frozen=True)
class Remaining:
    """What is left of a promise, or by how much it is broken when ``late``.

    ``working_days`` lie between today and the due date; ``minutes`` are worked minutes to (or since) ``due_at``.
    """

    late: bool
    working_days: int
    minutes: int
    text: str
    urgency: Urgency


def due(*, start: datetime, limit: TimeLimit, calendar: Calendar, schedule: Schedule) -> Due:
    """Return when a term that starts at ``start`` (aware) is due.

    Days and months: day 1 is the next (working or calendar) day after the local date of ``start``, whatever the hour, also on a
    day off; the last day rolls to a working day; ``due_at`` is the result hour. Hours start at once, or with the next session,
    and carry over sessions and days. ``0wd``: the same working day when received up to the calendar's same-day hour, else the
    next working day. Raises ``Refused(field="start")`` when the date cannot be reached.
    """
    table = Timetable(calendar, schedule)
    moment = wall(start)
    try:
        if limit.unit is LimitUnit.WORKING_HOURS:
            ends = table.add_time(moment, timedelta(hours=limit.amount))
            return Due(aware(ends), ends.date())
        return on_day(table.result_day(last_day(moment=moment, limit=limit, table=table)), table)
    except (OverflowError, months.IllegalMonthError) as error:
        raise Refused(f"Không tính được hạn từ ngày {moment:%d/%m/%Y}: ngày quá xa.", field="start") from error


def last_day(*, moment: datetime, limit: TimeLimit, table: Timetable) -> date:
    """Return the last day of a term in days or months from a wall time, before it rolls to a working day."""
    day = moment.date()
    if limit.is_same_day:
        return day if _makes_the_same_day(moment, table) else table.add_working_days(day, 1)
    if limit.unit is LimitUnit.WORKING_DAYS:
        return table.add_working_days(day, limit.amount)
    if limit.unit is LimitUnit.CALENDAR_DAYS:
        return day + DAY * limit.amount
    return add_months(day, limit.amount)


def add_months(day: date, amount: int) -> date:
    """Return the corresponding date ``amount`` months later, or that month's last day (Civil Code 2015 Art. 148(3))."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def on_day(day: date, table: Timetable) -> Due:
    """Return the promise for a working day, at the schedule's result hour."""
    return Due(aware(table.result_at(day)), day)


def on_time(*, finished: datetime, due: Due, unit: LimitUnit) -> bool:
    """Say whether finishing then keeps the promise: dates are compared for days and months, instants for hours.

    Index 766 compares the end of processing with the promised date (dossier §4.3).
    """
    if unit is LimitUnit.WORKING_HOURS:
        return finished <= due.due_at
    return local_date(finished) <= due.due_date


def forward_by(*, received: datetime, calendar: Calendar, schedule: Schedule, cutoff: time) -> datetime:
    """Return the instant by which an accepted file must have been forwarded.

    Received up to the cut-off on a working day: the end of that day; received after it, after closing or on a day off: the
    beginning of the next working day (Decree 118/2025 Art. 18(2) as amended by 309/2026: "sau 15 giờ hằng ngày").
    """
    table = Timetable(calendar, schedule)
    moment = wall(received)
    today = moment.date()
    if table.is_working(today) and moment.time() <= cutoff and moment < table.closing(today):
        return aware(table.closing(today))
    return aware(table.opening(table.add_working_days(today, 1)))


def elapsed(*, start: datetime, end: datetime, calendar: Calendar, schedule: Schedule) -> Elapsed:
    """Return the time worked from ``start`` to ``end``; nothing when end is not after start."""
    table = Timetable(calendar, schedule)
    first, last = wall(start), wall(end)
    return Elapsed(table.days_between(first.date(), last.date()), _minutes(table.time_between(first, last)))


def remaining(*, now: datetime, due: Due, limit_unit: LimitUnit, calendar: Calendar, schedule: Schedule) -> Remaining:
    """Return what is left at ``now``, with the words of the deadline chip (``còn 3 ngày làm việc``, ``hẹn trả hôm nay``)."""
    table = Timetable(calendar, schedule)
    moment, due_wall = wall(now), wall(due.due_at)
    late = not on_time(finished=now, due=due, unit=limit_unit)
    days = table.days_between(*sorted((moment.date(), due.due_date)))
    minutes = _minutes(table.time_between(*sorted((moment, due_wall))))
    if limit_unit is LimitUnit.WORKING_HOURS:
        text = f"{'quá hạn' if late else 'còn'} {_hours_text(minutes)}"
    else:
        text = _days_text(late=late, days=days, today=moment.date(), due_date=due.due_date, unit=limit_unit)
    return Remaining(late, days, minutes, text, urgency(now=now, due=due, limit_unit=limit_unit, calendar=calendar, schedule=schedule))


class Countdown:
    """What is left of many promises at one moment, by one calendar and one schedule.

    An office hands out results at one hour, so a list of a hundred cases has few promises that differ: each is counted once.
    """

    def __init__(self, *, now: datetime, calendar: Calendar, schedule: Schedule) -> None:
        """Keep what to count by; nothing is counted yet."""
        self.now, self.calendar, self.schedule = now, calendar, schedule
        self._counted: dict[tuple[Due, LimitUnit], Remaining] = {}

    def to(self, due: Due, limit_unit: LimitUnit) -> Remaining:
        """Return what is left of a promise, as ``remaining`` says."""
        asked = due, limit_unit
        if asked not in self._counted:
            self._counted[asked] = remaining(now=self.now, due=due, limit_unit=limit_unit, calendar=self.calendar, schedule=self.schedule)
        return self._counted[asked]


def urgency(*, now: datetime, due: Due | None, limit_unit: LimitUnit, calendar: Calendar, schedule: Schedule) -> Urgency:
    """Return the state of the chip. No promise running (a paused clock) is ``wait``; due by the next working day is ``soon``."""
    if due is None:
        return Urgency.WAIT
    if not on_time(finished=now, due=due, unit=limit_unit):
        return Urgency.LATE
    next_day = Timetable(calendar, schedule).add_working_days(local_date(now), 1)
    return Urgency.SOON if due.due_date <= next_day else Urgency.OK


def _makes_the_same_day(moment: datetime, table: Timetable) -> bool:
    """Decree 23/2015 Art. 7; Law 60/2014 Art. 5(3): received after the hour and not resolvable, the next working day."""
    day = moment.date()
    if not table.is_working(day) or moment >= table.closing(day):
        return False
    cutoff = table.calendar.same_day_cutoff(day)
    return cutoff is None or moment.time() <= cutoff


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)


def _days_text(*, late: bool, days: int, today: date, due_date: date, unit: LimitUnit) -> str:
    if today == due_date:
        return "hẹn trả hôm nay"
    amount = days if unit is LimitUnit.WORKING_DAYS else abs((due_date - today).days)
    if amount == 0:  # Late over a weekend: a day has passed, a working day has not.
        return "quá hạn dưới 1 ngày" if late else "còn dưới 1 ngày"
    words = LimitUnit.WORKING_DAYS.label if unit is LimitUnit.WORKING_DAYS else LimitUnit.CALENDAR_DAYS.label
    return f"{'quá hạn' if late else 'còn'} {amount} {words}"


def _hours_text(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR_MINUTES)
    parts = [f"{hours} giờ"] * bool(hours) + [f"{rest} phút"] * bool(rest)
    return " ".join(parts) or "dưới 1 phút"
