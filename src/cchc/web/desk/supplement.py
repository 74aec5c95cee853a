"""Ask for what appraisal found missing: the clock stops, form 02 goes out."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop
from cchc.procedures import api as procedures
from cchc.web.desk.acting import Page, Phrases, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:process")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show what happens to the clock and what is left of the limits; ask for what is missing."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        bounds = cases.bounds_on(local_date(desk.at), case.procedure_code)
        after = sum(item.act is cases.Act.RETURN_FOR_SUPPLEMENT for item in case.requests)
        most = bounds[cases.RuleKey.SUPPLEMENTS_AFTER]
        return {
            "resume": bounds[cases.RuleKey.SUPPLEMENT_RESUME],
            "within": bounds[cases.RuleKey.SUPPLEMENT_WITHIN],
            "within_days": bounds[cases.RuleKey.SUPPLEMENT_WITHIN].days[0],
            "most": most,
            "left": most.number - after,
        }

    def perform(entry: Entry, seen: int | None) -> None:
        cases.return_for_supplement(
            actor=desk.actor,
            at=desk.at,
            code=code,
            items=entry.lines("items").splitlines(),
            reason=entry.text("reason"),
            note=entry.text("note"),
            seen=seen,
        )

    page = Page(
        cases.Act.RETURN_FOR_SUPPLEMENT,
        "desk/cases/supplement.html",
        gettext_noop("Đã lập phiếu yêu cầu bổ sung cho %(code)s; đồng hồ ngừng. In và gửi người nộp."),
        offers,
        issues=True,
        phrases=Phrases(procedures.PhraseKind.SUPPLEMENT, text="items", more="reason"),
    )
    return act_page(request, code, page, perform)
