"""Take back what one has just done, while nobody has acted on it."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:read")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show what will be undone; undo it."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        return {"last": case.holdings[-1], "before": case.holdings[-2] if len(case.holdings) > 1 else None}

    def perform(_entry: Entry, seen: int | None) -> None:
        cases.recall(actor=desk.actor, at=desk.at, code=code, seen=seen)

    page = Page(cases.Act.RECALL, "desk/cases/recall.html", gettext_noop("Đã rút lại việc vừa làm với %(code)s."), offers)
    return act_page(request, code, page, perform)
