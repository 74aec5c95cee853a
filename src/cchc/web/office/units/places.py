"""Which units the pages speak of: the actor's agency, the units in it, one unit as it is or last was."""

from datetime import date

from cchc.identity import api as identity
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitKind, UnitView
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.shapes import Option

# Ids are big integers of the database; what is larger is nobody's.
_LARGEST_ID = 2**63 - 1
# Territories come and go by acts of the National Assembly and stand in the reference data.
TERRITORIES = (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE)
_BELOW_AN_AGENCY = (UnitKind.OFFICE, UnitKind.DIVISION, UnitKind.ONE_STOP, UnitKind.PUBLIC_SERVICE, UnitKind.SCHOOL, UnitKind.OTHER)


def today_of(office: OfficeRequest) -> date:
    """Return the day of the request in Viet Nam."""
    return local_date(office.at)


def agency_of(office: OfficeRequest) -> UnitView:
    """Return the agency of the post the person acts in. Raises ``NotFound`` for a post without a unit."""
    if office.actor.unit_id is None:
        raise NotFound("Vị trí này không thuộc đơn vị nào: hãy đổi sang vị trí công tác khác.")
    return identity.agency_of(office.actor.unit_id, on=today_of(office))


def unit_at(unit_id: int, day: date) -> UnitView:
    """Return the unit as it is on the day, or on the nearest day of its existence. Raises ``NotFound``."""
    found = organisations.units_on([unit_id], day) if unit_id <= _LARGEST_ID else {}
    if unit_id not in found:
        raise NotFound("Không có đơn vị này trong danh mục: hãy tìm lại trong trang Đơn vị.")
    return found[unit_id]


def in_agency(office: OfficeRequest, day: date) -> tuple[UnitView, ...]:
    """Return the agency and the units below it on the day, the agency first."""
    agency = agency_of(office)
    return (unit_at(agency.id, day), *organisations.descendants_on(agency.id, day))


def options_of_units(units: tuple[UnitView, ...]) -> list[Option]:
    """Return the units as choices, with the code that tells them apart."""
    return [Option(str(unit.id), f"{unit.full_name} ({unit.agency_code or unit.code})") for unit in units]


def kinds_below(parent: UnitView) -> tuple[UnitKind, ...]:
    """Return the kinds of units that an office may found below that unit."""
    departments = (UnitKind.DEPARTMENT,) if parent.kind is UnitKind.PROVINCE else ()
    return (*departments, *_BELOW_AN_AGENCY)
