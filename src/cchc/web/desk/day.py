"""The counter's day: what came, what was returned, what is left, and the money, on one sheet that is handed over and signed."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.desk.desk import Counting, DeskRequest, counted
from cchc.web.desk.printing import head, pdf
from cchc.web.desk.rows import lines
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.vietnamese import clock_text, day_long, moment_text, money_text

EARLIEST = 1990


@require_safe
@needs("cases:case:receive")
@counted
def show(request: HttpRequest) -> HttpResponse:
    """Show the day of the counter, or only what the reader did."""
    desk = cast("DeskRequest", request)
    today = local_date(desk.at)
    day, own = _asked(request, today)
    sheet = cases.day_sheet(actor=desk.actor, at=desk.at, day=day, own=own)
    counting = Counting(actor=desk.actor, at=desk.at)
    context = {
        "sheet": sheet,
        "day": day,
        "is_today": day == today,
        "today": today,
        "own": own,
        "parts": [
            ("received", _("Đã tiếp nhận"), lines(sheet.received, counting)),
            ("returned", _("Đã trả kết quả"), lines(sheet.returned, counting)),
            ("to_forward", _("Chưa chuyển xử lý"), lines(sheet.to_forward, counting)),
            ("ready", _("Có kết quả, chưa đến nhận"), lines(sheet.ready, counting)),
            ("waiting", _("Đang chờ người dân"), lines(sheet.waiting, counting)),
        ],
        "late_forward": sum(row.forward_by is not None and row.forward_by < desk.at for row in sheet.to_forward),
        "page_keys": [],
    }
    return render(request, "desk/day/show.html", context)


@require_safe
@needs("cases:case:receive")
def paper(request: HttpRequest) -> HttpResponse:
    """Send the sheet as PDF, to be signed by who gives and who takes over."""
    desk = cast("DeskRequest", request)
    day, own = _asked(request, local_date(desk.at))
    sheet = cases.day_sheet(actor=desk.actor, at=desk.at, day=day, own=own)
    data = documents.DaySheetData(
        head=head(desk),
        unit=organisations.unit_on(sheet.unit_id, local_date(desk.at)).full_name,
        day=day_long(day),
        printed=moment_text(desk.at),
        giver=desk.actor.name,
        received=_papers(sheet.received),
        returned=_papers(sheet.returned),
        unfinished=_papers((*sheet.to_forward, *sheet.ready, *sheet.waiting), told=True),
        money=tuple(documents.MoneyLine(item.method.label, item.count, money_text(item.amount)) for item in sheet.money),
        total=money_text(sheet.total),
        note=_note(sheet, own=own),
    )
    return pdf(documents.unnumbered(at=desk.at, data=data), f"ban-giao-cuoi-ngay-{day.isoformat()}")


def _note(sheet: cases.DaySheet, *, own: bool) -> str:
    parts = [_("Chỉ phần việc của người giao; tiền là của cả quầy.")] if own else []
    if sheet.open_slips:
        parts.append(_("Còn %(count)s phiếu bàn giao chưa ai ký nhận.") % {"count": sheet.open_slips})
    return " ".join(parts)


def _papers(rows: Iterable[cases.CaseRow], *, told: bool = False) -> tuple[documents.DayLine, ...]:
    return tuple(documents.DayLine(row.code, row.title, row.owner, _remark(row) if told else "") for row in rows)


def _remark(row: cases.CaseRow) -> str:
    if row.step is cases.Step.FORWARD and row.forward_by:
        return _("chuyển trước %(when)s") % {"when": clock_text(row.forward_by)}
    return _(row.step.label)


def _asked(request: HttpRequest, today: date) -> tuple[date, bool]:
    """Return the day of the address, today for one that cannot be read or lies ahead, and whether only one's own is wanted."""
    day = Entry(request.GET).day("day")
    day = min(day, today) if day and day.year >= EARLIEST else today
    return day, request.GET.get("scope") == "mine"
