"""A due date explained day by day, in words. Nobody has to trust a date: each day says whether it counted, and why not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc.kernel.local import day_text, moment_text, weekday
from cchc.worktime.rules.calendars import Calendar
from cchc.worktime.rules.deadlines import Due, due, last_day
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.rules.schedules import Schedule
from cchc.worktime.rules.timetable import DAY, NOTHING, Timetable, midnight, wall
from cchc.worktime.terms import DayKind, DayRole, LimitUnit, YearStatus

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class DayLine:
    """One day between intake and promise. ``ordinal`` is its number in the term, None when it has none."""

    date: date
    role: DayRole
    ordinal: int | None
    note: str

    @property
    def text(self) -> str:
        """Return ``thứ Hai 23/11/2026: ngày 1``."""
        return f"{day_text(self.date)}: {self.note}"


@dataclass(frozen=True)
class Explanation:
    """The whole counting. ``warnings`` say where the calendar itself is not settled; ``sentence`` tells all in one breath."""

    start: datetime
    limit: TimeLimit
    due: Due
    days: tuple[DayLine, ...]
    sentence: str
    warnings: tuple[str, ...] = ()


def explain(*, start: datetime, limit: TimeLimit, calendar: Calendar, schedule: Schedule) -> Explanation:
    """Return the due date with a line for every day from intake to promise. Errors are those of ``due``."""
    promise = due(start=start, limit=limit, calendar=calendar, schedule=schedule)
    table = Timetable(calendar, schedule)
    count = _Count(wall(start), limit, promise, table)
    days = tuple(count.line(day) for day in _days(count.moment.date(), promise.due_date))
    warnings = _calendar_warnings(days, calendar)
    return Explanation(start, limit, promise, days, count.sentence(days, warnings), warnings)


class _Count:
    """One counting, seen day by day."""

    def __init__(self, moment: datetime, limit: TimeLimit, promise: Due, table: Timetable) -> None:
        self.moment = moment
        self.limit = limit
        self.promise = promise
        self.table = table
        hours = limit.unit is LimitUnit.WORKING_HOURS
        self.last = promise.due_date if hours else last_day(moment=moment, limit=limit, table=table)
        self._numbered = not hours and not limit.is_same_day
        self._after_cutoff = self._cutoff_missed()
        self._ordinal = 0

    def line(self, day: date) -> DayLine:
        """Return the line of a day; days must be asked in order, since they are numbered."""
        start, counted = day == self.moment.date(), self._counts(day)
        ordinal = self._next() if counted and not start and self._numbered else None
        parts = [f"nhận lúc {self.moment:%H:%M}"] if start else []
        if start and self._after_cutoff:
            parts.append(f"sau {self._after_cutoff}")
        if start and not self.table.is_working(day):
            parts.append(self._reason_off(day))
        parts += self._count_words(day, ordinal)
        if day == self.promise.due_date:
            if day > self.last or (self.limit.is_same_day and not start):
                parts.append("ngày làm việc kế tiếp")
            return DayLine(day, DayRole.DUE, ordinal, ", ".join([*parts, f"hẹn trả {wall(self.promise.due_at):%H:%M}"]))
        if start:
            return DayLine(day, DayRole.START, None, ", ".join(parts))
        return DayLine(day, self._role(day, counted=counted), ordinal, ", ".join(parts) or self._reason_off(day))

    def sentence(self, days: tuple[DayLine, ...], warnings: tuple[str, ...]) -> str:
        """Return the counting as a paragraph."""
        parts = [f"Nhận lúc {self.moment:%H:%M} {day_text(self.moment.date())}"]
        first = next((line for line in days if line.ordinal == 1), None)
        ahead = f", ngày 1 là {day_text(first.date)}" if first else ""
        if self._after_cutoff:
            ahead = f", nhận sau {self._after_cutoff} nên tính đến ngày làm việc kế tiếp"
        parts.append(f"Thời hạn {self.limit.text}{ahead}")
        if skipped := self._skipped(days):
            parts.append(f"Không tính: {skipped}")
        if self.last < self.promise.due_date and not self.limit.is_same_day:
            parts.append(f"Ngày cuối là {day_text(self.last)}, dời đến ngày làm việc kế tiếp")
        parts.append(f"Hẹn trả {moment_text(self.promise.due_at)}")
        return " ".join(f"{part}." for part in parts) + "".join(f" {warning}" for warning in warnings)

    def _counts(self, day: date) -> bool:
        if self.limit.unit in {LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS}:
            return day <= self.last
        return self.table.is_working(day) and day <= self.last

    def _cutoff_missed(self) -> str:
        """Return the same-day hour that was missed (``15:00``), or nothing when none decided."""
        cutoff = self.table.calendar.same_day_cutoff(self.moment.date())
        missed = self.limit.is_same_day and cutoff is not None and self.moment.time() > cutoff
        return f"{cutoff:%H:%M}" if missed and self.table.is_working(self.moment.date()) else ""

    def _next(self) -> int:
        self._ordinal += 1
        return self._ordinal

    def _count_words(self, day: date, ordinal: int | None) -> list[str]:
        """Return what the day gave to the term; nothing for a day off."""
        if self.limit.unit is LimitUnit.WORKING_HOURS:
            return self._hours_words(day)
        words = [] if ordinal is None else [f"ngày {ordinal}"]
        row = self.table.calendar.row(day)
        if row and row.is_working and self.table.is_working(day):
            words.append(row.reason)
        working = self.table.is_working(day)
        if ordinal and day == self.last < self.promise.due_date:
            words.append(f"{'không trả kết quả' if working else self._reason_off(day)}, dời đến ngày làm việc kế tiếp")
        elif working and self.last < day < self.promise.due_date:
            words.append("không trả kết quả")
        return words

    def _hours_words(self, day: date) -> list[str]:
        begin, end = max(self.moment, midnight(day)), min(wall(self.promise.due_at), midnight(day + DAY))
        row = self.table.calendar.row(day)
        worked, spells = NOTHING, []
        for session in self.table.sessions(day):
            since, until = max(begin, datetime.combine(day, session.opens)), min(end, datetime.combine(day, session.closes))
            if since < until:
                worked += until - since
                spells.append(f"{since:%H:%M}–{until:%H:%M}")
        words = [f"tính {_span(worked)} ({', '.join(spells)})"] if spells else []
        return [*words, row.reason] if row and row.is_working and spells else words

    def _role(self, day: date, *, counted: bool) -> DayRole:
        working = self.table.is_working(day)
        if counted and (working or day < self.last or day == self.promise.due_date):
            return DayRole.MAKEUP if working and self.table.is_makeup(day) else DayRole.COUNTED
        row = self.table.calendar.row(day)
        return DayRole.HOLIDAY if row and row.kind in {DayKind.HOLIDAY, DayKind.COMPENSATORY} else DayRole.OFF

    def _reason_off(self, day: date) -> str:
        row = self.table.calendar.row(day)
        return row.reason if row and not row.is_working else "nghỉ hằng tuần"

    def _skipped(self, days: tuple[DayLine, ...]) -> str:
        if self.limit.unit in {LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS}:
            return ""
        off = [line.date for line in days[1:] if not self.table.is_working(line.date)]
        named = [day for day in off if self.table.calendar.row(day)]
        words = [f"{weekday(day)} {day:%d/%m} ({self.table.calendar.name(day)})" for day in named]
        if len(off) > len(named):
            words.append(f"{len(off) - len(named)} ngày nghỉ hằng tuần")
        return ", ".join(words)


def _days(first: date, last: date) -> list[date]:
    return [first + DAY * step for step in range((last - first).days + 1)]


def _span(span: timedelta) -> str:
    hours, rest = divmod(span, _HOUR)
    minutes = rest // _MINUTE
    return " ".join([f"{hours} giờ"] * bool(hours) + [f"{minutes} phút"] * bool(minutes)) or "dưới 1 phút"


def _calendar_warnings(days: tuple[DayLine, ...], calendar: Calendar) -> tuple[str, ...]:
    sentences = []
    for year in sorted({line.date.year for line in days}):
        status = calendar.year_status(year)
        if status is None:
            sentences.append(f"Chưa có lịch nghỉ năm {year}: mới chỉ trừ ngày nghỉ hằng tuần.")
        elif status is YearStatus.PROVISIONAL:
            sentences.append(f"Lịch nghỉ năm {year} là dự kiến, chưa có thông báo chính thức.")
    return tuple(sentences)
