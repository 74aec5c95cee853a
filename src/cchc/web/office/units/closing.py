"""End a unit that nobody takes over."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.acting import Done, Page, act_of, act_page, day_of, short
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry

_PAGE = Page(
    organisations.Right.EDIT_LINEAGE,
    "office/units/closing.html",
    gettext_noop("Kết thúc hoạt động"),
    gettext_noop("Đã ghi: %(unit)s không còn hoạt động từ ngày %(day)s."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("organisations:lineage:edit")
def act(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show the form; close the unit."""
    office = cast("OfficeRequest", request)

    def offers(_unit: UnitView) -> Mapping[str, Any]:
        return {}

    def perform(entry: Entry, unit: UnitView) -> Done | None:
        on = day_of(entry)
        number, note = act_of(entry, required=True), short(entry, "note")
        if not entry.ok or on is None:
            return None
        closed = organisations.close_unit(actor=office.actor, at=office.at, unit_id=unit.id, on=on, act=number, note=note)
        return Done([closed], on, [unit.id])

    return act_page(request, unit_id, _PAGE, perform, offers, {"unit_id": ""})
