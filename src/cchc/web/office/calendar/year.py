"""The calendar of a year: twelve small months, the rows behind them, who changed what."""

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.kernel.local import WEEKDAYS, WEEKDAYS_SHORT, local_date
from cchc.kernel.text import gettext_noop
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import LedgerLine
from cchc.web.ui.vietnamese import day_long, day_text
from cchc.worktime import api as worktime

FIRST, LAST = 1976, 9998
SHOWN = 30
# The mark says what the colour says: one or two letters below the number of the day.
KINDS = {
    worktime.DayKind.HOLIDAY: ("hol", gettext_noop("lễ")),
    worktime.DayKind.COMPENSATORY: ("comp", gettext_noop("bù")),
    worktime.DayKind.SWAPPED_OFF: ("swap", gettext_noop("đổi")),
    worktime.DayKind.MAKEUP_WORK: ("make", gettext_noop("làm")),
}
ACTS = {
    "day_set": gettext_noop("Thêm ngày vào lịch"),
    "day_edited": gettext_noop("Sửa dòng của một ngày"),
    "day_removed": gettext_noop("Bỏ ngày khỏi lịch"),
    "year_status_set": gettext_noop("Đặt độ tin cậy của năm"),
    "setting_set": gettext_noop("Đổi giờ theo quy định"),
    "schedule_defined": gettext_noop("Lập khung giờ"),
}


@dataclass(frozen=True)
class Cell:
    """A day of a month. ``mark`` and ``title`` tell what its colour tells; a day of another month is empty."""

    day: date | None
    kind: str = ""
    mark: str = ""
    title: str = ""
    has_row: bool = False
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven cells, and how many days are worked in it."""

    number: int
    weeks: tuple[tuple[Cell, ...], ...]
    working: int


@require_safe
@needs("worktime:calendar:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Show a year; ``?year=`` chooses it."""
    office = cast("OfficeRequest", request)
    today = local_date(office.at)
    year = year_of(query_text(request, "year"), today.year)
    calendar, known = worktime.load_calendar(), {kept.year: kept for kept in worktime.kept_years()}
    latest = next(iter(cases.settlements(actor=office.actor)), None)
    edited = latest.asked_at if latest and not latest.finished_at else office.at
    months = [_month(calendar, year, number, today) for number in range(1, 13)]
    context = {
        "year": year,
        "years": sorted({*known, year, today.year}),
        "kept": known.get(year) or worktime.KeptYear(year, None),
        "is_official": year in known and known[year].status is worktime.YearStatus.OFFICIAL,
        "months": months,
        "working": sum(month.working for month in months),
        "days": worktime.days_of_year(year),
        "weekdays": list(zip(WEEKDAYS, WEEKDAYS_SHORT, strict=True)),
        "legend": [(css, _(mark), kind) for kind, (css, mark) in KINDS.items()],
        "pending": len(worktime.unsettled(unbroken_at=edited)),
        "latest_run": latest,
        "history": _history(audit.entries("calendar")),
        "page_keys": [],
    }
    return render(request, "office/calendar/year.html", context)


def year_of(text: str, otherwise: int) -> int:
    """Return the year typed, or the other when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") and FIRST <= int(text) <= LAST else otherwise


def _month(calendar: worktime.Calendar, year: int, number: int, today: date) -> Month:
    weeks = tuple(
        tuple(_cell(calendar, day, today) if day.month == number else Cell(None) for day in week)
        for week in Weeks().monthdatescalendar(year, number)
    )
    working = sum(calendar.is_working(cell.day) for week in weeks for cell in week if cell.day)
    return Month(number, weeks, working)


def _cell(calendar: worktime.Calendar, day: date, today: date) -> Cell:
    row = calendar.row(day)
    if row is None:
        is_on = calendar.is_working(day)
        return Cell(day, "on" if is_on else "off", is_today=day == today)
    css, mark = KINDS[row.kind]
    return Cell(day, css, _(mark), f"{day_long(day)}: {row.reason}", has_row=True, is_today=day == today)


def _history(entries: Sequence[audit.EntryView]) -> list[LedgerLine]:
    return [
        LedgerLine(at=entry.at, title=_(ACTS.get(entry.act, entry.act)), detail=_detail(entry.public), who=entry.actor_post)
        for entry in reversed(entries[-SHOWN:])
    ]


def _detail(public: Mapping[str, Any]) -> str:
    """Return what an entry of the journal says, in one line."""
    subject = ""
    if "day" in public:
        subject = f"{day_long(date.fromisoformat(public['day']))}: {_(worktime.DayKind(public['kind']).label)}, {public['name']}"
    elif "year" in public:
        subject = f"{public['year']}: {_(worktime.YearStatus(public['status']).label)}"
    elif "since" in public:
        since = day_text(date.fromisoformat(public["since"]))
        subject = _("%(what)s: %(value)s từ %(since)s") % {
            "what": _(worktime.Cutoff(public["key"]).label),
            "value": public["value"],
            "since": since,
        }
    elif "sessions" in public:
        subject = str(public["name"])
    return " · ".join(str(part) for part in (subject, public.get("source"), public.get("reason")) if part)
