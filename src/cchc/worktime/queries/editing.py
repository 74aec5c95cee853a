"""What somebody who keeps the calendar wants to see: the rows of a year, how far years can be trusted, hours with their periods."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Exists, OuterRef

from cchc.kernel.period import Period
from cchc.worktime.models import CalendarDay, CalendarYear, Clock, Setting
from cchc.worktime.models import Schedule as ScheduleRow
from cchc.worktime.queries.in_force import day_row, schedule_value
from cchc.worktime.rules.calendars import DayRow
from cchc.worktime.rules.schedules import Schedule
from cchc.worktime.terms import Confidence, Cutoff, Origin, YearStatus


@dataclass(frozen=True)
class KeptDay:
    """A row in force and where it comes from."""

    row: DayRow
    origin: Origin


@dataclass(frozen=True)
class KeptYear:
    """How far a year can be trusted; ``status`` is None for a year nobody has said anything of."""

    year: int
    status: YearStatus | None
    note: str = ""
    source: str = ""
    origin: Origin = Origin.REFERENCE


@dataclass(frozen=True)
class KeptSetting:
    """An hour that holds for a period."""

    key: Cutoff
    value: time
    period: Period
    source: str
    confidence: Confidence
    origin: Origin


@dataclass(frozen=True)
class KeptSchedule:
    """A named schedule with what stands around it; one ``in_use`` holds promises."""

    value: Schedule
    is_default: bool
    source: str
    origin: Origin
    in_use: bool


def days_of_year(year: int) -> tuple[KeptDay, ...]:
    """Return the rows in force of a year, in order of day. One query."""
    rows = CalendarDay.objects.in_force().filter(day__year=year)
    return tuple(KeptDay(day_row(row), Origin(row.origin)) for row in rows)


def kept_years() -> tuple[KeptYear, ...]:
    """Return what is said of each year, in order. One query."""
    rows = CalendarYear.objects.order_by("year")
    return tuple(KeptYear(row.year, YearStatus(row.status), row.note, row.source, Origin(row.origin)) for row in rows)


def kept_settings() -> tuple[KeptSetting, ...]:
    """Return the hours by key, the latest period first. One query."""
    rows = Setting.objects.filter(key__in=Cutoff.values()).order_by("key", "-period")
    return tuple(
        KeptSetting(
            Cutoff(row.key),
            time.fromisoformat(row.value),
            Period(row.period.lower or date.min, row.period.upper),
            row.source,
            Confidence(row.confidence),
            Origin(row.origin),
        )
        for row in rows
    )


def kept_schedules() -> tuple[KeptSchedule, ...]:
    """Return all schedules, the default first. Two queries."""
    in_use = Exists(Clock.objects.filter(schedule=OuterRef("code")))
    rows = ScheduleRow.objects.annotate(in_use=in_use).prefetch_related("sessions").order_by("-is_default", "code")
    return tuple(KeptSchedule(schedule_value(row), row.is_default, row.source, Origin(row.origin), row.in_use) for row in rows)
