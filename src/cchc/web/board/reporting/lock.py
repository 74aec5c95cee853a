"""Lock the numbers of a period: the page shows what will be kept, a button keeps it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.local import local_date
from cchc.reports import api as reports
from cchc.web.board.report import FORM
from cchc.web.board.reporting.request import ReportRequest, reporting_period
from cchc.web.board.sheets import sheet
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.shapes import options_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs("reports:report:prepare")
def act(request: HttpRequest) -> HttpResponse:
    """Show the form as it is counted now, and lock it."""
    asked = cast("ReportRequest", request)
    today = local_date(asked.at)
    period = reporting_period(request, today)
    key = query_text(request, FORM) or "ii06"
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        basis = entry.chosen("basis", reports.Basis) or reports.Basis.FIGURES
        with entry.catching():
            if entry.ok:
                code = reports.lock_report(actor=asked.actor, at=asked.at, key=key, period=period.period, basis=basis)
        if entry.ok:
            messages.success(request, _("Đã chốt số liệu. Xem lại, ghi giải trình nếu cần, rồi trình ký."))
            return HttpResponseRedirect(reverse("board:reports_kept", args=[code]))
    agency = reports.agency_of(asked.actor, today)
    form = reports.statutory(key, unit=agency, period=period.period, at=asked.at)
    return entry.answer(request, "board/reporting/lock.html", {"agency": agency, "period": period, "sheet": sheet(form), **_bases(form)})


def _bases(form: reports.FilledForm) -> dict[str, Any]:
    """Offer where the numbers come from, where there is a choice; what was received is the way the report goes up."""
    if not reports.can_consolidate(form.definition):
        return {"bases": [], "basis": reports.Basis.FIGURES.value}
    return {"bases": options_of(reports.Basis, only=[reports.Basis.REPORTS, reports.Basis.FIGURES]), "basis": reports.Basis.REPORTS.value}
