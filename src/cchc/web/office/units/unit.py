"""One unit through time: titles, places, working hours, lineage, journal, and what may be done with it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.identity import api as identity
from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.places import TERRITORIES, today_of, unit_at
from cchc.web.ui.access import needs
from cchc.web.ui.shapes import LedgerLine
from cchc.web.ui.vietnamese import day_text


@dataclass(frozen=True)
class Offer:
    """One thing that may be done with the unit: its words, where, what it means."""

    name: str
    url: str
    about: str


# The address, the right, the words, and what it means; territories are neither merged nor closed by an office.
_OFFERS = (
    ("creation", organisations.Right.EDIT_UNIT, gettext_noop("Lập đơn vị trực thuộc"), gettext_noop("Phòng, trung tâm, trường… ở dưới đơn vị này."), True),
    ("title", organisations.Right.EDIT_UNIT, gettext_noop("Đổi tên"), gettext_noop("Tên mới từ một ngày; vẫn là đơn vị ấy, mã ấy."), False),
    ("parent", organisations.Right.EDIT_UNIT, gettext_noop("Chuyển đơn vị cấp trên"), gettext_noop("Về trực thuộc đơn vị khác của cơ quan."), False),
    ("agency-code", organisations.Right.EDIT_UNIT, gettext_noop("Cấp mã định danh"), gettext_noop("Mã định danh điện tử, và mã ấy chắc chắn đến đâu."), True),
    ("merger", organisations.Right.EDIT_LINEAGE, gettext_noop("Nhập đơn vị"), gettext_noop("Nhập vào một đơn vị đang có, hoặc thành đơn vị mới."), False),
    ("split", organisations.Right.EDIT_LINEAGE, gettext_noop("Chia đơn vị"), gettext_noop("Thành hai phần trở lên, biết tỷ lệ hay không."), False),
    ("closing", organisations.Right.EDIT_LINEAGE, gettext_noop("Kết thúc hoạt động"), gettext_noop("Không có đơn vị nào kế tục."), False),
)  # fmt: skip


@require_safe
@needs("organisations:unit:edit")
def show(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show the unit; acts are offered for units of the actor's own agency only."""
    office = cast("OfficeRequest", request)
    today = today_of(office)
    unit = unit_at(unit_id, today)
    exists = today in unit.period
    # What is no more is shown as it last was, what is to come as it begins.
    day = today if exists else unit.since if unit.since and unit.since > today else (unit.period.last or today)
    context = {
        "unit": unit,
        "above": [(name, key) for name, key in zip(unit.path, unit.ancestor_ids, strict=True)],
        "exists": exists,
        "is_new": unit.since == today,
        "tomorrow": today + timedelta(days=1),
        "titles": organisations.titles_of(unit_id),
        "places": organisations.places_of(unit_id),
        "given": organisations.schedules_given_to(unit_id),
        "day": day,
        "kept": organisations.schedules_on([unit_id], day)[unit_id],
        "staff": identity.staff_of([unit_id], on=day)[unit_id],
        "lineage": organisations.lineage_of(unit_id),
        "successors": () if exists else organisations.successors_of(unit_id, before=unit.until, until=today),
        "history": _history(unit_id),
        "offers": _offers(office, unit) if exists else [],
        "is_ours": unit_id in office.actor.units,
        "page_keys": [],
    }
    return render(request, "office/units/unit.html", context)


def _offers(office: OfficeRequest, unit: UnitView) -> list[Offer]:
    return [
        Offer(_(name), reverse(f"office:unit-{noun}", args=[unit.id]), _(about))
        for noun, right, name, about, for_territories in _OFFERS
        if office.actor.may(right, unit_id=unit.id) and (for_territories or unit.kind not in TERRITORIES)
    ]


def _history(unit_id: int) -> list[LedgerLine]:
    entries = organisations.entries_of(unit_id)
    names = identity.names_of({UUID(entry.person) for entry in entries if entry.person})
    return [
        LedgerLine(
            at=entry.at,
            title=_(organisations.UnitAct(entry.act).label) if entry.act in organisations.UnitAct.values() else entry.act,
            detail=" · ".join(part for part in (_told(entry.told), _from(entry.day), entry.ground, entry.note) if part),
            who=", ".join(part for part in (names.get(UUID(entry.person), "") if entry.person else "", entry.post) if part),
        )
        for entry in entries
    ]


def _from(day: date | None) -> str:
    return _("từ ngày %(day)s") % {"day": day_text(day)} if day else ""


def _told(told: dict[str, Any]) -> str:
    """Say what was before and after, or where it went, as far as the entry tells."""
    before, after, into = told.get("before"), told.get("after"), told.get("into")
    if after:
        return f"{before} → {after}" if before else str(after)
    return "→ " + ", ".join(str(code) for code in into) if into else ""
