"""Put the drafted result before the signer."""

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
from cchc.web.desk.step import WORK
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:process")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show who may sign; submit to the one chosen."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        outcomes = list(dict.fromkeys(choice.outcome for choice in case.choices if choice.step.kind not in WORK))
        proposed = [Option(word, word) for word in outcomes] if len(outcomes) > 1 else []
        return {**options_with("cases:case:approve", case=case, desk=desk), "outcomes": proposed}

    def perform(entry: Entry, seen: int | None) -> None:
        post_id = entry.whole("post_id", required=_("Chọn người ký kết quả."), most=2**62)
        if post_id is not None:
            cases.submit(
                actor=desk.actor,
                at=desk.at,
                code=code,
                post_id=post_id,
                outcome=entry.text("outcome"),
                note=entry.text("note"),
                seen=seen,
            )

    page = Page(cases.Act.SUBMIT, "desk/cases/submission.html", gettext_noop("Đã trình ký kết quả %(code)s."), offers)
    return act_page(request, code, page, perform)
