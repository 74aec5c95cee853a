"""Messages to applicants: the list, one with its history, sending again, and the note that somebody was phoned."""

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.kernel.local import local_date
from cchc.notifications import api as notifications
from cchc.organisations import api as organisations
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.shapes import LedgerLine, Option, Page, Tone, options_of

TONES: dict[notifications.Status, Tone] = {
    notifications.Status.WAITING: "wait",
    notifications.Status.SENT: "ok",
    notifications.Status.PRINTED: "soon",
    notifications.Status.NO_CHANNEL: "soon",
    notifications.Status.FAILED: "error",
    notifications.Status.TOLD: "ok",
    notifications.Status.FORGOTTEN: "",
}
PARAMETERS = ("status", "unit", "kind", "from", "to")


@require_safe
@needs("notifications:message:read")
def index(request: HttpRequest) -> HttpResponse:
    """Show the messages of the office, the newest first, narrowed by what the address says."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.GET)
    filters = _filters(request, entry)
    before = request.GET.get("before", "")
    start = int(before[:18]) if before.isascii() and before.isdigit() else None
    found = notifications.messages(actor=office.actor, filters=filters, before=start)
    units = organisations.units_on({*found.unit_ids, *(row.unit_id for row in found.rows)}, local_date(office.at))
    kept = {name: request.GET[name] for name in PARAMETERS if request.GET.get(name)}
    context = {
        "lines": [(row, TONES[row.status], units[row.unit_id].full_name) for row in found.rows],
        "filters": filters,
        "statuses": options_of(notifications.Status),
        "kinds": [Option(kind, _(label)) for kind, label in found.kinds],
        "units": sorted((Option(str(key), units[key].full_name) for key in found.unit_ids), key=lambda option: option.label),
        "is_narrowed": bool(kept),
        "page": Page(
            next_url=f"?{urlencode({**kept, 'before': found.following})}" if found.following is not None else "",
            first_url=f"?{urlencode(kept)}" if start is not None else "",
            label=_("Mới nhất trước"),
        ),
        "page_keys": [],
    }
    return entry.answer(request, "office/messages/list.html", context)


@require_safe
@needs("notifications:message:read")
def show(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Show one message, whole, with what happened to it and what may be done."""
    office = cast("OfficeRequest", request)
    return render(request, "office/messages/show.html", {**_page(office, message_id), "entry": Entry()})


@require_POST
@needs("notifications:message:read")
def sending(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Let the message be sent once more."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST)
    with entry.catching():
        notifications.resend(actor=office.actor, at=office.at, message_id=message_id)
        flash.success(request, _("Đã xếp hàng gửi lại. Tải lại trang sau ít phút để xem kết quả."))
        return redirect("office:message", message_id)
    return entry.answer(request, "office/messages/show.html", _page(office, message_id))


@require_POST
@needs("notifications:message:read")
def telling(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Note that the person was told by phone or face to face."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST)
    with entry.catching():
        notifications.mark_told(actor=office.actor, at=office.at, message_id=message_id, how=entry.text("how"))
        flash.success(request, _("Đã ghi là người nhận đã được báo."))
        return redirect("office:message", message_id)
    return entry.answer(request, "office/messages/show.html", _page(office, message_id))


def _filters(request: HttpRequest, entry: Entry) -> notifications.Filters:
    """Read the filters from the address; a word that is not in its vocabulary narrows nothing, a day that is none is told."""
    status, unit = request.GET.get("status", ""), request.GET.get("unit", "")
    return notifications.Filters(
        status=notifications.Status(status) if status in notifications.Status.values() else None,
        unit_id=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None,  # noqa: PLR2004 (a key has no more digits)
        kind=query_text(request, "kind", longest=60),
        since=entry.day("from"),
        until=entry.day("to"),
    )


def _page(office: OfficeRequest, message_id: UUID) -> dict[str, Any]:
    message = notifications.message(message_id, actor=office.actor)
    unit = organisations.units_on([message.unit_id], local_date(office.at))[message.unit_id]
    return {
        "message": message,
        "tone": TONES[message.status],
        "unit": unit.full_name,
        "case": message.stream.removeprefix("case:") if message.stream.startswith("case:") else "",
        "may_read_case": office.actor.may("cases:case:read"),
        "ledger": [
            LedgerLine(line.at, _(line.what.label), line.detail, line.who, kind="here" if place == 0 else "")
            for place, line in enumerate(reversed(message.history))
        ],
        "page_keys": [],
    }
