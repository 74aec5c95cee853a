"""Tell the applicant that the result is there before its day."""

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
@needs("cases:case:hand_over")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show how the applicant can be told; tell them, or write down how they were."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, seen: int | None) -> None:
        cases.announce(actor=desk.actor, at=desk.at, code=code, note=entry.text("note"), seen=seen)

    page = Page(cases.Act.ANNOUNCE, "desk/cases/announcement.html", gettext_noop("Đã báo có kết quả %(code)s."), lambda _case: {})
    return act_page(request, code, page, perform)
