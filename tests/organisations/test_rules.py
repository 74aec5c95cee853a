"""The arithmetic of units, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cchc.organisations.rules.codes import problem_with_code, scheme_for
from cchc.organisations.rules.lineage import Path, problem_with_shares, tie
from cchc.organisations.rules.seed_plan import Lists, Plan, Row
from cchc.organisations.rules.titles import parts, same_name
from cchc.organisations.rules.tree import problem_with_parent
from cchc.organisations.terms import Scheme, SuccessionKind, UnitKind

DAY = date(2025, 7, 1)


def rows(name: str, columns: str, *lines: str) -> list[Row]:
    """Return the rows of a file of our own making."""
    return [Row(name, number, dict(zip(columns.split(), line.split(","), strict=True))) for number, line in enumerate(lines, start=2)]


LISTS = Lists(
    day=DAY,
    provinces=rows("provinces", "code title name", "01,Tỉnh,Thượng", "02,Tỉnh,Hạ"),
    communes=rows("communes", "code title name province_code area_km2", "00001,Xã,Hòa An,01,1.5", "00002,Xã,Mới,02,"),
    provinces_before=rows("before", "code title name", "01,Tỉnh,Thượng", "02,Tỉnh,Trung", "03,Tỉnh,Hạ"),
    districts_before=rows("districts", "code title name province_code", "001,Huyện,Một,01", "002,Huyện,Hai,02"),
    communes_before=rows("old", "code title name district_code", "00001,Xã,Hoà An,001", "00002,Xã,Cũ,002", "00003,Xã,Xa,002"),
    provinces_map=rows("pmap", "old_code new_code", "01,01", "02,02", "03,02"),
    communes_map=rows("cmap", "old_code new_code kind is_default", "00001,00001,whole,1", "00002,00002,split,1", "00003,00002,whole,1"),
    changes=[],
    agency_codes=[],
    central_agencies=[],
)
OLD_1, NEW_2 = (Scheme.TERRITORY, "00001", None), (Scheme.TERRITORY, "00002", DAY)


def test_a_commune_that_passed_unchanged_is_one_unit_under_a_new_parent() -> None:
    unit = Plan(LISTS).units[OLD_1]
    assert unit.until is None
    assert [title.full_name for title in unit.titles] == ["Xã Hòa An"]
    assert [(key[1], since, until) for key, since, until in unit.parents] == [("001", None, DAY), ("01", DAY, None)]
    assert (Scheme.TERRITORY, "00001", DAY) not in Plan(LISTS).units


def test_everything_else_is_a_new_unit_even_with_an_old_code() -> None:
    plan = Plan(LISTS)
    assert plan.units[Scheme.TERRITORY, "00002", None].until == DAY
    assert plan.units[NEW_2].key[2] == DAY
    edges = {(edge.predecessor[1], edge.kind, edge.share, edge.is_default) for edge in plan.edges.values() if edge.successor == NEW_2}
    assert edges == {("00002", SuccessionKind.SPLIT, None, True), ("00003", SuccessionKind.MERGED, Decimal(1), True)}
    assert not plan.unplaced


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        ("communes_map", ("old_code new_code kind is_default", "99999,00002,whole,1"), "99999"),
        ("communes_map", ("old_code new_code kind is_default", "00003,00001,halved,1"), "halved"),
        ("communes", ("code title name province_code area_km2", "00009,Xã,Lạc,77,1"), "77"),
        ("communes", ("code title name province_code area_km2", "9,Xã,Ngắn,01,1"), "5 chữ số"),
        ("communes", ("code title name province_code area_km2", "00001,Xã,Trùng,01,1"), "Mã này đã có"),
        ("communes", ("code title name province_code area_km2", "00008,Xã,Rộng,01,lớn"), "không phải là số"),
        ("communes_before", ("code title name district_code", "00007,Xã,Lẻ,001"), "đơn vị kế tục"),
        ("changes", ("date code before after act note", "2026-04-30,00002,Xã Khác,Phường Mới,1,"), "không khớp"),
        ("changes", ("date code before after act note", "30/04/2026,00002,Xã Mới,Phường Mới,1,"), "2026-04-30"),
        ("changes", ("date code before after act note", "2026-04-30,00003,Xã Xa,Phường Xa,1,"), "Không có đơn vị"),
    ],
)
def test_a_row_that_cannot_be_placed_is_reported(file: str, row: tuple[str, str], reason: str) -> None:
    (bad,) = rows(file, *row)
    plan = Plan(replace(LISTS, **{file: [*getattr(LISTS, file), bad]}))
    assert any(reason in item.reason and (item.file, item.line) == (file, 2) for item in plan.unplaced), plan.unplaced


def test_a_unit_the_list_of_today_adds_to_an_unchanged_one_breaks_the_sameness() -> None:
    more = rows("cmap", "old_code new_code kind is_default", "00003,00001,split,0")
    plan = Plan(replace(LISTS, communes_map=[*LISTS.communes_map, *more]))
    assert plan.units[OLD_1].until == DAY


def test_shares_multiply_along_a_path_and_add_up_between_paths() -> None:
    split = (SuccessionKind.SPLIT,)
    one, other = Path(1, 9, Decimal("0.25"), split, is_default=False), Path(1, 9, Decimal("0.5"), split, is_default=True)
    assert tie([one, other]).share == Decimal("0.75")
    assert tie([one, other]).is_default
    assert tie([one, replace(other, share=None)]).share is None
    assert tie([replace(one, kinds=(SuccessionKind.MERGED, SuccessionKind.RENAMED))]).kind is SuccessionKind.MERGED
    assert tie([replace(one, kinds=())]).kind is SuccessionKind.CONTINUED


@pytest.mark.parametrize(
    ("shares", "possible"),
    [
        ((None, None), True),
        ((Decimal("0.3"), None), True),
        ((Decimal("0.3"), Decimal("0.7")), True),
        ((Decimal("0.3"), Decimal("0.6")), False),
        ((Decimal(1), None), False),
        ((Decimal(0), Decimal(1)), False),
        ((Decimal("0.6"), Decimal("0.5"), None), False),
    ],
)
def test_shares_of_a_split_leave_room_for_each_other(shares: tuple[Decimal | None, ...], *, possible: bool) -> None:
    assert bool(problem_with_shares(shares=shares)) is not possible


def test_codes_know_their_list() -> None:
    assert scheme_for(kind=UnitKind.COMMUNE, code="18313") is Scheme.TERRITORY
    assert scheme_for(kind=UnitKind.DEPARTMENT, code="H27.15") is Scheme.AGENCY
    assert scheme_for(kind=UnitKind.SCHOOL, code="42000701") is Scheme.OWN
    assert "5 chữ số" in problem_with_code(kind=UnitKind.COMMUNE, code="1831")
    assert "5 chữ số" in problem_with_code(kind=UnitKind.COMMUNE, code="１８３１３")
    assert problem_with_code(kind=UnitKind.DIVISION, code="H27 15")


def test_titles_are_told_from_names() -> None:
    assert parts(title="Thị Trấn  Vũ Quang") == ("Thị trấn", "Vũ Quang")
    assert parts(title="Xã Xã") == ("Xã", "Xã")
    assert parts(title="Sở Nội vụ") == ("", "Sở Nội vụ")
    assert same_name(one="Xã Hoà An", other="Xã Hòa An")
    assert not same_name(one="Xã Hóa An", other="Xã Hòa An")


def test_territorial_tiers() -> None:
    assert not problem_with_parent(kind=UnitKind.COMMUNE, parent_kind=UnitKind.PROVINCE)
    assert problem_with_parent(kind=UnitKind.COMMUNE, parent_kind=UnitKind.DEPARTMENT)
    assert problem_with_parent(kind=UnitKind.COMMUNE, parent_kind=None)
    assert problem_with_parent(kind=UnitKind.PROVINCE, parent_kind=UnitKind.PROVINCE)
    assert not problem_with_parent(kind=UnitKind.ONE_STOP, parent_kind=UnitKind.COMMUNE)
