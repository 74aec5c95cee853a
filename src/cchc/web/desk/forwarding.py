"""Forward an accepted case to the unit that will process it."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.people import units_below
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:forward")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show the units of the competent agency; forward to the one chosen."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        options = units_below(case, desk=desk)
        return {"options": options, "chosen": options[0].value if len(options) == 1 else ""}

    def perform(entry: Entry, seen: int | None) -> None:
        unit_id = entry.whole("unit_id", required=_("Chọn nơi xử lý hồ sơ."), most=2**62)
        if unit_id is not None:
            cases.forward(actor=desk.actor, at=desk.at, code=code, unit_id=unit_id, note=entry.text("note"), seen=seen)

    page = Page(cases.Act.FORWARD, "desk/cases/forwarding.html", gettext_noop("Đã chuyển xử lý %(code)s."), offers)
    return act_page(request, code, page, perform)
