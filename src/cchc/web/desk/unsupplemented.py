"""End a file whose applicant did not bring what was asked for."""

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
@needs("cases:case:stop")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was asked for; refuse in writing."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, seen: int | None) -> None:
        cases.refuse_unsupplemented(
            actor=desk.actor, at=desk.at, code=code, reason=entry.text("reason"), guidance=entry.text("guidance"), seen=seen
        )

    page = Page(
        cases.Act.REFUSE_UNSUPPLEMENTED,
        "desk/cases/unsupplemented.html",
        gettext_noop("Đã lập phiếu từ chối cho %(code)s. In và gửi người nộp."),
        lambda _case: {},
        issues=True,
        phrases=Phrases(procedures.PhraseKind.REFUSAL, more="guidance"),
    )
    return act_page(request, code, page, perform)
