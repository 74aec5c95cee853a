"""Figures for programs: which there are, how each is counted, its values; and with a key the very files behind a number."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from ninja import Path, Query, Schema
from pydantic import Field

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.identity.api import Right
from cchc.kernel.errors import NotFound
from cchc.kernel.figures import Audience, Dimension, Figure
from cchc.kernel.local import local_date
from cchc.web.rest.asked import Code, Following, Narrowed, Values, question
from cchc.web.rest.cases import CasePage, page
from cchc.web.rest.doors import actor_of, reading
from cchc.web.rest.tables import given

TAG = "Số liệu"


class FigureShape(Schema):
    """How a number is declared."""

    key: str
    label: str
    definition: str
    formula: str
    measure: str = Field(description="Đơn vị tính: hồ sơ, %…")
    clause: str = Field(description="Căn cứ; để trống khi số liệu do phần mềm đặt ra.")
    doubt: str = Field(description="Điều chưa chắc về cách tính.")
    zero: str = Field(description="Giá trị của một tỷ lệ khi mẫu số bằng 0: none (không có), nought (0), full (100 %).")
    by: list[Dimension] = Field(description="Chia được theo.")
    beside: list[str] = Field(description="Số liệu phải xem cùng.")
    at_end: bool = Field(description="Là trạng thái lúc hết kỳ, không phải việc trong kỳ.")


class FigureList(Schema):
    """All public figures."""

    items: list[FigureShape]


class UnitName(Schema):
    """A unit by code and name."""

    code: str
    name: str


class CellShape(Schema):
    """One number. ``hidden``: from 1 to 4 files, not published so that nobody is recognised, or hidden to protect such a number."""

    value: int | float | None
    hidden: bool


class LineShape(CellShape):
    """One number of a cut."""

    key: str
    name: str


class ValuesShape(Schema):
    """A figure of a unit and a period. ``to`` and ``as_of`` are the last day counted, never a day to come."""

    figure: str
    label: str
    measure: str
    unit: UnitName
    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")
    as_of: date
    by: Dimension | None
    total: CellShape
    lines: list[LineShape]


def shape(figure: Figure) -> dict[str, Any]:
    """Return the declaration of a figure, for programs."""
    return {
        "key": figure.key,
        "label": figure.label,
        "definition": figure.definition,
        "formula": figure.formula,
        "measure": figure.unit,
        "clause": figure.clause,
        "doubt": figure.doubt,
        "zero": figure.zero.value,
        "by": list(figure.by),
        "beside": list(figure.beside),
        "at_end": figure.at_end,
    }


def public_figures() -> list[Figure]:
    """Return the figures for everybody, in the order of their keys."""
    return [item.figure for item in figures.measures() if item.figure.audience is Audience.PUBLIC]


def public_figure(key: str) -> Figure:
    """Return one of them. Raises ``NotFound``, for a figure of the office too."""
    found = next((figure for figure in public_figures() if figure.key == key), None)
    if found is None:
        raise NotFound(f"Không có số liệu công khai «{key}». Xem danh sách ở /api/figures.", field="key")
    return found


@reading("/figures", tag=TAG, summary="Danh sách số liệu công khai", gives=FigureList, reason="Số liệu công khai")
def list_figures(request: HttpRequest) -> Any:  # noqa: ARG001 (a view)
    """Liệt kê mọi số liệu công khai với định nghĩa, công thức và căn cứ."""
    return {"items": [shape(figure) for figure in public_figures()]}


@reading("/figures/{key}", tag=TAG, summary="Định nghĩa một số liệu", gives=FigureShape, reason="Số liệu công khai")
def get_figure(request: HttpRequest, key: Path[Code]) -> Any:  # noqa: ARG001 (a view)
    """Cho biết một số liệu được đếm thế nào."""
    return shape(public_figure(key))


@reading("/figures/{key}/values", tag=TAG, summary="Giá trị của một số liệu", gives=ValuesShape, reason="Số liệu công khai")
def get_values(request: HttpRequest, key: Path[Code], asked: Query[Values]) -> Any:
    """Cho giá trị của một đơn vị trong một kỳ, chia theo một cách. Ô có từ 1 đến 4 hồ sơ được che: value là null, hidden là true."""
    found = question(asked.unit, asked.first, asked.last, today=local_date(cast("Any", request).at), as_of=asked.as_of)
    by = [asked.by] if asked.by else []
    (table,) = figures.public_tables([key], unit_id=found.unit.id, period=found.period, by=by, only=asked.only)
    (shown,) = given([table], on=found.last)
    return {
        "figure": table.table.figure.key,
        "label": table.table.figure.label,
        "measure": table.table.figure.unit,
        "unit": {"code": found.unit.code, "name": found.unit.full_name},
        "first": found.period.start,
        "last": found.last,
        "as_of": found.last,
        "by": asked.by,
        "total": shown.total,
        "lines": shown.lines,
    }


class Behind(Narrowed):
    """The files behind a number, a page of them."""

    after: Following | None = Field(None, description="Số «next» của trang trước.")


@reading("/figures/{key}/cases", tag=TAG, summary="Hồ sơ đứng sau một số liệu", gives=CasePage, right=Right.READ_CASE.value)
def get_cases_behind(request: HttpRequest, key: Path[Code], asked: Query[Behind]) -> Any:
    """Liệt kê chính những hồ sơ được đếm, chỉ trong phạm vi cơ quan của khóa."""
    at = cast("Any", request).at
    found = question(asked.unit, asked.first, asked.last, today=local_date(at), as_of=asked.as_of)
    counted = figures.Asked(found.unit.id, found.period, (), asked.only)
    return page(cases.behind(key=key, asked=counted, actor=actor_of(request), at=at, before=asked.after))
