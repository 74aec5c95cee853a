"""Give a case to the officer who will process it."""

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
    """Show who may process the case; assign it to the one chosen."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        return options_with("cases:case:process", case=case, desk=desk)

    def perform(entry: Entry, seen: int | None) -> None:
        post_id = entry.whole("post_id", required=_("Chọn người xử lý hồ sơ."), most=2**62)
        if post_id is not None:
            cases.assign(actor=desk.actor, at=desk.at, code=code, post_id=post_id, note=entry.text("note"), seen=seen)

    page = Page(cases.Act.ASSIGN, "desk/cases/assignment.html", gettext_noop("Đã phân công xử lý %(code)s."), offers)
    return act_page(request, code, page, perform)
