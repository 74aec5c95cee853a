"""The register of cases (form 07) of a period: on the screen, on paper, as a table for a spreadsheet program."""

from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.identity import api as identity
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.inbox import query_of
from cchc.web.desk.printing import csv_file, head, pdf, xlsx_file
from cchc.web.desk.rows import row_keys
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Page
from cchc.web.ui.vietnamese import day_text, moment_text

LENGTH = 100


@require_safe
@needs("cases:case:read")
@counted
def show(request: HttpRequest) -> HttpResponse:
    """Show the register of a period, a hundred lines at a time."""
    desk = cast("DeskRequest", request)
    entry = _entry(request, desk)
    rows: tuple[cases.RegisterRow, ...] = ()
    since, until = entry.day("from"), entry.day("to")
    with entry.catching({"until": "to"}):
        if since and until and entry.ok:
            rows = cases.register(actor=desk.actor, since=since, until=until)
    start = _start(request)
    kept = f"from={entry.value('from')}&to={entry.value('to')}"
    context = {
        "rows": rows[start : start + LENGTH],
        "count": len(rows),
        "query": query_of(request),
        "page": Page(
            next_url=f"?{kept}&after={start + LENGTH}" if len(rows) > start + LENGTH else "",
            first_url=f"?{kept}" if start else "",
            label=_("Dòng %(first)s đến %(last)s trong %(all)s")
            % {"first": start + 1, "last": min(start + LENGTH, len(rows)), "all": len(rows)},
        ),
        "page_keys": row_keys(),
    }
    return entry.answer(request, "desk/register/show.html", context)


@require_safe
@needs("cases:case:read")
def paper(request: HttpRequest) -> HttpResponse:
    """Send the register of a period as PDF."""
    desk = cast("DeskRequest", request)
    since, until, rows = _register(request, desk)
    if desk.actor.unit_id is None:
        raise Refused(_("Chỉ người giữ vị trí ở một đơn vị mới in được sổ."))
    day = local_date(desk.at)
    counter = desk.actor.may("cases:case:receive")
    unit = organisations.unit_on(desk.actor.unit_id, day) if counter else identity.agency_of(desk.actor.unit_id, on=day)
    data = documents.RegisterData(
        head=head(desk),
        unit=unit.full_name,
        period=_("từ ngày %(since)s đến ngày %(until)s") % {"since": day_text(since), "until": day_text(until)},
        rows=tuple(_line(place, row) for place, row in enumerate(rows, start=1)),
        closing=documents.count_phrase(len(rows), "hồ sơ"),
        signature=documents.Signature(lines=(_("NGƯỜI IN SỔ"),), name=desk.actor.name),
        printed=moment_text(desk.at),
    )
    return pdf(documents.unnumbered(at=desk.at, data=data), _name(since, until))


@require_safe
@needs("cases:case:read")
def table(request: HttpRequest) -> HttpResponse:
    """Send the register of a period as CSV."""
    since, until, rows = _register(request, cast("DeskRequest", request))
    return csv_file(_cells(rows), _name(since, until))


@require_safe
@needs("cases:case:read")
def workbook(request: HttpRequest) -> HttpResponse:
    """Send the register of a period as a workbook."""
    since, until, rows = _register(request, cast("DeskRequest", request))
    return xlsx_file(_cells(rows), _name(since, until), title=_("Sổ theo dõi hồ sơ"))


def _register(request: HttpRequest, desk: DeskRequest) -> tuple[date, date, tuple[cases.RegisterRow, ...]]:
    entry = _entry(request, desk)
    since, until = entry.day("from"), entry.day("to")
    if since is None or until is None:
        raise Refused(" ".join(entry.problems.values()) or _("Chọn từ ngày và đến ngày."))
    return since, until, cases.register(actor=desk.actor, since=since, until=until)


def _entry(request: HttpRequest, desk: DeskRequest) -> Entry:
    """Return the period of the address; the month so far when it names none."""
    today = local_date(desk.at)
    return Entry(
        {"from": request.GET.get("from") or day_text(today.replace(day=1)), "to": request.GET.get("to") or day_text(today)},
    )


def _start(request: HttpRequest) -> int:
    given = request.GET.get("after", "")[:6]
    return int(given) if given.isascii() and given.isdigit() else 0


def _name(since: date, until: date) -> str:
    return f"so-theo-doi-{since.isoformat()}-{until.isoformat()}"


def _line(place: int, row: cases.RegisterRow) -> documents.RegisterRow:
    return documents.RegisterRow(
        number=str(row.number or place),
        case_code=row.code,
        procedure_name=row.title,
        owner=row.owner,
        received=moment_text(row.received_at),
        sets=row.sets,
        contact=row.contact,
        lead_unit=row.lead_unit,
        promised=moment_text(row.due_at) if row.due_at else "",
        returned=moment_text(row.returned_at) if row.returned_at else "",
        method=_(cases.ResultChannel(row.result_channel).label) if row.result_channel in cases.ResultChannel.values() else "",
        signed=row.receiver,
        note=_(row.note),
    )


def _cells(rows: tuple[cases.RegisterRow, ...]) -> list[tuple[object, ...]]:
    names = (
        _("STT"),
        _("Mã hồ sơ"),
        _("Thủ tục"),
        _("Số bộ"),
        _("Chủ hồ sơ"),
        _("Địa chỉ, điện thoại"),
        _("Cơ quan chủ trì"),
        _("Ngày nhận"),
        _("Ngày hẹn trả"),
        _("Ngày trả"),
        _("Cách nhận kết quả"),
        _("Người nhận"),
        _("Ghi chú"),
    )
    made = [_line(place, row) for place, row in enumerate(rows, start=1)]
    return [
        names,
        *(
            (
                line.number,
                line.case_code,
                line.procedure_name,
                line.sets,
                line.owner,
                line.contact,
                line.lead_unit,
                line.received,
                line.promised,
                line.returned,
                line.method,
                line.signed,
                line.note,
            )
            for line in made
        ),
    ]
