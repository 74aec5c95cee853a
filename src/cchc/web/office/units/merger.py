"""Merge units of the agency into one that exists, or into a new one."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, NewUnit, UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.acting import Done, Page, act_of, act_page, certainty_of, day_of, short
from cchc.web.office.units.places import TERRITORIES, in_agency, options_of_units, today_of
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option, options_of

NEW = "new"
_PAGE = Page(
    organisations.Right.EDIT_LINEAGE,
    "office/units/merger.html",
    gettext_noop("Nhập đơn vị"),
    gettext_noop("Đã nhập vào %(unit)s, từ ngày %(day)s."),
)
_NAMES = {"unit_ids": "others", "name": "name", "agency_code": "agency_code", "code": "agency_code", "since": "on"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("organisations:lineage:edit")
def act(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show which units may come together; merge them."""
    office = cast("OfficeRequest", request)

    def offers(unit: UnitView) -> Mapping[str, Any]:
        others = mergeable(office, unit)
        into = [Option(NEW, _("Một đơn vị mới")), *options_of_units((unit, *others))]
        return {
            "others": options_of_units(others),
            "chosen": Entry(request.POST).values("others"),
            "intos": into,
            "certainties": options_of(Certainty),
        }

    def perform(entry: Entry, unit: UnitView) -> Done | None:
        # Only the agency's own units are offered; whatever else is sent, the operation refuses for want of the right.
        ids = [unit.id, *(int(value) for value in entry.values("others") if value.isascii() and value.isdigit() and len(value) < 19)]  # noqa: PLR2004 (digits of a big integer)
        on = day_of(entry)
        number, note = act_of(entry, required=True), short(entry, "note")
        into = _into(entry, unit, number)
        if not entry.ok or on is None or into is None:
            return None
        merged = organisations.merge_units(
            actor=office.actor, at=office.at, unit_ids=list(dict.fromkeys(ids)), into=into, on=on, act=number, note=note
        )
        return Done([merged], on, ids)

    return act_page(request, unit_id, _PAGE, perform, offers, _NAMES)


def mergeable(office: OfficeRequest, unit: UnitView) -> tuple[UnitView, ...]:
    """Return the units of the agency that may be merged or split with the unit: all but territories and those above it."""
    return tuple(
        other
        for other in in_agency(office, today_of(office))
        if other.id != unit.id and other.kind not in TERRITORIES and other.id not in unit.ancestor_ids
    )


def _into(entry: Entry, unit: UnitView, number: str) -> NewUnit | int | None:
    chosen = entry.text("into", required=_("Chọn đơn vị tiếp nhận."))
    if chosen != NEW:
        return entry.whole("into", most=2**62) if chosen else None
    name = short(entry, "name", required=_("Nhập tên đơn vị mới."))
    code = short(entry, "agency_code")
    certainty = certainty_of(entry, act=number, has_code=bool(code))
    return NewUnit(unit.kind, name, parent_id=next(iter(unit.ancestor_ids), None), agency_code=code or None, agency_certainty=certainty)
