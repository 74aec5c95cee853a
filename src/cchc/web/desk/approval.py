"""Sign the result: the clock ends and the case goes back to the counter."""

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
    """Show the result to sign; sign it with its number."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, seen: int | None) -> None:
        number, note = entry.text("number"), entry.text("note")
        cases.approve(actor=desk.actor, at=desk.at, code=code, number=number, note=note, seen=seen)

    page = Page(
        cases.Act.APPROVE, "desk/cases/approval.html", gettext_noop("Đã ký kết quả %(code)s; hồ sơ đã về quầy để trả."), lambda _case: {}
    )
    return act_page(request, code, page, perform)
