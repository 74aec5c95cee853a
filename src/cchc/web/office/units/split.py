"""Split a unit into parts: new units, units that exist, or a rest that goes on."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.text import gettext_noop
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, NewUnit, Part, UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.acting import Done, Page, act_of, act_page, day_of, short
from cchc.web.office.units.merger import NEW, mergeable
from cchc.web.office.units.places import options_of_units
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option

PARTS = ("1", "2", "3", "4")
_PAGE = Page(
    organisations.Right.EDIT_LINEAGE,
    "office/units/split.html",
    gettext_noop("Chia đơn vị"),
    gettext_noop("Đã chia đơn vị; phần đầu vào %(unit)s, từ ngày %(day)s."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("organisations:lineage:edit")
def act(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show the parts; split the unit."""
    office = cast("OfficeRequest", request)

    def offers(unit: UnitView) -> Mapping[str, Any]:
        itself = Option(str(unit.id), _("Phần còn lại của chính đơn vị này"))
        intos = [Option(NEW, _("Một đơn vị mới")), itself, *options_of_units(mergeable(office, unit))]
        return {
            "parts": [(part, f"into_{part}", f"name_{part}", f"code_{part}", f"share_{part}") for part in PARTS],
            "intos": intos,
            "more": any(request.POST.get(f"into_{part}") for part in PARTS[2:]),
            "defaults": [Option(part, _("Phần %(part)s") % {"part": part}) for part in PARTS],
        }

    def perform(entry: Entry, unit: UnitView) -> Done | None:
        on = day_of(entry)
        number, note = act_of(entry, required=True), short(entry, "note")
        default = entry.text("default", required=_("Chọn phần tiếp nhận những gì không chia được, như các đơn vị trực thuộc."))
        used = [part for part in PARTS if entry.text(f"into_{part}")]
        if default and default not in used:
            entry.refuse("default", _("Phần này chưa chọn đơn vị nhận. Chọn một phần đã có đơn vị nhận."))
        parts = [_part(entry, unit, key, is_default=key == default) for key in used]
        if not entry.ok or on is None:
            return None
        with_new = [key for key, part in zip(used, parts, strict=True) if isinstance(part.into, NewUnit)]
        with entry.catching(_names(with_new)):
            views = organisations.split_unit(actor=office.actor, at=office.at, unit_id=unit.id, parts=parts, on=on, act=number, note=note)
        return Done(views, on, [unit.id]) if entry.ok else None

    return act_page(request, unit_id, _PAGE, perform, offers)


def _part(entry: Entry, unit: UnitView, key: str, *, is_default: bool) -> Part:
    share = _share(entry, f"share_{key}")
    if entry.text(f"into_{key}") != NEW:
        return Part(entry.whole(f"into_{key}", most=2**62) or 0, share, is_default)
    name = short(entry, f"name_{key}", column="name", required=_("Nhập tên đơn vị mới của phần này."))
    code = short(entry, f"code_{key}", column="agency_code", required=_("Nhập mã của đơn vị mới."))
    new = NewUnit(
        unit.kind, name, parent_id=next(iter(unit.ancestor_ids), None), agency_code=code or None, agency_certainty=Certainty.INVENTED
    )
    return Part(new, share, is_default)


def _share(entry: Entry, name: str) -> Decimal | None:
    """Read a percentage such as 62,5; nothing is a share that nobody knows."""
    text = entry.text(name).removesuffix("%").strip().replace(",", ".")
    if not text:
        return None
    try:
        share = Decimal(text) / 100
    except InvalidOperation:
        share = Decimal(0)
    if not (share.is_finite() and 0 < share < 1):
        entry.refuse(name, _("Tỷ lệ là số phần trăm lớn hơn 0 và nhỏ hơn 100, ví dụ 62,5. Chưa rõ thì bỏ trống."))
        return None
    return round(share, 8)


def _names(with_new: list[str]) -> dict[str, str]:
    """Return where the problems of a new unit are shown: at its part when there is only one, else at the parts together."""
    if len(with_new) == 1:
        key = with_new[0]
        return {"name": f"name_{key}", "agency_code": f"code_{key}", "code": f"code_{key}", "since": "on"}
    return dict.fromkeys(("name", "agency_code", "code"), "parts") | {"since": "on"}
