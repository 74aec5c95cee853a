"""Give a unit its agency code, in either notation, and say how sure it is."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.acting import Done, Page, act_of, act_page, certainty_of, short
from cchc.web.office.units.places import today_of
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import options_of

_PAGE = Page(
    organisations.Right.EDIT_UNIT,
    "office/units/agency_code.html",
    gettext_noop("Cấp mã định danh điện tử"),
    gettext_noop("Đã ghi mã định danh của %(unit)s."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("organisations:unit:edit")
def act(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show the form; give the code."""
    office = cast("OfficeRequest", request)

    def offers(_unit: UnitView) -> Mapping[str, Any]:
        return {"certainties": options_of(Certainty)}

    def perform(entry: Entry, unit: UnitView) -> Done | None:
        code = short(entry, "agency_code", required=_("Nhập mã định danh, ví dụ H27.112 hoặc 000.00.16.H40."))
        number, note = act_of(entry, required=False), short(entry, "note")
        certainty = certainty_of(entry, act=number, has_code=True)
        if not entry.ok:
            return None
        given = organisations.give_agency_code(
            actor=office.actor, at=office.at, unit_id=unit.id, agency_code=code, certainty=certainty, act=number, note=note
        )
        return Done([given], today_of(office), [unit.id])

    return act_page(request, unit_id, _PAGE, perform, offers, {"code": "agency_code"})
