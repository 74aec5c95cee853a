"""One report that was locked: its numbers, its story, what changed, what differs from the figures of today, its files."""

from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.documents import api as documents
from cchc.identity import api as identity
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.reports import api as reports
from cchc.web.board.asking import LAST, START, Question
from cchc.web.board.report import FORM, FORMAT, TYPES, opener
from cchc.web.board.reporting.request import ReportRequest
from cchc.web.board.sheets import sheet
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.uploads import send_file

VERSION = "lan"
MOST_CHANGES = 12
_PLACES = {
    reports.Act.SIGN: "board:reports_signature",
    reports.Act.UNLOCK: "board:reports_unlocking",
    reports.Act.SEND: "board:reports_sending",
    reports.Act.RECEIVE: "board:reports_receipt",
    reports.Act.RETURN: "board:reports_return",
}
_TONES = {reports.State.RECEIVED: "ok", reports.State.SENT: "wait", reports.State.RETURNED: "error"}


@require_safe
@needs("cases:case:read")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the last version, or the one of ``?lan=``."""
    view = _view(request, code)
    return page(request, view, Entry())


@require_safe
@needs("cases:case:read")
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Give the locked numbers as a file. A signed report's PDF is the one that was kept when it was signed."""
    view = _view(request, code)
    wanted = query_text(request, FORMAT)
    if wanted not in reports.FileFormat.values():
        raise NotFound(_("Không có dạng tệp «%(name)s».") % {"name": wanted})
    kind = reports.FileFormat(wanted)
    if kind is reports.FileFormat.PDF and view.pdf is not None:
        return send_file(*documents.read_file(view.pdf))
    answer = HttpResponse(reports.to_file(view.printed, kind, at=view.locked_at), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{view.code}-{view.seq}.{kind.value}"'
    return answer


def page(request: HttpRequest, view: reports.ReportView, entry: Entry) -> HttpResponse:
    """Show a report with the form of explanations as it was typed."""
    asked = cast("ReportRequest", request)
    now = reports.live_gaps(view, at=asked.at)
    question = Question(unit=view.unit, period=view.days, today=local_date(asked.at))
    may_explain = any(row.act is reports.Act.UNLOCK for row in view.acts) and view.state is reports.State.LOCKED
    context = {
        "view": view,
        "tone": _TONES.get(view.state, ""),
        "sheet": sheet(view.form, opener(question, view.form)),
        "acts": [(row.act, reverse(_PLACES[row.act], args=[view.code]), row.act is not reports.Act.UNLOCK) for row in view.acts],
        "changes": [
            {"sentence": item.difference.sentence, "name": name, "text": entry.value(name) if entry.data else item.text}
            for name, item in offered(view).items()
        ],
        "may_explain": may_explain,
        "again": _again(asked, view),
        "now": now,
        "files": [
            (kind.label, f"{reverse('board:reports_file', args=[view.code])}?{FORMAT}={kind.value}&{VERSION}={view.seq}") for kind in TYPES
        ],
        "versions": range(view.last_seq, 0, -1) if view.last_seq > 1 else (),
    }
    return entry.answer(request, "board/reporting/kept.html", context)


def offered(view: reports.ReportView) -> dict[str, reports.Explained]:
    """Return the differences that are shown, by the name of their field: the largest, and every one that was explained."""
    return {f"x{place}": item for place, item in enumerate(view.changes) if place < MOST_CHANGES or item.text}


def _again(asked: ReportRequest, view: reports.ReportView) -> str:
    """Return where the numbers are locked anew, for who may: once the last version was unlocked or returned."""
    if view.state in reports.LIVE or not view.is_latest or not asked.actor.may(identity.Right.PREPARE_REPORT):
        return ""
    if reports.agency_of(asked.actor, local_date(asked.at)).id != view.unit.id:
        return ""
    query = urlencode({FORM: view.definition.key, START: view.days.start, LAST: view.days.last})
    return f"{reverse('board:reports_lock')}?{query}"


def _view(request: HttpRequest, code: str) -> reports.ReportView:
    asked = cast("ReportRequest", request)
    seq = query_text(request, VERSION)
    return reports.report(code, actor=asked.actor, at=asked.at, seq=int(seq) if seq.isdecimal() and len(seq) < 5 else None)  # noqa: PLR2004 (a small number)
