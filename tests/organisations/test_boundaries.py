"""Boundaries are read with distrust, made simple so that neighbours still touch, and loaded whole or not at all."""

import json
import math
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.audit import api as audit
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused
from cchc.organisations import api as organisations
from cchc.organisations.rules.geojson import read
from cchc.organisations.rules.outlines import METRES_PER_DEGREE, simplified
from tests.world import NOW, World

SYSTEM = Actor.system("thử")
TODAY = NOW.date()
VU_QUANG, MAI_HOA = "18313", "18322"
CODES = {VU_QUANG, MAI_HOA, "00004"}


def square(west: float, south: float, size: float = 0.1) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: object, *rings: list[list[float]], kind: str = "Polygon", name: str = "ma_xa") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"ten": "Xã", name: code}, "geometry": {"type": kind, "coordinates": list(rings)}}


def file(*features: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


GOOD = file(feature(VU_QUANG, square(105.4, 18.3)), feature(MAI_HOA, square(105.5, 18.3)))


def load(content: bytes = GOOD, **more: Any) -> organisations.BoundaryReport:
    return organisations.load_boundaries(actor=SYSTEM, at=NOW, content=content, source="Tệp thử", **more)


# ------------------------------------------------------------------ reading


def test_the_property_with_the_codes_is_found_and_lost_zeros_are_given_back() -> None:
    found = read(file(feature(4, square(105.8, 21.0), name="MA"), feature(float(VU_QUANG), square(105.4, 18.3), name="MA")), codes=CODES)
    assert (found.code_property, set(found.polygons), found.features) == ("MA", {"00004", VU_QUANG}, 2)


def test_several_features_of_a_unit_are_its_parts() -> None:
    found = read(file(feature(VU_QUANG, square(105.4, 18.3)), feature(VU_QUANG, square(106.4, 18.3))), codes=CODES)
    assert len(found.polygons[VU_QUANG]) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "không đọc được dưới dạng JSON"),
        (b"[]", "FeatureCollection"),
        (file(), "không có đối tượng nào"),
        (file(feature("99999", square(105.4, 18.3))), "Không thấy thuộc tính nào ghi mã đơn vị"),
        (
            file(feature(VU_QUANG, square(105.4, 18.3)), feature("99999", square(105.4, 18.3))),
            "Đối tượng thứ 2: thuộc tính «ma_xa» ghi «99999»",
        ),
        (file(feature(VU_QUANG, [105.4, 18.3], kind="Point")), "hình là «Point», cần vùng khép kín"),
        (file(feature(VU_QUANG, square(105.4, 18.3)[:-1])), "không khép kín"),
        (file(feature(VU_QUANG, [[105.4, 18.3], [105.5, 18.3], [105.4, 18.3]])), "ít hơn ba điểm"),
        (file(feature(VU_QUANG, [["x", "y"]])), "không phải cặp kinh độ, vĩ độ"),
        (file(feature(VU_QUANG, square(18.3, 105.4))), "đổi chỗ"),
        (file(feature(VU_QUANG, square(553000, 2026000, 100))), "VN-2000"),
        (file(feature(VU_QUANG, square(105.4, 18.3)), crs={"type": "name", "properties": {"name": "EPSG:3405"}}), "«EPSG:3405»"),
        (file({"type": "Feature", "properties": {"ma_xa": VU_QUANG}, "geometry": None}), "cần vùng khép kín"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(content, codes=CODES)


def test_wgs84_by_its_old_names_is_welcome_and_a_file_too_large_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read(file(feature(VU_QUANG, square(105.4, 18.3)), crs=named), codes=CODES).features == 1
    monkeypatch.setattr("cchc.organisations.rules.geojson.LARGEST", 10)
    with pytest.raises(Refused, match="lớn hơn"):
        read(GOOD, codes=CODES)


def test_all_problems_are_told_up_to_twenty() -> None:
    many = [feature("x", square(105.4, 18.3)) for _ in range(25)]
    with pytest.raises(Refused) as refused:
        read(file(feature(VU_QUANG, square(105.4, 18.3)), *many), codes=CODES)
    assert refused.value.message.count("\n") == 20
    assert "và 5 lỗi nữa" in refused.value.message


# ------------------------------------------------------------------ simplifying


def shores(seed: int, points: int) -> tuple[Any, Any, list[tuple[float, float]]]:
    """Return two neighbours with a crooked border between them, each ring in its own sense and from its own beginning."""
    border = [(105.5 + 0.02 * math.sin(seed + 1.7 * place), 18.0 + 0.5 * place / points) for place in range(points + 1)]
    left = (*border, (105.0, 18.5), (105.0, 18.0))
    right = (*reversed(border), (106.0, 18.0), (106.0, 18.5))
    cut = seed % len(right)
    return ((left,),), ((right[cut:] + right[:cut],),), border


@given(st.integers(0, 1000), st.integers(2, 60), st.sampled_from([0, 50, 500, 5000]))
@settings(max_examples=150)
def test_neighbours_still_touch_and_nothing_moves_further_than_allowed(seed: int, points: int, metres: int) -> None:
    left, right, border = shores(seed, points)
    found = simplified({"a": left, "b": right}, metres=metres)
    (new_left,), (new_right,) = found["a"][0], found["b"][0]
    on_border = set(border)
    assert {*new_left} & on_border
    assert {*new_left} & on_border == {*new_right} & on_border
    kept = [point for point in border if point in set(new_left)]
    stretch = math.cos(math.radians(18.25))
    for lon, lat in border:
        assert min(_off((lon, lat), one, two, stretch) for one, two in pairwise(kept)) * METRES_PER_DEGREE <= metres * 1.02 + 0.5


def _off(point: tuple[float, float], begin: tuple[float, float], end: tuple[float, float], stretch: float) -> float:
    x, y = (point[0] - begin[0]) * stretch, point[1] - begin[1]
    dx, dy = (end[0] - begin[0]) * stretch, end[1] - begin[1]
    along = max(0.0, min(1.0, (x * dx + y * dy) / (dx * dx + dy * dy)))
    return math.hypot(x - along * dx, y - along * dy)


def test_an_island_smaller_than_the_tolerance_stays() -> None:
    island = ((105.0, 18.0), (105.0001, 18.0), (105.0001, 18.0001))
    land = tuple((point[0], point[1]) for point in square(105.5, 18.5)[:-1])
    found = simplified({"a": ((land,), (island,))}, metres=5000)
    assert found["a"][1] == (island,)


def test_an_enclave_fits_the_hole_it_lies_in() -> None:
    circle = tuple((105.5 + 0.05 * math.cos(step / 10), 18.5 + 0.05 * math.sin(step / 10)) for step in range(62))
    outer = tuple((point[0], point[1]) for point in square(105.0, 18.0, 1.0)[:-1])
    found = simplified({"around": ((outer, circle[::-1]),), "inside": ((circle[20:] + circle[:20],),)}, metres=500)
    assert set(found["around"][0][1]) == set(found["inside"][0][0])
    assert len(found["inside"][0][0]) < 62


# ------------------------------------------------------------------ loading


def test_it_is_loaded_with_its_source_and_journalled(world: World) -> None:
    report = load()
    assert (report.units, report.points_read, report.points_kept, report.code_property) == (2, 8, 8, "ma_xa")
    assert report.missing == 67
    assert len(report.missing_names) == 12
    (found,) = organisations.boundaries_of([world.commune.id], on=TODAY)
    assert found.source == "Tệp thử"
    ((ring,),) = found.polygons
    assert set(ring) == {(105.4, 18.3), (105.5, 18.3), (105.5, 18.4), (105.4, 18.4)}
    entry = audit.entries(f"unit:{VU_QUANG}")[-1]
    assert (entry.act, entry.public["source"]) == ("unit_boundary_given", "Tệp thử")
    assert organisations.UnitAct(entry.act).label == "Nạp ranh giới"


def test_a_later_file_takes_the_place_of_the_earlier_from_its_day_on(world: World) -> None:
    load()
    load(file(feature(VU_QUANG, square(105.3, 18.2))), since=date(2026, 11, 1))
    before, after = (organisations.boundaries_of([world.commune.id], on=day)[0] for day in (date(2026, 10, 31), date(2026, 11, 1)))
    assert (min(before.polygons[0][0]), min(after.polygons[0][0])) == ((105.4, 18.3), (105.3, 18.2))
    load()
    again = [organisations.boundaries_of([world.commune.id], on=day)[0] for day in (date(2026, 10, 31), TODAY)]
    assert {min(found.polygons[0][0]) for found in again} == {(105.4, 18.3)}


def test_a_file_with_one_wrong_feature_changes_nothing(world: World) -> None:
    with pytest.raises(Refused):
        load(file(feature(VU_QUANG, square(105.4, 18.3)), feature("99999", square(105.4, 18.3))))
    with pytest.raises(Refused, match="nguồn"):
        organisations.load_boundaries(actor=SYSTEM, at=NOW, content=GOOD, source=" ")
    with pytest.raises(Refused, match="mét"):
        load(metres=9999)
    assert organisations.boundaries_of([world.commune.id], on=TODAY) == ()


def test_only_who_edits_the_units(world: World) -> None:
    with pytest.raises(NotAllowed):
        organisations.load_boundaries(actor=world.actors["nhan"], at=NOW, content=GOOD, source="Tệp thử")


def test_the_command_says_what_is_missing(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "xa.geojson"
    path.write_bytes(GOOD)
    out = StringIO()
    call_command("boundaries", "load", str(path), "--source", "Sở Nội vụ, 01/10/2026", stdout=out)
    assert "Đã nạp ranh giới 2 đơn vị, mã lấy từ thuộc tính «ma_xa»." in out.getvalue()
    assert "Còn 67 đơn vị cùng cấp chưa có ranh giới" in out.getvalue()
    told = StringIO()
    call_command("boundaries", "load", str(path), "--json", stdout=told)
    assert json.loads(told.getvalue())["units"] == 2
    for arguments, says in (
        ([str(tmp_path / "khong-co")], "Không mở được tệp"),
        ([str(path), "--property", "ten"], "thuộc tính «ten» ghi «Xã»"),
    ):
        with pytest.raises(SystemExit):
            call_command("boundaries", "load", *arguments)
        assert says in capsys.readouterr().err
