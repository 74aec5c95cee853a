"""Finding units: names never identify; accents and spellings do not matter."""

import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.organisations import api as organisations
from cchc.organisations.api import UnitKind

pytestmark = pytest.mark.django_db
TODAY, EVE = date(2026, 11, 23), date(2025, 6, 30)


def places(text: str, **options: object) -> list[str]:
    """Return the names with the units above them."""
    return [view.place for view in organisations.find_units(text, **{"on": TODAY, **options})]


def test_the_commune_gia_lam_of_ha_noi_is_told_from_its_homonym() -> None:
    found = {view.code: view for view in organisations.find_units("Gia Lâm", on=TODAY) if view.name == "Gia Lâm"}
    assert {code: view.path for code, view in found.items()} == {"00565": ("Thành phố Hà Nội",), "14389": ("Tỉnh Ninh Bình",)}
    assert found["00565"].place == "Xã Gia Lâm, Thành phố Hà Nội"
    assert places("gia lam, ha noi") == ["Xã Gia Lâm, Thành phố Hà Nội"]
    ha_noi = organisations.unit("01", on=TODAY)
    assert [view.code for view in organisations.find_units("Xã Gia Lâm", on=TODAY, within=ha_noi.id)] == ["00565"]


def test_before_the_reform_gia_lam_was_a_district_and_two_other_communes() -> None:
    assert places("Gia Lâm", on=EVE)[:3] == [
        "Huyện Gia Lâm, Thành phố Hà Nội",
        "Xã Gia Lâm, Huyện Nho Quan, Tỉnh Ninh Bình",
        "Xã Gia Lâm, Huyện Lâm Hà, Tỉnh Lâm Đồng",
    ]
    assert places("Gia Lâm", on=EVE, kinds=[UnitKind.DISTRICT]) == ["Huyện Gia Lâm, Thành phố Hà Nội"]


def test_two_communes_thuong_duc() -> None:
    assert {(view.code, *view.path) for view in organisations.find_units("thượng đức", on=TODAY)} == {
        ("18328", "Tỉnh Hà Tĩnh"),
        ("20506", "Thành phố Đà Nẵng"),
    }


@pytest.mark.parametrize(
    "typed",
    ["Hòa Bình", "Hoà Bình", "hoa binh", "HÒA  BÌNH", unicodedata.normalize("NFD", "Hoà Bình"), "Phường Hoà Bình", "hoà bình,"],
)
def test_spelling_twins_find_the_same(typed: str) -> None:
    assert set(places(typed)[:3]) == {
        "Phường Hòa Bình, Tỉnh Phú Thọ",
        "Phường Hòa Bình, Thành phố Hải Phòng",
        "Phường Hòa Bình, Thành phố Hồ Chí Minh",
    }


@pytest.mark.parametrize("typed", ["Đồng Nai", "Ðồng Nai", "dong nai", "đồng nai", unicodedata.normalize("NFD", "Đồng Nai")])
def test_a_foreign_eth_is_a_d_with_stroke(typed: str) -> None:
    assert places(typed) == ["Thành phố Đồng Nai"]


@pytest.mark.parametrize("typed", ["Bình Thanh", "Bình Thành", "Bình Thạnh", "Định Hòa", "Định Hóa"])
def test_the_accents_typed_come_first_among_equals(typed: str) -> None:
    assert organisations.find_units(typed, on=TODAY)[0].name == typed


def test_the_tone_on_the_other_vowel_is_the_same_accent() -> None:
    assert organisations.find_units("Định Hoà", on=TODAY)[0].name == "Định Hòa"


@pytest.mark.parametrize(
    ("code", "place"), [("18313", "Xã Vũ Quang, Tỉnh Hà Tĩnh"), ("h27", "Tỉnh Hà Tĩnh"), ("000.00.00.H27", "Tỉnh Hà Tĩnh")]
)
def test_a_code_finds_its_bearer(code: str, place: str) -> None:
    assert places(code) == [place]


@pytest.mark.parametrize("nothing", ["", "  ", ",", "???", "%", "Không Có Nơi Này"])
def test_nothing_finds_nothing(nothing: str) -> None:
    assert places(nothing) == []


def test_a_constant_number_of_queries() -> None:
    counts = []
    for text in ("Gia Lâm", "an", "Gia Lâm, Hà Nội"):
        with CaptureQueriesContext(connection) as queries:
            organisations.find_units(text, on=TODAY, limit=200)
        counts.append(len(queries))
    assert counts == [2, 2, 2]
    for code in ("018", "441", "77"):
        with CaptureQueriesContext(connection) as queries:
            organisations.successors_of(code, before=date(2025, 7, 1))
        assert len(queries) == 5
    with CaptureQueriesContext(connection) as queries:
        organisations.descendants_on(organisations.unit("01", on=TODAY).id, TODAY)
    assert len(queries) == 2 + 3
