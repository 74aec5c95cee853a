"""The official calendar as a value: the days that differ from the official week.

Sources: Labour Code 2019 Art. 111(3), 112 (rest days and holidays, compensatory rest); the yearly plan of the Prime Minister
(112(3)), which may swap a working day for a Saturday. The five-day week of state bodies is Decision 188/1999/QĐ-TTg.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from hashlib import sha256

from cchc.kernel.errors import Refused
from cchc.kernel.local import day_text
from cchc.kernel.period import Period
from cchc.worktime.terms import Confidence, DayKind, YearStatus

OFFICIAL_WEEK = frozenset(range(5))
SWAP = frozenset({DayKind.SWAPPED_OFF, DayKind.MAKEUP_WORK})


@dataclass(frozen=True)
class DayRow:
    """One day that differs. ``for_date`` is the day a swap or a compensatory rest stands for.

    A make-up day and a day swapped off must name each other; a make-up day takes its hours from the day it replaces.
    """

    day: date
    kind: DayKind
    name: str
    for_date: date | None = None
    source: str = ""
    confidence: Confidence = Confidence.SURE

    def __post_init__(self) -> None:
        """Refuse a swap without its other half."""
        if self.kind in SWAP and self.for_date is None:
            raise Refused(f"Ngày {self.day:%d/%m/%Y} ({self.kind.label}) phải ghi rõ hoán đổi cho ngày nào.", field="for_date")
        if self.for_date == self.day:
            raise Refused(f"Ngày {self.day:%d/%m/%Y} không thể hoán đổi cho chính nó.", field="for_date")

    @property
    def is_working(self) -> bool:
        """Say whether people work on the day."""
        return self.kind is DayKind.MAKEUP_WORK

    @property
    def reason(self) -> str:
        """Return why the day counts or not: ``nghỉ: Ngày Văn hóa Việt Nam``, ``làm bù cho 02/01``."""
        if self.kind is DayKind.MAKEUP_WORK:
            words = f"làm bù cho {self.for_date:%d/%m}"
        elif self.kind is DayKind.SWAPPED_OFF:
            words = f"nghỉ: hoán đổi, làm bù ngày {self.for_date:%d/%m}"
        elif self.kind is DayKind.COMPENSATORY:
            words = f"nghỉ bù: {self.name}"
        else:
            words = f"nghỉ: {self.name}"
        return f"{words} (dự kiến)" if self.confidence is Confidence.PROVISIONAL else words


@dataclass(frozen=True)
class Calendar:
    """The rows by day, how far each year can be trusted, and the hour of the same-day promise.

    ``same_day_cutoffs`` are (first day in force, hour) pairs, oldest first. Build with ``of``, which refuses two rows for a day.
    """

    rows: Mapping[date, DayRow]
    years: Mapping[int, YearStatus] = field(default_factory=dict)
    same_day_cutoffs: tuple[tuple[date, time], ...] = ()

    @classmethod
    def of(
        cls,
        rows: Iterable[DayRow],
        *,
        years: Mapping[int, YearStatus] | None = None,
        same_day_cutoffs: Iterable[tuple[date, time]] = (),
    ) -> "Calendar":
        """Build the calendar; raise ``Refused(field="day")`` when a day has two rows."""
        by_day: dict[date, DayRow] = {}
        for row in rows:
            if row.day in by_day:
                raise Refused(two_rows(by_day[row.day], row), field="day")
            by_day[row.day] = row
        return cls(by_day, dict(years or {}), tuple(sorted(same_day_cutoffs)))

    @cached_property
    def version(self) -> str:
        """Return twelve hexadecimal digits that change whenever anything in the calendar does."""
        lines = [f"{row.day}|{row.kind}|{row.name}|{row.for_date or ''}" for _, row in sorted(self.rows.items())]
        lines += [f"{first}|{hour}" for first, hour in self.same_day_cutoffs]
        return sha256("\n".join(lines).encode()).hexdigest()[:12]

    def edited(self, *, add: Iterable[DayRow] = (), without: Iterable[date] = ()) -> "Calendar":
        """Return the calendar as it would be after an edit; ``Refused(field="day")`` when a day would have two rows."""
        left_out = set(without)
        kept = [row for day, row in self.rows.items() if day not in left_out]
        return Calendar.of([*kept, *add], years=self.years, same_day_cutoffs=self.same_day_cutoffs)

    def swap_of(self, day: date) -> tuple[DayRow, ...]:
        """Return the row of a day with the other half of its swap, the day off first; one row when it is no swap; none for no row."""
        row = self.rows.get(day)
        if row is None:
            return ()
        other = self.rows.get(row.for_date) if row.for_date and row.kind in SWAP else None
        if other is None or other.kind not in SWAP or other.for_date != day:
            return (row,)
        return (other, row) if row.is_working else (row, other)

    def row(self, day: date) -> DayRow | None:
        """Return the day's row, or None for an ordinary day."""
        return self.rows.get(day)

    def name(self, day: date) -> str:
        """Return the name of the day off or made up, or an empty text."""
        row = self.rows.get(day)
        return row.name if row else ""

    def is_working(self, day: date) -> bool:
        """Say whether the official week works on the day. A unit's own week may differ: ask ``Timetable``."""
        row = self.rows.get(day)
        return row.is_working if row else day.weekday() in OFFICIAL_WEEK

    def next_working_day(self, day: date) -> date:
        """Return the first working day of the official week after ``day``."""
        day += timedelta(days=1)
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def same_day_cutoff(self, day: date) -> time | None:
        """Return the hour up to which "trong ngày" means the same day, or None when no rule is in force."""
        hours = [hour for first, hour in self.same_day_cutoffs if first <= day]
        return hours[-1] if hours else None

    def year_status(self, year: int) -> YearStatus | None:
        """Return how far the year can be trusted; None means that nothing is known of it."""
        return self.years.get(year)


def swap_rows(
    *, calendar: Calendar, off: date, makeup: date, name: str, source: str, confidence: Confidence = Confidence.SURE
) -> tuple[DayRow, DayRow]:
    """Return the two rows of a swap. Raises ``Refused`` (``off``, ``makeup``) unless a working day is given up for a day off."""
    for day, field_name in ((off, "off"), (makeup, "makeup")):
        taken = calendar.row(day)
        if taken:
            raise Refused(
                f"Ngày {day:%d/%m/%Y} đã có trong lịch ({taken.kind.label}: {taken.name}). {_CHOOSE[field_name]}", field=field_name
            )
    if off == makeup:
        raise Refused(f"Ngày {off:%d/%m/%Y} không thể hoán đổi cho chính nó. {_CHOOSE['makeup']}", field="makeup")
    if not calendar.is_working(off):
        raise Refused(f"{_day(off)} vốn là ngày nghỉ hằng tuần. {_CHOOSE['off']}", field="off")
    if calendar.is_working(makeup):
        raise Refused(f"{_day(makeup)} vốn là ngày làm việc. {_CHOOSE['makeup']}", field="makeup")
    return (
        DayRow(off, DayKind.SWAPPED_OFF, name, makeup, source, confidence),
        DayRow(makeup, DayKind.MAKEUP_WORK, name, off, source, confidence),
    )


_CHOOSE = {
    "off": "Chọn một ngày làm việc để nghỉ.",
    "makeup": "Chọn một ngày nghỉ hằng tuần để làm bù.",
}


def _day(day: date) -> str:
    text = day_text(day)
    return text[:1].upper() + text[1:]


def cutoffs_of(hours: Iterable[tuple[Period, time]]) -> list[tuple[date, time]]:
    """Return ``same_day_cutoffs`` from hours with their periods; where a period ends and none follows, no hour is too late."""
    ordered = sorted(hours)
    starts = {period.start for period, _ in ordered}
    ends = [(period.end, time.max) for period, _ in ordered if period.end is not None and period.end not in starts]
    return sorted([*((period.start, hour) for period, hour in ordered), *ends])


def two_rows(first: DayRow, second: DayRow) -> str:
    """Return the sentence that refuses a second row for a day."""
    return (
        f"Ngày {first.day:%d/%m/%Y} đã có trong lịch ({first.kind.label}: {first.name}), không thêm được dòng thứ hai "
        f"({second.kind.label}: {second.name}). Hãy bỏ dòng cũ trước."
    )
