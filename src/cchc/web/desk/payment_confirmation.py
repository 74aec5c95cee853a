"""Take in the proof of payment: the clock goes on."""

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
    """Show what was to be paid; write down the receipt."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        return {
            "asked": next((line for line in case.ledger if line.act == cases.Act.ASK_PAYMENT.value), None),
            "resume": cases.bounds_on(local_date(desk.at), case.procedure_code)[cases.RuleKey.PAYMENT_RESUME],
        }

    def perform(entry: Entry, seen: int | None) -> None:
        cases.confirm_payment(actor=desk.actor, at=desk.at, code=code, receipt=entry.text("receipt"), note=entry.text("note"), seen=seen)

    page = Page(
        cases.Act.CONFIRM_PAYMENT,
        "desk/cases/payment_confirmation.html",
        gettext_noop("Đã ghi chứng từ nộp tiền của %(code)s; đồng hồ chạy tiếp."),
        offers,
        names={"number": "receipt"},
    )
    return act_page(request, code, page, perform)
