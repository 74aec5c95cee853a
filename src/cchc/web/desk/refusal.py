"""Refuse what was appraised and may not be granted, signed by who is competent."""

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
@needs("cases:case:approve")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of the refusal; sign it."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, seen: int | None) -> None:
        cases.refuse_after_appraisal(
            actor=desk.actor,
            at=desk.at,
            code=code,
            reason=entry.text("reason"),
            guidance=entry.text("guidance"),
            note=entry.text("note"),
            seen=seen,
        )

    page = Page(
        cases.Act.REFUSE_AFTER_APPRAISAL,
        "desk/cases/refusal.html",
        gettext_noop("Đã ký từ chối giải quyết %(code)s; hồ sơ về quầy để trả."),
        lambda _case: {},
        issues=True,
        phrases=Phrases(procedures.PhraseKind.REFUSAL, more="guidance"),
    )
    return act_page(request, code, page, perform)
