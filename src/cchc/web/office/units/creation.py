"""Create a unit below another."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, UnitKind, UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.acting import Done, Page, act_of, act_page, certainty_of, day_of, short
from cchc.web.office.units.places import kinds_below
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import options_of

_PAGE = Page(
    organisations.Right.EDIT_UNIT,
    "office/units/creation.html",
    gettext_noop("Lập đơn vị trực thuộc"),
    gettext_noop("Đã lập %(unit)s, có từ ngày %(day)s."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("organisations:unit:edit")
def act(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show the form; create the unit."""
    office = cast("OfficeRequest", request)

    def offers(unit: UnitView) -> Mapping[str, Any]:
        return {"kinds": options_of(UnitKind, only=kinds_below(unit)), "certainties": options_of(Certainty)}

    def perform(entry: Entry, unit: UnitView) -> Done | None:
        kind = entry.chosen("kind", UnitKind, required=_("Chọn loại đơn vị."))
        if kind is not None and kind not in kinds_below(unit):
            entry.refuse("kind", _("Loại đơn vị này chỉ lập bằng dữ liệu tham chiếu. Chọn loại khác."))
        name = short(entry, "name", required=_("Nhập tên đơn vị."))
        agency_code, code = short(entry, "agency_code"), short(entry, "code")
        since = day_of(entry, "since")
        number, note = act_of(entry, required=False), short(entry, "note")
        certainty = certainty_of(entry, act=number, has_code=bool(agency_code))
        if not entry.ok or kind is None or since is None:
            return None
        made = organisations.create_unit(
            actor=office.actor,
            at=office.at,
            kind=kind,
            name=name,
            code=code,
            agency_code=agency_code or None,
            agency_certainty=certainty,
            parent_id=unit.id,
            since=since,
            act=number,
            note=note,
        )
        return Done([made], since, [unit.id])

    # A unit whose only code is its agency code has it as code too: a clash is then told where it was typed.
    names = {"code": "agency_code"} if request.POST.get("agency_code") and not request.POST.get("code") else {}
    return act_page(request, unit_id, _PAGE, perform, offers, names)
