"""What the office says about the differences to the period before."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cchc.reports import api as reports
from cchc.web.board.reporting.kept import offered, page
from cchc.web.board.reporting.request import ReportRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_POST
@needs("reports:report:prepare")
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Keep all explanations of the page at once."""
    asked = cast("ReportRequest", request)
    view = reports.report(code, actor=asked.actor, at=asked.at)
    entry = Entry(request.POST)
    texts = {(item.difference.row, item.difference.column): entry.lines(name) for name, item in offered(view).items()}
    with entry.catching({"texts": ""}):
        reports.explain(actor=asked.actor, at=asked.at, code=code, seq=entry.whole("seq") or 0, texts=texts)
    if not entry.ok:
        return page(request, view, entry)
    messages.success(request, _("Đã ghi giải trình; in cùng báo cáo."))
    return HttpResponseRedirect(f"{reverse('board:reports_kept', args=[code])}#so-voi-ky-truoc")
