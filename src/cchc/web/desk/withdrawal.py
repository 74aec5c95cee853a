"""End a file because its applicant asks for it."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.procedures import api as procedures
from cchc.web.desk.acting import Page, Phrases, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:receive")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Write down who asked and how, and what becomes of the fee."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, seen: int | None) -> None:
        cases.withdraw(
            actor=desk.actor,
            at=desk.at,
            code=code,
            asked_by=entry.text("asked_by"),
            reason=entry.text("reason"),
            fee_remark=entry.text("fee_remark"),
            note=entry.text("note"),
            seen=seen,
        )

    page = Page(
        cases.Act.WITHDRAW,
        "desk/cases/withdrawal.html",
        gettext_noop("Đã rút %(code)s theo yêu cầu của người nộp. Thông báo đã sẵn sàng để in."),
        lambda _case: {},
        issues=True,
        phrases=Phrases(procedures.PhraseKind.STOP),
    )
    return act_page(request, code, page, perform)
