"""The map of communes: with boundaries once those of most communes are loaded, as tiles before and whenever one wants."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.web.board.areas import AreaMap, covers, drawn
from cchc.web.board.tiles import Scale, Told
from tests.cases.office import Office
from tests.web.board.land import load_land
from tests.web.board.test_board import soup

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)


@pytest.fixture
def office(crowded_office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the office with its files, on the day of the cast."""
    monkeypatch.setattr(timezone, "now", lambda: TODAY)
    return crowded_office


def province() -> organisations.UnitView:
    return organisations.unit("42", on=TODAY.date())


def test_each_commune_is_a_link_with_its_number_in_words(client: Client, office: Office) -> None:
    load_land(province())
    page = soup(client, "/so-lieu/")
    areas = page.select("svg.areas a")
    assert len(areas) == 69
    counted = {area.title.get_text() for area in areas if "none" not in area.get("class", [])}
    assert counted == {"Xã Vũ Quang: 5 hồ sơ quá hạn", "Xã Mai Hoa: 6 hồ sơ quá hạn"}
    assert {area["class"][0] for area in areas if area.title.get_text() in counted} == {"l1"}
    assert [item.get_text() for item in page.select(".legend li")][2:5] == ["5–9", "10–19", "từ 20"]
    assert "don-vi=18313" in next(area["href"] for area in areas if area.title.get_text().startswith("Xã Vũ Quang"))
    assert "Ranh giới vẽ để thử" in page.get_text()


def test_one_may_go_back_to_tiles(client: Client, office: Office) -> None:
    load_land(province())
    switch = {chip.get_text(): chip for chip in soup(client, "/so-lieu/").select(".mapswitch a")}
    assert switch["Bản đồ"].get("aria-current") == "true"
    tiles = soup(client, "/so-lieu/" + switch["Ô"]["href"])
    assert not tiles.select("svg.areas")
    assert len(tiles.select("svg.tiles a")) == 69


def test_with_few_boundaries_the_tiles_stay_and_what_is_missing_is_named(client: Client, office: Office) -> None:
    load_land(province(), without=20)
    page = soup(client, "/so-lieu/")
    assert not page.select("svg.areas")
    assert not page.select(".mapswitch")
    load_land(province(), without=3)
    page = soup(client, "/so-lieu/")
    assert len(page.select("svg.areas a")) == 66
    assert "Chưa có ranh giới:" in page.get_text()


def test_what_may_not_be_shown_is_hatched_without_its_number(client: Client, office: Office) -> None:
    load_land(province())
    query = {"linh-vuc": "Hộ tịch"}
    for address in ("/so-lieu/", "/so-lieu/?ban-do=o"):
        hidden = soup(client, address, **query).select("svg.tiles a.hid")
        for item in hidden:
            assert item.title.get_text().endswith("dưới 5 hồ sơ quá hạn")
            assert not item.select(".n")
        assert hidden


def test_what_lies_far_away_stands_in_a_frame(client: Client, office: Office) -> None:
    load_land(province(), far="18313")
    page = soup(client, "/so-lieu/")
    assert len(page.select("svg.areas rect.frame")) == 1
    assert "Vũ Quang" in [text.get_text() for text in page.select("svg.areas > text")]
    assert page.select_one("svg.areas")["viewbox"].split()[2] == "862"


def test_boundaries_of_most_units_are_needed() -> None:
    some = [organisations.Boundary(number, (), "") for number in range(8)]
    assert covers(some, 10)
    assert not covers(some, 11)
    assert not covers([], 0)


def test_north_is_up_and_proportions_are_true() -> None:
    def box(unit_id: int, west: float, south: float, size: float) -> organisations.Boundary:
        ring = ((west, south), (west + size, south), (west + size, south + size), (west, south + size))
        return organisations.Boundary(unit_id, ((ring,),), "thử")

    told = {1: Told("Xã Bắc", 1, "", ""), 2: Told("Xã Nam", 1, "", ""), 3: Told("Xã Trống", 1, "Xã Trống: 1", "/3")}
    found: AreaMap = drawn([box(1, 105.0, 18.5, 0.1), box(2, 105.0, 18.4, 0.1)], told)
    north, south = found.areas
    assert north.y < south.y
    # Two squares of degrees: a degree of longitude is shorter by the cosine of the latitude.
    assert found.height / found.width == pytest.approx(2 / 0.9483, rel=0.01)
    assert found.left_out == (("Xã Trống", "Xã Trống: 1", "/3"),)
    assert found.frames == ()


def test_a_number_stands_inside_its_unit_whatever_its_shape() -> None:
    # A horseshoe open to the east, with an island that is smaller: the middle of its box is water.
    horseshoe = ((105.0, 18.0), (106.0, 18.0), (106.0, 18.3), (105.3, 18.3), (105.3, 18.7), (106.0, 18.7), (106.0, 19.0), (105.0, 19.0))
    island = ((106.2, 18.0), (106.3, 18.0), (106.3, 18.1))
    (area,) = drawn([organisations.Boundary(1, ((island,), (horseshoe,)), "thử")], {1: Told("Xã", 7, "", "")}).areas
    # The western arm is 0.3 of the box's 1.3 degrees wide.
    assert area.x == pytest.approx(720 * 0.15 / 1.3, abs=0.1)
    assert area.number == "7"


@pytest.mark.parametrize(
    ("most", "middle", "dark"), [(0, 10, 20), (6, 10, 20), (49, 10, 20), (50, 10, 50), (74, 10, 50), (100, 20, 100), (1300, 200, 1000)]
)
def test_the_darkest_shade_is_reached_whatever_the_numbers_are(most: int, middle: int, dark: int) -> None:
    scale = Scale.of([Told("Xã", None, "", ""), Told("Xã", most, "", ""), Told("Xã", 0, "", "", is_hidden=True)])
    assert (scale.middle, scale.dark) == (middle, dark)
    assert [scale.level(number) for number in (None, 0, 5, middle - 1, middle, dark - 1, dark)] == [-1, 0, 1, 1, 2, 2, 3]
    assert scale.ranges == (f"5–{middle - 1}", f"{middle}–{dark - 1}")
