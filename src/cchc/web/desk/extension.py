"""Make a new promise with an apology, before the first is broken."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop
from cchc.procedures import api as procedures
from cchc.web.desk.acting import Page, Phrases, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.people import units_late
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.vietnamese import day_text
from cchc.worktime import api as worktime


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:extend")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Propose the next working day after the promise; show the letter; make the new promise."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        due = case.row.due_date
        proposed = day_text(worktime.load_calendar().next_working_day(due)) if due else ""
        bounds = cases.bounds_on(local_date(desk.at), case.procedure_code)
        return {
            "proposed": proposed,
            "units": units_late(case, desk=desk),
            "most": bounds[cases.RuleKey.EXTENSIONS],
            "notice": bounds[cases.RuleKey.EXTENSION_NOTICE],
        }

    def answers(entry: Entry) -> Mapping[str, Any] | None:
        until = entry.day("until", required=_("Nhập ngày hẹn mới."))
        late_unit_id = entry.whole("late_unit_id", most=2**62)
        given = {"until": until, "reason": entry.text("reason"), "late_unit_id": late_unit_id}
        return given if until is not None and entry.ok else None

    def perform(entry: Entry, seen: int | None) -> None:
        if given := answers(entry):
            cases.extend(actor=desk.actor, at=desk.at, code=code, seen=seen, **given)

    def draft(entry: Entry, seen: int | None) -> bytes | None:
        given = answers(entry)
        return cases.draft_extension(actor=desk.actor, at=desk.at, code=code, seen=seen, **given) if given else None

    page = Page(
        cases.Act.EXTEND,
        "desk/cases/extension.html",
        gettext_noop("Đã hẹn lại %(code)s. Văn bản xin lỗi đã sẵn sàng để in."),
        offers,
        issues=True,
        phrases=Phrases(procedures.PhraseKind.EXTENSION),
    )
    return act_page(request, code, page, perform, draft)
