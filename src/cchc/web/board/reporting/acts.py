"""Sign, unlock, send, receive, return: each page says what it will do, and one button does it."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.documents import api as documents
from cchc.kernel.text import gettext_noop
from cchc.reports import api as reports
from cchc.web.board.reporting.request import ReportRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import options_of

Perform = Callable[[Entry, dict[str, Any]], None]
_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@needs("reports:report:sign")
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Show who signs in whose name; sign."""

    def perform(entry: Entry, who: dict[str, Any]) -> None:
        kind = entry.chosen("kind", documents.SigningKind, required=_("Chọn cách ký."))
        if kind is not None:
            reports.sign_report(**who, kind=kind, head_title=entry.text("head_title"), letter=entry.text("letter"))

    kinds = {"kinds": options_of(documents.SigningKind), "kind": documents.SigningKind.OWN.value}
    return _act(
        request, code, reports.Act.SIGN, gettext_noop("Đã ký. Bản PDF đã ký được giữ lại; gửi báo cáo lên cấp trên."), perform, kinds
    )


@require_http_methods(_METHODS)
@needs("cases:case:read")
def unlock(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the reason; unlock. A signed report is unlocked by who may sign."""

    def perform(entry: Entry, who: dict[str, Any]) -> None:
        reports.unlock_report(**who, reason=entry.lines("reason"))

    return _act(request, code, reports.Act.UNLOCK, gettext_noop("Đã mở khóa. Chốt lại khi số liệu đã đúng."), perform)


@require_http_methods(_METHODS)
@needs("reports:report:prepare")
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Show to whom and by when; send."""
    return _act(request, code, reports.Act.SEND, gettext_noop("Đã gửi báo cáo."), lambda _entry, who: reports.send_report(**who))


@require_http_methods(_METHODS)
@needs("reports:report:receive")
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """Receive what a unit has sent."""
    done = gettext_noop("Đã tiếp nhận báo cáo; số liệu vào biểu tổng hợp.")
    return _act(request, code, reports.Act.RECEIVE, done, lambda _entry, who: reports.receive_report(**who))


@require_http_methods(_METHODS)
@needs("reports:report:receive")
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the reason; return the report for correction."""

    def perform(entry: Entry, who: dict[str, Any]) -> None:
        reports.return_report(**who, reason=entry.lines("reason"))

    return _act(request, code, reports.Act.RETURN, gettext_noop("Đã trả lại báo cáo để sửa; đơn vị được nhắc."), perform)


def _act(
    request: HttpRequest, code: str, act: reports.Act, done: str, perform: Perform, more: dict[str, Any] | None = None
) -> HttpResponse:
    """Show the form of an act, or perform it and go back to the report.

    The form carries ``seq``, the version the person was looking at: an act on numbers that were locked anew since is refused.
    """
    asked = cast("ReportRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        seq = entry.whole("seq")
        with entry.catching():
            if entry.ok:
                perform(entry, {"actor": asked.actor, "at": asked.at, "code": code, "seq": seq or 0})
        if entry.ok:
            messages.success(request, _(done))
            return HttpResponseRedirect(reverse("board:reports_kept", args=[code]))
    view = reports.report(code, actor=asked.actor, at=asked.at)
    row = next((row for row in view.acts if row.act is act), None)
    context = {"view": view, "act": act, "row": row, "name": act.value.removeprefix("report_"), **(more or {})}
    return entry.answer(request, "board/reporting/act.html", context)
