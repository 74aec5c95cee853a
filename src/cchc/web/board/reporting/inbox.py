"""What came in from below: each unit, how far its report has come, who is late; and a reminder to those who have not sent."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.reports import api as reports
from cchc.web.board.report import FORM
from cchc.web.board.reporting.request import ReportRequest, choices, reporting_period
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.worktime import api as worktime

# The family of forms that is put together from reports; the other forms are only received.
FAMILY = "ii06"
_ORDER = (reports.State.SENT, None, reports.State.LOCKED, reports.State.SIGNED, reports.State.RECEIVED)


@require_safe
@needs("reports:report:receive")
def show(request: HttpRequest) -> HttpResponse:
    """Show the units that report to the actor's agency: first what waits to be received, then who has not sent."""
    asked = cast("ReportRequest", request)
    today = local_date(asked.at)
    agency, period = reports.agency_of(asked.actor, today), reporting_period(request, today)
    key = query_text(request, FORM) or FAMILY
    parts = reports.parts_of(agency, period.period, family=key)
    rows = sorted((_row(part, key, period, today) for part in parts), key=lambda row: _ORDER.index(row["part"].state))
    waiting = sum(part.state is reports.State.SENT for part in parts)
    context = {
        "agency": agency,
        "period": period,
        "choices": choices(period, today),
        "forms": [(form, title, form == key) for form, title in _forms(period)],
        "is_consolidated": key == FAMILY,
        "rows": rows,
        "received": sum(part.is_in for part in parts),
        "waiting": waiting,
        "missing": sum(not part.is_in for part in parts) - waiting,
        "late": sum(bool(row["late"]) for row in rows),
    }
    return render(request, "board/reporting/inbox.html", context)


@require_POST
@needs("reports:report:receive")
def remind(request: HttpRequest) -> HttpResponse:
    """Remind the units that have not sent."""
    asked = cast("ReportRequest", request)
    period = reporting_period(request, local_date(asked.at))
    try:
        count = reports.remind_reporters(actor=asked.actor, at=asked.at, period=period.period, family=query_text(request, FORM) or FAMILY)
        messages.success(request, ngettext("Đã nhắc %(count)s đơn vị.", "Đã nhắc %(count)s đơn vị.", count) % {"count": count})
    except Refused as error:
        messages.error(request, _(error.message))
    return HttpResponseRedirect(f"{reverse('board:reports_inbox')}?{request.GET.urlencode()}")


def _forms(period: worktime.ReportingPeriod) -> list[tuple[str, str]]:
    """Return the forms that may come in from below: of files, and those whose lines the form names."""
    assert period.period.last is not None, "a reporting period has an end"
    found = reports.definitions_on(period.period.last)
    files = next(form for form in found if form.key == reports.direct_form(FAMILY))
    return [(FAMILY, files.title), *((form.key, form.title) for form in found if form.lines)]


def _row(part: reports.Part, key: str, period: worktime.ReportingPeriod, today: date) -> dict[str, object]:
    duty = reports.duty_for(part.unit, reports.form_key(key, part.unit), period)
    assert period.period.last is not None, "a reporting period has an end"
    due = reports.due_on(duty, period.period.last) if duty else None
    return {"part": part, "due": due, "late": reports.days_late(due, part.sent_on or today)}
