"""Put a right result in the place of a wrong one."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:approve")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show the result that is kept; put the right one in its place."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, seen: int | None) -> None:
        cases.correct_result(actor=desk.actor, at=desk.at, code=code, reason=entry.text("reason"), number=entry.text("number"), seen=seen)

    page = Page(
        cases.Act.CORRECT_RESULT,
        "desk/cases/result_correction.html",
        gettext_noop("Đã sửa kết quả %(code)s; hồ sơ về quầy để trả lại."),
        lambda _case: {},
    )
    return act_page(request, code, page, perform)
