"""The reference files of working time, read without a database."""

import csv
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from cchc.kernel.errors import Refused
from cchc.kernel.period import Period
from cchc.worktime.rules.calendars import Calendar, DayRow, cutoffs_of, two_rows
from cchc.worktime.rules.schedules import Schedule, Session
from cchc.worktime.terms import Confidence, Cutoff, DayKind, YearStatus

RowT = TypeVar("RowT")

_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@dataclass(frozen=True)
class YearRow:
    """How far a year's calendar can be trusted."""

    year: int
    status: YearStatus
    note: str
    source: str


@dataclass(frozen=True)
class SettingRow:
    """A parameter of the law for a period."""

    key: str
    value: str
    period: Period
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class ScheduleRow:
    """A schedule of the reference data."""

    value: Schedule
    is_default: bool
    source: str


@cache
def reference_calendar() -> Calendar:
    """Return the calendar of ``seeds/reference/worktime``, as an empty installation has it."""
    folder = reference_folder()
    hours = [(row.period, time.fromisoformat(row.value)) for row in read_settings(folder) if row.key == Cutoff.SAME_DAY]
    return Calendar.of(
        read_days(folder),
        years={row.year: row.status for row in read_years(folder)},
        same_day_cutoffs=cutoffs_of(hours),
    )


@cache
def reference_schedule() -> Schedule:
    """Return the default schedule of ``seeds/reference/worktime``."""
    return next(row.value for row in read_schedules(reference_folder()) if row.is_default)


def reference_folder() -> Path:
    """Return the folder of this module's reference files."""
    return Path(settings.SEEDS) / "reference" / "worktime"


def read_days(folder: Path) -> list[DayRow]:
    """Return the rows of ``calendar.csv``. Two rows for a day are refused with the line of the second."""
    seen: dict[date, DayRow] = {}
    for line, row in _rows(folder / "calendar.csv", _day_row):
        if row.day in seen:
            raise Refused(f"calendar.csv dòng {line}: {two_rows(seen[row.day], row)}", field="day")
        seen[row.day] = row
    return list(seen.values())


def read_years(folder: Path) -> list[YearRow]:
    """Return the rows of ``years.csv``."""
    return [row for _, row in _rows(folder / "years.csv", _year_row)]


def read_settings(folder: Path) -> list[SettingRow]:
    """Return the rows of ``settings.csv``; the column ``until`` is the first day after the period, or empty."""
    return [row for _, row in _rows(folder / "settings.csv", _setting_row)]


def read_schedules(folder: Path) -> list[ScheduleRow]:
    """Return the tables of ``schedules.toml``."""
    with (folder / "schedules.toml").open("rb") as file:
        tables = tomllib.load(file)
    return [_schedule_row(code, table) for code, table in tables.items()]


def _rows(path: Path, parse: Callable[[dict[str, str]], RowT]) -> Iterator[tuple[int, RowT]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            try:
                yield reader.line_num, parse(row)
            except (KeyError, ValueError) as error:
                raise Refused(f"{path.name} dòng {reader.line_num}: {error}") from error


def _day_row(row: dict[str, str]) -> DayRow:
    return DayRow(
        day=date.fromisoformat(row["date"]),
        kind=DayKind(row["kind"]),
        name=row["name"],
        for_date=date.fromisoformat(row["for_date"]) if row["for_date"] else None,
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )


def _year_row(row: dict[str, str]) -> YearRow:
    return YearRow(int(row["year"]), YearStatus(row["status"]), row["note"], row["source"])


def _setting_row(row: dict[str, str]) -> SettingRow:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    period = Period(date.fromisoformat(row["from"]), until)
    return SettingRow(row["key"], row["value"], period, row["source"], Confidence(row["confidence"]))


def _schedule_row(code: str, table: dict[str, object]) -> ScheduleRow:
    sessions = [
        Session(_WEEKDAYS.index(weekday), opens, closes, counts=session["counts"], counter=session["counter"])
        for session in table["sessions"]  # type: ignore[attr-defined]
        for weekday in session["weekdays"]
        for opens, closes in [(session["opens"], session["closes"])]
    ]
    value = Schedule(
        code=code,
        name=str(table["name"]),
        sessions=tuple(sessions),
        result_time=table.get("result_time"),  # type: ignore[arg-type]
        results_on_makeup_days=bool(table.get("results_on_makeup_days", True)),
    )
    return ScheduleRow(value, bool(table.get("default", False)), str(table["source"]))
