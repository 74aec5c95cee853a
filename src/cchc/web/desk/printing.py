"""Lists on paper and as files: what the screen shows, with its filters in words. A cell of a table never starts a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.identity import api as identity
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.desk.desk import Counting, DeskRequest
from cchc.web.desk.inbox import SCOPES, filters_of, words_of
from cchc.web.desk.rows import Line, lines
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.web.ui.vietnamese import moment_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = ("inbox", "search", "results", "figure")
MOST = 5000
Page = Callable[[int | None], tuple[tuple[cases.CaseRow, ...], int | None]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@require_safe
@needs("cases:case:read")
def paper(request: HttpRequest) -> HttpResponse:
    """Send a list as PDF, the filters in words above it."""
    desk = cast("DeskRequest", request)
    title, filters, found = _asked(request)
    columns = (
        documents.ListColumn(_("Mã hồ sơ"), 3),
        documents.ListColumn(_("Chủ hồ sơ"), 3),
        documents.ListColumn(_("Thủ tục"), 5),
        documents.ListColumn(_("Bước đang ở"), 3),
        documents.ListColumn(_("Thời hạn"), 3),
        documents.ListColumn(_("Hẹn trả"), 3),
    )
    data = documents.CaseListData(
        head=head(desk),
        title=title,
        columns=columns,
        rows=tuple(_cells(line) for line in found),
        printed=moment_text(desk.at),
        filters=tuple(filters),
        printed_by=desk.actor.name,
    )
    return pdf(documents.unnumbered(at=desk.at, data=data), "danh-sach-ho-so")


@require_safe
@needs("cases:case:read")
def table(request: HttpRequest) -> HttpResponse:
    """Send a list as CSV that spreadsheet programs read with its accents."""
    _title, _filters, found = _asked(request)
    names = (_("Mã hồ sơ"), _("Chủ hồ sơ"), _("Thủ tục"), _("Bước đang ở"), _("Thời hạn"), _("Hẹn trả"))
    return csv_file([names, *(_cells(line) for line in found)], "danh-sach-ho-so")


def safe(text: object) -> str:
    """Return a cell that no spreadsheet program takes for a formula: an apostrophe goes before what could be one."""
    words = "" if text is None else str(text)
    return f"'{words}" if words.lstrip(" \u00a0").startswith(_FORMULA) or words.startswith(_FORMULA) else words


def csv_file(rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """Return a CSV file with the mark by which spreadsheet programs know UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows([[safe(cell) for cell in row] for row in rows])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def xlsx_file(rows: Iterable[Sequence[object]], name: str, *, title: str) -> HttpResponse:
    """Return a workbook of one sheet, every cell text."""
    from openpyxl import Workbook  # noqa: PLC0415 (slow to load, and only this needs it)
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 (as above)

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", safe(cell)) for cell in row])
    out = io.BytesIO()
    book.save(out)
    answer = HttpResponse(out.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def pdf(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to be looked at and printed."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def head(desk: DeskRequest) -> documents.Head:
    """Return the two lines at the left of a sheet: the agency, and the reader's unit under it."""
    day = local_date(desk.at)
    if desk.actor.unit_id is None:
        raise Refused(_("Chỉ người giữ vị trí ở một đơn vị mới in được danh sách."))
    agency = identity.agency_of(desk.actor.unit_id, on=day)
    unit = organisations.unit_on(desk.actor.unit_id, day)
    return documents.Head(superior=agency.authority, agency=unit.name if unit.id != agency.id else agency.full_name, place=agency.name)


def _cells(line: Line) -> tuple[str, ...]:
    row = line.row
    where = f"{_(row.step.label)}: {line.where}" if line.where else _(row.step.label)
    late = f" ({_('quá hạn bước')})" if row.step_late else ""
    return (row.code, row.owner, row.title, where + late, line.chip.left, line.chip.when if row.due_at else "")


def _asked(request: HttpRequest) -> tuple[str, list[str], list[Line]]:
    """Return the title, the filters in words and the lines of the list that the address names."""
    desk = cast("DeskRequest", request)
    kind = request.GET.get("list", "")
    if kind not in LISTS:
        raise NotFound(_("Không có danh sách này. Mở lại từ trang danh sách."))
    counting = Counting(actor=desk.actor, at=desk.at)
    filters = filters_of(request)
    people = (
        {str(post.id): post.name for post in identity.people_of(sorted(desk.actor.units), local_date(desk.at))} if filters.holder else {}
    )
    words = words_of(filters, people)
    if kind == "figure":
        key = query_text(request, "figure")
        figure = cases.figure(key)
        return (
            _(figure.label),
            [_(figure.definition)],
            lines(_all(lambda before: cases.records(key=key, actor=desk.actor, at=desk.at, before=before)), counting),
        )
    if kind == "search":
        rows = _all(lambda before: cases.search(actor=desk.actor, at=desk.at, filters=filters, before=before))
        return _("Hồ sơ, mới nhất trước"), words, lines(rows, counting)
    scope = request.GET.get("scope", "") if request.GET.get("scope") in SCOPES else "mine"
    if kind == "results":
        scope, filters = "unit", cases.Filters(q=filters.q, urgency=cases.Urgency.READY)
    found = cases.inbox(
        actor=desk.actor,
        at=desk.at,
        next_working_day=counting.calendar.next_working_day(local_date(desk.at)),
        scope=scope,
        filters=filters,
    )
    shown = [row for group in found.groups for row in group.rows]
    if found.matching > len(shown):
        words.append(_("%(shown)s hồ sơ gấp nhất trong %(all)s hồ sơ") % {"shown": len(shown), "all": found.matching})
    title = _("Kết quả chờ trả") if kind == "results" else _("Việc của tôi") if scope == "mine" else _("Hồ sơ đang giải quyết của cơ quan")
    return title, words, lines(shown, counting)


def _all(page: Page) -> list[cases.CaseRow]:
    """Return the rows of all pages of a list; more than five thousand are refused, narrower lists are printed."""
    rows: list[cases.CaseRow] = []
    before: int | None = None
    while True:
        some, before = page(before)
        rows.extend(some)
        if before is None:
            return rows
        if len(rows) >= MOST:
            raise Refused(_("Danh sách này có hơn %(most)s hồ sơ. Lọc bớt rồi in, hoặc in sổ theo từng kỳ.") % {"most": MOST})
