"""Write down that a paper of the file was lost or damaged, and apologise."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.people import units_late
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:apologise")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Write what was lost and who bears the cost."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        return {"units": units_late(case, desk=desk)}

    def perform(entry: Entry, seen: int | None) -> None:
        late_unit_id = entry.whole("late_unit_id", most=2**62)
        if entry.ok:
            cases.record_loss(
                actor=desk.actor,
                at=desk.at,
                code=code,
                what=entry.text("what"),
                remedy=entry.text("remedy"),
                late_unit_id=late_unit_id,
                seen=seen,
            )

    page = Page(
        cases.Act.RECORD_LOSS,
        "desk/cases/loss.html",
        gettext_noop("Đã ghi nhận mất, hỏng giấy tờ của %(code)s. Văn bản xin lỗi đã sẵn sàng để in."),
        offers,
        issues=True,
    )
    return act_page(request, code, page, perform)
