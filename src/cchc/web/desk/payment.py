"""Wait while the applicant meets a financial obligation that another agency has set."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:process")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Write down how much and by which notice; stop the clock."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, seen: int | None) -> None:
        amount = entry.whole("amount", required=_("Nhập số tiền phải nộp, lớn hơn 0."), most=10**13)
        if amount is not None:
            cases.ask_payment(
                actor=desk.actor, at=desk.at, code=code, amount=amount, reason=entry.text("reason"), note=entry.text("note"), seen=seen
            )

    page = Page(
        cases.Act.ASK_PAYMENT,
        "desk/cases/payment.html",
        gettext_noop("Đã ghi yêu cầu nghĩa vụ tài chính của %(code)s; đồng hồ ngừng."),
        lambda _case: {},
    )
    return act_page(request, code, page, perform)
