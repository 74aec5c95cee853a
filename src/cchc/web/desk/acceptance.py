"""Accept a file that was incomplete at the counter, now that everything is there: same code, and the clock starts."""

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

MOST_LINES = 99
MOST = 999


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:receive")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show the papers that were missing; accept the file once all are there."""
    desk = cast("DeskRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        asked = [item for request in case.requests for item in request.items]
        return {"lines": [_line(paper, entry) for paper in case.papers if not paper.given], "asked": asked}

    def perform(entry: Entry, seen: int | None) -> None:
        papers = _given(entry)
        if entry.ok:
            cases.accept_supplemented(actor=desk.actor, at=desk.at, code=code, papers=papers, seen=seen)

    done = gettext_noop("Đã tiếp nhận %(code)s sau bổ sung. Giấy hẹn đã sẵn sàng để in.")
    return act_page(request, code, Page(cases.Act.ACCEPT_SUPPLEMENTED, "desk/cases/acceptance.html", done, offers, issues=True), perform)


def _line(paper: Any, entry: Entry) -> dict[str, Any]:
    """Return a line with what was typed for it, or one original proposed."""
    name = f"p{paper.ordinal}"
    typed = bool(entry.data)
    return {
        "paper": paper,
        "name": name,
        "given": entry.flag(name),
        "originals": entry.value(f"{name}_originals") if typed else "1",
        "certified": entry.value(f"{name}_certified"),
        "copies": entry.value(f"{name}_copies"),
    }


def _given(entry: Entry) -> list[cases.PaperGiven]:
    return [
        cases.PaperGiven(
            ordinal=place,
            given=True,
            originals=entry.whole(f"p{place}_originals", most=MOST) or 0,
            certified=entry.whole(f"p{place}_certified", most=MOST) or 0,
            copies=entry.whole(f"p{place}_copies", most=MOST) or 0,
        )
        for place in range(1, MOST_LINES + 1)
        if entry.flag(f"p{place}")
    ]
