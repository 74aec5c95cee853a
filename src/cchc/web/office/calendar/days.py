"""A day of the calendar: add one, correct its row, withdraw it. Before anything is written the page says what would move."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.errors import NotFound
from cchc.web.office.calendar.preview import Preview, pending_words, preview
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import options_of
from cchc.web.ui.vietnamese import day_long
from cchc.worktime import api as worktime

OFF_KINDS = (worktime.DayKind.HOLIDAY, worktime.DayKind.COMPENSATORY)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("worktime:calendar:edit")
def create(request: HttpRequest) -> HttpResponse:
    """Add a holiday or a compensatory day off; ``do=preview`` shows what it would do, ``do=save`` writes it."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {"day": request.GET.get("day", "")})
    seen: Preview | None = None
    if request.method == "POST":
        day = entry.day("day", required=_("Nhập ngày nghỉ."))
        kind = entry.chosen("kind", worktime.DayKind, required=_("Chọn loại ngày nghỉ."))
        for_date = entry.day("for_date")
        if kind and kind not in OFF_KINDS:
            entry.refuse("kind", _("Ngày hoán đổi và ngày làm bù nhập theo cặp ở trang «Hoán đổi ngày làm việc»."))
        name, source, confidence = read_words(entry)
        with entry.catching():
            if entry.ok and day and kind and confidence:
                row = worktime.DayRow(day, kind, name, for_date, source, confidence)
                seen = preview(at=office.at, add=[row])
                if entry.value("do") == "save":
                    worktime.set_day(
                        actor=office.actor,
                        at=office.at,
                        day=day,
                        kind=kind,
                        name=name,
                        source=source,
                        for_date=for_date,
                        confidence=confidence,
                    )
                    return saved(request, day.year, _("Đã thêm %(day)s vào lịch.") % {"day": day_long(day)})
    context = {"preview": seen, "kinds": options_of(worktime.DayKind, only=OFF_KINDS), **word_options(), "page_keys": []}
    return entry.answer(request, "office/calendar/day_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("worktime:calendar:edit")
def edit(request: HttpRequest, day: str) -> HttpResponse:
    """Correct the words of a day's row: name, source, confidence; of a swap both halves."""
    office = cast("OfficeRequest", request)
    rows = rows_of(day)
    row = next(row for row in rows if row.day.isoformat() == day)
    given = {"kind": row.kind.value, "name": row.name, "source": row.source, "confidence": row.confidence.value}
    entry = Entry(request.POST if request.method == "POST" else given)
    is_swap = row.kind not in OFF_KINDS
    if request.method == "POST":
        kind = None if is_swap else entry.chosen("kind", worktime.DayKind, required=_("Chọn loại ngày nghỉ."))
        name, source, confidence = read_words(entry)
        reason = entry.text("reason", required=_("Nêu lý do sửa dòng này."))
        with entry.catching():
            if entry.ok and confidence:
                worktime.edit_day(
                    actor=office.actor,
                    at=office.at,
                    day=row.day,
                    kind=kind,
                    name=name,
                    source=source,
                    confidence=confidence,
                    reason=reason,
                )
                return saved(request, row.day.year, _("Đã sửa dòng của %(day)s.") % {"day": day_long(row.day)})
    context = {
        "row": row,
        "rows": rows,
        "is_swap": is_swap,
        "kinds": options_of(worktime.DayKind, only=OFF_KINDS),
        **word_options(),
        "page_keys": [],
    }
    return entry.answer(request, "office/calendar/day.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("worktime:calendar:edit")
def withdraw(request: HttpRequest, day: str) -> HttpResponse:
    """Withdraw the row of a day, or a whole swap, with the reason."""
    office = cast("OfficeRequest", request)
    rows = rows_of(day)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        reason = entry.text("reason", required=_("Nêu lý do bỏ ngày này khỏi lịch."))
        with entry.catching():
            if entry.ok:
                worktime.remove_day(actor=office.actor, at=office.at, day=rows[0].day, reason=reason)
                told = ", ".join(day_long(row.day) for row in rows)
                return saved(request, rows[0].day.year, _("Đã bỏ khỏi lịch: %(days)s.") % {"days": told})
    foreseen = preview(at=office.at, without=[row.day for row in rows])
    return entry.answer(request, "office/calendar/withdrawal.html", {"rows": rows, "preview": foreseen, "page_keys": []})


def rows_of(day: str) -> tuple[worktime.DayRow, ...]:
    """Return the row of a day written as ISO, with the other half of its swap; ``NotFound`` when the calendar has none."""
    try:
        rows = worktime.load_calendar().swap_of(date.fromisoformat(day))
    except ValueError:
        rows = ()
    if not rows:
        raise NotFound(_("Lịch không có dòng nào cho ngày này; có thể dòng ấy vừa được bỏ."))
    return rows


def read_words(entry: Entry) -> tuple[str, str, worktime.Confidence | None]:
    """Read the name, the document and how sure it is."""
    name = entry.text("name", required=_("Nhập tên ngày nghỉ hoặc ngày làm bù."))
    source = entry.text("source", required=_("Nhập số, ngày của văn bản làm căn cứ."))
    return name, source, entry.chosen("confidence", worktime.Confidence, required=_("Chọn mức đối chiếu văn bản."))


def word_options() -> dict[str, Any]:
    """Return the choices of a row's words."""
    return {"confidences": options_of(worktime.Confidence)}


def saved(request: HttpRequest, year: int, sentence: str) -> HttpResponse:
    """Say what was written and what follows, and go back to the year."""
    messages.success(request, f"{sentence} {pending_words(cast('OfficeRequest', request).at)}")
    return HttpResponseRedirect(f"{reverse('office:calendar')}?year={year}")
