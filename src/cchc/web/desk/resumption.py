"""Take in the papers that were asked for: the clock goes on, a new slip is printed."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:receive")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was asked for; take it in."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        open_one = next((item for item in reversed(case.requests) if item.items and item.answered_at is None), None)
        return {
            "asked": open_one,
            "resume": cases.bounds_on(local_date(desk.at), case.procedure_code)[cases.RuleKey.SUPPLEMENT_RESUME],
        }

    def perform(entry: Entry, seen: int | None) -> None:
        cases.resume(actor=desk.actor, at=desk.at, code=code, note=entry.text("note"), seen=seen)

    page = Page(
        cases.Act.RESUME,
        "desk/cases/resumption.html",
        gettext_noop("Đã nhận đủ giấy tờ bổ sung của %(code)s. Phiếu hẹn lại đã sẵn sàng để in."),
        offers,
        issues=True,
    )
    return act_page(request, code, page, perform)
