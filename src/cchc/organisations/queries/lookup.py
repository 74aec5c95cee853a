"""Finding one unit: by its code on a day, or by its id on a day."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields.ranges import RangeEndsWith
from django.db.models import Q

from cchc.editions.api import rests_on
from cchc.kernel.errors import NotFound, Refused
from cchc.organisations.models import Unit, UnitQuerySet
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.rules.codes import spellings


@rests_on("organisations")
def unit(code: str, *, on: date) -> UnitView:
    """Return the unit that bears the code on the day, by its own code or by its agency code in either notation.

    Raises ``NotFound`` when nobody bears it on that day, saying when somebody did, and ``Refused`` when several lists use the
    code at once.
    """
    bearers = list(_bearers(code).existing(on).values_list("pk", flat=True)[:2])
    if not bearers:
        raise NotFound(_nobody(code, on), field="code")
    if len(bearers) > 1:
        raise Refused(f"Mã «{code}» được nhiều danh mục dùng cùng lúc: hãy nhập mã định danh điện tử của đơn vị.", field="code")
    return views_of(bearers, day=on)[bearers[0]]


def last_bearer(code: str) -> UnitView:
    """Return the unit that bears the code or bore it last, as it is on its last day. Raises ``NotFound``."""
    latest = _bearers(code).order_by(RangeEndsWith("period").desc(nulls_first=True), "-pk").values_list("pk", flat=True).first()
    if latest is None:
        raise NotFound(f"Không có đơn vị nào mang mã «{code}»: hãy kiểm tra lại mã.", field="code")
    return views_of([latest], day=None)[latest]


@rests_on("organisations")
def unit_on(which: int | str, day: date) -> UnitView:
    """Return the unit as it was on the day: the one with this id, or the one that then bore this code.

    Raises ``NotFound`` when it did not exist on that day.
    """
    if isinstance(which, str):
        return unit(which, on=day)
    found = views_of([which], day=day).get(which)
    if found is None:
        raise NotFound("Không có đơn vị này trong danh mục.", field="unit")
    if day not in found.period:
        raise NotFound(f"{found.place} ({found.code}) không tồn tại vào ngày {day:%d/%m/%Y}: {found.period_text}.", field="unit")
    return found


def units_on(unit_ids: Iterable[int], day: date) -> dict[int, UnitView]:
    """Return a view per id on the day, or on the nearest day of a unit that did not exist then. One query."""
    return views_of(unit_ids, day=day)


def units_by_agency_code(codes: Iterable[str], day: date) -> dict[str, UnitView]:
    """Return the units that bear these agency codes on the day, by code; codes that nobody bears are left out. Two queries."""
    rows = Unit.objects.existing(day).filter(agency_code__in=set(codes)).values_list("agency_code", "pk")
    bearers = {code: pk for code, pk in rows if code}
    views = views_of(bearers.values(), day=day)
    return {code: views[pk] for code, pk in bearers.items()}


def _bearers(code: str) -> UnitQuerySet:
    written = spellings(code)
    return Unit.objects.filter(Q(code__in=written) | Q(agency_code__in=written)).order_by("pk")


def _nobody(code: str, on: date) -> str:
    others = views_of(_bearers(code).values_list("pk", flat=True)[:4], day=on).values()
    if not others:
        return f"Không có đơn vị nào mang mã «{code}»: hãy kiểm tra lại mã."
    told = "; ".join(f"{other.place} ({other.period_text})" for other in others)
    return f"Không đơn vị nào mang mã «{code}» vào ngày {on:%d/%m/%Y}. Mã này là của: {told}."
