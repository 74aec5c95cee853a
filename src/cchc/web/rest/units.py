"""Units for programs: who stands where on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from ninja import Path, Query, Schema
from pydantic import Field

from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.rest.asked import EARLIEST, LATEST, Code, Day
from cchc.web.rest.doors import reading

TAG = "Đơn vị"


class UnitShape(Schema):
    """A unit on a day."""

    code: str
    agency_code: str | None = Field(description="Mã định danh điện tử.")
    name: str
    kind: organisations.UnitKind
    parent: str | None = Field(description="Mã đơn vị cấp trên trực tiếp trong ngày.")
    since: date | None = Field(description="Ngày đầu; null khi chưa rõ.")
    until: date | None = Field(description="Ngày đầu tiên không còn; null khi còn hoạt động.")


class UnitList(Schema):
    """Units on a day."""

    on: date
    items: list[UnitShape]


class OnDay(Schema):
    """A day."""

    on: Day | None = Field(None, description="Trong ngày nào; mặc định hôm nay.")


class Under(OnDay):
    """Which units."""

    under: Code | None = Field(None, description="Mã đơn vị: liệt kê mọi đơn vị bên dưới. Để trống thì liệt kê các tỉnh, thành phố.")
    kind: organisations.UnitKind | None = Field(None, description="Chỉ một loại đơn vị.")


@reading("/units", tag=TAG, summary="Danh sách đơn vị", gives=UnitList, reason="Danh mục đơn vị hành chính là công khai")
def list_units(request: HttpRequest, asked: Query[Under]) -> Any:
    """Liệt kê đơn vị của một ngày: mã, tên, loại, cấp trên."""
    day = _day(request, asked.on)
    if asked.under is None:
        found: Iterable[organisations.UnitView] = organisations.units_on(organisations.provinces_ever(), day).values()
        found = sorted((unit for unit in found if day in unit.period), key=lambda unit: unit.code)
    else:
        found = organisations.descendants_on(organisations.unit(asked.under, on=day).id, day)
    return {"on": day, "items": _shapes([unit for unit in found if asked.kind in (None, unit.kind)], day)}


@reading("/units/{code}", tag=TAG, summary="Một đơn vị", gives=UnitShape, reason="Danh mục đơn vị hành chính là công khai")
def get_unit(request: HttpRequest, code: Path[Code], asked: Query[OnDay]) -> Any:
    """Cho biết đơn vị mang mã này trong một ngày."""
    day = _day(request, asked.on)
    return _shapes([organisations.unit(code, on=day)], day)[0]


def _day(request: HttpRequest, given: date | None) -> date:
    if given is not None and not EARLIEST <= given <= LATEST:
        raise Refused(f"Ngày phải nằm trong khoảng {EARLIEST:%d/%m/%Y} đến {LATEST:%d/%m/%Y}.", field="on")
    return given or local_date(cast("Any", request).at)


def _shapes(units: list[organisations.UnitView], day: date) -> list[dict[str, Any]]:
    above = organisations.units_on({unit.ancestor_ids[0] for unit in units if unit.ancestor_ids}, day)
    return [
        {
            "code": unit.code,
            "agency_code": unit.agency_code,
            "name": unit.full_name,
            "kind": unit.kind,
            "parent": above[unit.ancestor_ids[0]].code if unit.ancestor_ids else None,
            "since": unit.since,
            "until": unit.until,
        }
        for unit in units
    ]
