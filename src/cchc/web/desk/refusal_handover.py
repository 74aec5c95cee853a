"""Give the file and the notice of refusal back to the applicant."""

from collections.abc import Mapping
from typing import Any, cast

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
    """Write who received them."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        return {"receiver": (case.submitter or case.owner).full_name, "returned": [paper for paper in case.papers if paper.given]}

    def perform(entry: Entry, seen: int | None) -> object:
        return cases.hand_over_refusal(
            actor=desk.actor, at=desk.at, code=code, receiver=entry.text("receiver"), note=entry.text("note"), seen=seen
        )

    page = Page(
        cases.Act.HAND_OVER_REFUSAL,
        "desk/cases/refusal_handover.html",
        gettext_noop("Đã trả hồ sơ và văn bản từ chối của %(code)s."),
        offers,
    )
    return act_page(request, code, page, perform)
