"""Put a unit under another one of the agency from a day on."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.acting import Done, Page, act_of, act_page, day_of, short
from cchc.web.office.units.places import in_agency, options_of_units, today_of
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry

_PAGE = Page(
    organisations.Right.EDIT_UNIT,
    "office/units/parent.html",
    gettext_noop("Chuyển đơn vị cấp trên"),
    gettext_noop("Đã chuyển %(unit)s, từ ngày %(day)s."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("organisations:unit:edit")
def act(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show the units it may come under; move it."""
    office = cast("OfficeRequest", request)

    def offers(unit: UnitView) -> Mapping[str, Any]:
        fitting = tuple(
            other
            for other in in_agency(office, today_of(office))
            if other.id not in {unit.id, *unit.ancestor_ids[:1]} and unit.id not in other.ancestor_ids
        )
        return {"parents": options_of_units(fitting)}

    def perform(entry: Entry, unit: UnitView) -> Done | None:
        parent_id = entry.whole("parent_id", required=_("Chọn đơn vị cấp trên mới."), most=2**62)
        on = day_of(entry)
        number, note = act_of(entry, required=False), short(entry, "note")
        if not entry.ok or parent_id is None or on is None:
            return None
        moved = organisations.move_unit(
            actor=office.actor, at=office.at, unit_id=unit.id, parent_id=parent_id, on=on, act=number, note=note
        )
        return Done([moved], on, [unit.id])

    return act_page(request, unit_id, _PAGE, perform, offers)
