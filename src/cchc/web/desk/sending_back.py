"""Send a file back to somebody who had it before."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option
from cchc.web.ui.vietnamese import moment_short


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:read")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show who had the file; send it back with the reason."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        options = [Option(str(way.seq), way.person or way.unit, _way(way)) for way in case.ways_back]
        return {"options": options, "chosen": options[0].value if options else ""}

    def perform(entry: Entry, seen: int | None) -> None:
        to_seq = entry.whole("to_seq", required=_("Chọn bước và người sẽ nhận lại hồ sơ."), most=32_000)
        if to_seq is not None:
            cases.send_back(actor=desk.actor, at=desk.at, code=code, to_seq=to_seq, reason=entry.text("note"), seen=seen)

    page = Page(cases.Act.SEND_BACK, "desk/cases/sending_back.html", gettext_noop("Đã trả lại %(code)s cho bước trước."), offers)
    return act_page(request, code, page, perform)


def _way(way: cases.Holding) -> str:
    """Return the small words of a way back: the step, the unit where a person is named, until when they had it."""
    parts = [_(way.step).lower(), way.unit if way.person else ""]
    if way.ended_at:
        parts.append(_("giữ đến %(when)s") % {"when": moment_short(way.ended_at)})
    return ", ".join(part for part in parts if part)
