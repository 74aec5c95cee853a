"""Load the reference data: what is missing is added, what the reference wrote is brought up to date, what the office wrote stays."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.worktime.models import CalendarDay, CalendarYear, Setting
from cchc.worktime.models import Schedule as ScheduleRow
from cchc.worktime.operations.locks import edit_calendar
from cchc.worktime.operations.schedules import write_schedule
from cchc.worktime.queries.reference import SettingRow, read_days, read_schedules, read_settings, read_years
from cchc.worktime.terms import Origin

Progress = Callable[[str], None]


@transaction.atomic
def seed(*, folder: Path, progress: Progress) -> dict[str, int]:
    """Load ``worktime`` of the reference folder; return how many rows of each kind were written. Running it twice writes none.

    A day that the office set or withdrew, a schedule and a setting of its own are left alone. Schedules that exist are never
    changed, since promises were made on them.
    """
    edit_calendar()
    home = folder / "worktime"
    written = {
        "days": _days(home),
        "years": _years(home),
        "schedules": _schedules(home, progress),
        "settings": _settings(home),
    }
    progress("lịch làm việc: " + ", ".join(f"{name} {count}" for name, count in written.items()))
    return written


def _days(home: Path) -> int:
    rows = {row.day: row for row in CalendarDay.objects.filter(withdrawn_at__isnull=True)}
    withdrawn = set(CalendarDay.objects.filter(withdrawn_at__isnull=False, origin=Origin.REFERENCE).values_list("day", flat=True))
    written = 0
    for day in read_days(home):
        values = {
            "kind": day.kind,
            "name": day.name,
            "for_date": day.for_date,
            "source": day.source,
            "confidence": day.confidence,
        }
        row = rows.get(day.day)
        if row is None:
            if day.day not in withdrawn:
                CalendarDay.objects.create(day=day.day, origin=Origin.REFERENCE, **values)
                written += 1
        elif row.origin == Origin.REFERENCE and any(getattr(row, name) != value for name, value in values.items()):
            CalendarDay.objects.filter(pk=row.pk).update(**values)
            written += 1
    return written


def _years(home: Path) -> int:
    written = 0
    known = {row.year: (row.status, row.note, row.source) for row in CalendarYear.objects.filter(origin=Origin.REFERENCE)}
    said = set(CalendarYear.objects.filter(origin=Origin.OFFICE).values_list("year", flat=True))
    for row in read_years(home):
        if row.year not in said and known.get(row.year) != (row.status, row.note, row.source):
            CalendarYear.objects.update_or_create(year=row.year, defaults={"status": row.status, "note": row.note, "source": row.source})
            written += 1
    return written


def _schedules(home: Path, progress: Progress) -> int:
    known = set(ScheduleRow.objects.values_list("code", flat=True))
    has_default = ScheduleRow.objects.filter(is_default=True).exists()
    written = 0
    for row in read_schedules(home):
        for warning in row.value.warnings():
            progress(warning)
        if row.value.code in known:
            continue
        write_schedule(row.value, source=row.source, origin=Origin.REFERENCE, is_default=row.is_default and not has_default)
        written += 1
    return written


def _settings(home: Path) -> int:
    """Write the settings key by key; a key of which the office wrote a row is the office's."""
    given: dict[str, list[SettingRow]] = {}
    for row in read_settings(home):
        given.setdefault(row.key, []).append(row)
    return sum(_setting(key, rows) for key, rows in given.items())


def _setting(key: str, rows: list[SettingRow]) -> int:
    known = list(Setting.objects.filter(key=key).order_by("period"))
    if any(row.origin == Origin.OFFICE for row in known):
        return 0
    wanted = [(row.value, DateRange(row.period.start, row.period.end), row.source, row.confidence.value) for row in rows]
    if [(row.value, row.period, row.source, row.confidence) for row in known] == wanted:
        return 0
    Setting.objects.filter(key=key).delete()
    Setting.objects.bulk_create(
        Setting(key=key, value=value, period=period, source=source, confidence=confidence, origin=Origin.REFERENCE)
        for value, period, source, confidence in wanted
    )
    return len(wanted)
