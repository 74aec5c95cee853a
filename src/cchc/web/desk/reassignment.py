"""Give a file to another officer at the same step."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.people import options_with
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:assign")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show who else may do the step; give the file to the one chosen, with the reason."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        right = "cases:case:approve" if case.row.step is cases.Step.APPROVE else "cases:case:process"
        return options_with(right, case=case, desk=desk)

    def perform(entry: Entry, seen: int | None) -> None:
        post_id = entry.whole("post_id", required=_("Chọn người nhận hồ sơ."), most=2**62)
        if post_id is not None:
            cases.reassign(actor=desk.actor, at=desk.at, code=code, post_id=post_id, reason=entry.text("note"), seen=seen)

    page = Page(cases.Act.REASSIGN, "desk/cases/reassignment.html", gettext_noop("Đã giao lại %(code)s."), offers)
    return act_page(request, code, page, perform)
