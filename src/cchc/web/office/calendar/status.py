"""How far the calendar of a year can be trusted, and by which document."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import options_of
from cchc.worktime import api as worktime


@require_http_methods(["GET", "HEAD", "POST"])
@needs("worktime:calendar:edit")
def edit(request: HttpRequest, year: int) -> HttpResponse:
    """Show what is said of the year; say something else."""
    office = cast("OfficeRequest", request)
    kept = next((kept for kept in worktime.kept_years() if kept.year == year), worktime.KeptYear(year, None))
    given = {"status": kept.status.value if kept.status else "", "source": kept.source, "note": kept.note}
    entry = Entry(request.POST if request.method == "POST" else given)
    if request.method == "POST":
        status = entry.chosen("status", worktime.YearStatus, required=_("Chọn mức tin cậy của lịch năm này."))
        source = entry.text("source", required=_("Nhập số, ngày của văn bản làm căn cứ."))
        with entry.catching({"year": ""}):
            if entry.ok and status:
                worktime.set_year_status(actor=office.actor, at=office.at, year=year, status=status, source=source, note=entry.text("note"))
                messages.success(request, _("Đã ghi độ tin cậy của lịch năm %(year)s.") % {"year": year})
                return HttpResponseRedirect(f"{reverse('office:calendar')}?year={year}")
    context = {"kept": kept, "statuses": options_of(worktime.YearStatus), "page_keys": []}
    return entry.answer(request, "office/calendar/status.html", context)
