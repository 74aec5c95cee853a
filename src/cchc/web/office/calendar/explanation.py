"""Ask which day a term that starts at a moment is due, and why: for checking an edit of the calendar."""

from datetime import datetime, timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.kernel.local import VIETNAM, local
from cchc.web.office.hours import read_hour
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option, options_of
from cchc.web.ui.vietnamese import day_text
from cchc.worktime import api as worktime

# A longer term is told in the sentence; a line for each of its days helps nobody.
LONGEST = timedelta(days=400)


@require_safe
@needs("worktime:calendar:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Show the form and, when it is filled in, the counting day by day. The question lives in the address."""
    office = cast("OfficeRequest", request)
    now = local(office.at)
    schedules = worktime.schedules()
    asked = "day" in request.GET
    start = {
        "day": day_text(now),
        "hour": f"{now:%H:%M}",
        "amount": "5",
        "unit": worktime.LimitUnit.WORKING_DAYS.value,
        "schedule": worktime.default_schedule().code,
    }
    entry = Entry(request.GET if asked else start)
    told: worktime.Explanation | None = None
    if asked:
        day = entry.day("day", required=_("Nhập ngày nhận."))
        hour = read_hour(entry, "hour", required=_("Nhập giờ nhận, ví dụ 09:00."))
        amount = entry.whole("amount", required=_("Nhập thời hạn."), most=10_000)
        unit = entry.chosen("unit", worktime.LimitUnit, required=_("Chọn đơn vị thời hạn."))
        with entry.catching({"term": "amount", "start": "day"}):
            if entry.ok and day and hour and amount is not None and unit:
                told = worktime.explain(
                    start=datetime.combine(day, hour, tzinfo=VIETNAM),
                    limit=worktime.TimeLimit(amount, unit),
                    calendar=worktime.load_calendar(),
                    schedule=worktime.schedule(entry.text("schedule")),
                )
    context = {
        "told": told,
        "is_short": told is not None and told.due.due_at - told.start < LONGEST,
        "units": options_of(worktime.LimitUnit),
        "schedules": [Option(value.code, value.name) for value in schedules],
        "page_keys": [],
    }
    return entry.answer(request, "office/calendar/explanation.html", context)
