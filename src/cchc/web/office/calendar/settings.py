"""The hours fixed by law, with the periods in which they hold, and a new one from a day on."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.web.office.hours import read_hour
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import options_of
from cchc.web.ui.vietnamese import day_text
from cchc.worktime import api as worktime


@require_http_methods(["GET", "HEAD", "POST"])
@needs("worktime:calendar:edit")
def edit(request: HttpRequest) -> HttpResponse:
    """Show the hours; let another hold from a day on."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        key = entry.chosen("key", worktime.Cutoff, required=_("Chọn giờ cần đổi."))
        value = read_hour(entry, "value", required=_("Nhập giờ mới, ví dụ 15:00."))
        since = entry.day("since", required=_("Nhập ngày bắt đầu áp dụng."))
        source = entry.text("source", required=_("Nhập số, ngày của văn bản làm căn cứ."))
        confidence = entry.chosen("confidence", worktime.Confidence, required=_("Chọn mức đối chiếu văn bản."))
        with entry.catching():
            if entry.ok and key and value and since and confidence:
                worktime.set_cutoff(
                    actor=office.actor, at=office.at, key=key, value=value, since=since, source=source, confidence=confidence
                )
                told = _("Đã ghi: %(what)s là %(value)s từ %(since)s.")
                messages.success(request, told % {"what": _(key.label), "value": f"{value:%H:%M}", "since": day_text(since)})
                return HttpResponseRedirect(reverse("office:calendar_settings"))
    context = {
        "settings": worktime.kept_settings(),
        "keys": options_of(worktime.Cutoff),
        "confidences": options_of(worktime.Confidence),
        "page_keys": [],
    }
    return entry.answer(request, "office/calendar/settings.html", context)
