"""Say sorry in writing without moving the promise."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.procedures import api as procedures
from cchc.web.desk.acting import Page, Phrases, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.people import units_late
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import options_of

# An extension has its own act, and the omitted apology is made by handing over.
KINDS = (cases.ApologyKind.LATE, cases.ApologyKind.ERROR, cases.ApologyKind.LOSS, cases.ApologyKind.MISCONDUCT)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:apologise")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show the kinds of apology and the letter; issue the one chosen."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        kinds = options_of(cases.ApologyKind, only=KINDS)
        return {"kinds": kinds, "kind": "late" if case.owes_apology else "", "units": units_late(case, desk=desk)}

    def answers(entry: Entry) -> Mapping[str, Any] | None:
        kind = entry.chosen("kind", cases.ApologyKind, required=_("Chọn vì sao xin lỗi."))
        late_unit_id = entry.whole("late_unit_id", most=2**62)
        given = {"kind": kind, "reason": entry.text("reason"), "remedy": entry.text("remedy"), "late_unit_id": late_unit_id}
        return given if kind is not None and entry.ok else None

    def perform(entry: Entry, seen: int | None) -> None:
        if given := answers(entry):
            cases.apologise(actor=desk.actor, at=desk.at, code=code, seen=seen, **given)

    def draft(entry: Entry, seen: int | None) -> bytes | None:
        given = answers(entry)
        return cases.draft_apology(actor=desk.actor, at=desk.at, code=code, seen=seen, **given) if given else None

    page = Page(
        cases.Act.APOLOGISE,
        "desk/cases/apology.html",
        gettext_noop("Đã lập văn bản xin lỗi cho %(code)s; ngày hẹn giữ nguyên."),
        offers,
        issues=True,
        phrases=Phrases(procedures.PhraseKind.EXTENSION),
    )
    return act_page(request, code, page, perform, draft)
