"""Swap a working day for a make-up day: both rows at once, with what would move shown before."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.web.office.calendar.days import read_words, saved, word_options
from cchc.web.office.calendar.preview import Preview, preview
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.vietnamese import day_long
from cchc.worktime import api as worktime


@require_http_methods(["GET", "HEAD", "POST"])
@needs("worktime:calendar:edit")
def create(request: HttpRequest) -> HttpResponse:
    """Add a swap; ``do=preview`` shows what it would do, ``do=save`` writes it."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})
    seen: Preview | None = None
    if request.method == "POST":
        off = entry.day("off", required=_("Nhập ngày làm việc được nghỉ."))
        makeup = entry.day("makeup", required=_("Nhập ngày làm bù."))
        name, source, confidence = read_words(entry)
        with entry.catching():
            if entry.ok and off and makeup and confidence:
                calendar = worktime.load_calendar()
                rows = worktime.swap_rows(calendar=calendar, off=off, makeup=makeup, name=name, source=source, confidence=confidence)
                seen = preview(at=office.at, add=rows)
                if entry.value("do") == "save":
                    worktime.swap_days(
                        actor=office.actor, at=office.at, off=off, makeup=makeup, name=name, source=source, confidence=confidence
                    )
                    told = _("Đã ghi hoán đổi: nghỉ %(off)s, làm bù %(makeup)s.")
                    return saved(request, off.year, told % {"off": day_long(off), "makeup": day_long(makeup)})
    return entry.answer(request, "office/calendar/swap_new.html", {"preview": seen, **word_options(), "page_keys": []})
