"""What people do to units, and what the database refuses."""

import csv
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cchc.audit import api as audit
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.organisations.api import Certainty, NewUnit, Part, Right, SuccessionKind, UnitKind, UnitView
from cchc.organisations.models import Succession, Unit, UnitParent, UnitTitle
from cchc.worktime import api as worktime

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
TODAY, SOON, LATER = date(2026, 11, 20), date(2026, 12, 1), date(2027, 3, 1)
SYSTEM = Actor.system("kiểm thử")


@pytest.fixture
def province() -> UnitView:
    """Return Hà Tĩnh."""
    return organisations.unit("42", on=TODAY)


@pytest.fixture
def commune() -> UnitView:
    """Return Vũ Quang."""
    return organisations.unit("18313", on=TODAY)


def department(province: UnitView, code: str = "H27.15", name: str = "Sở Nội vụ") -> UnitView:
    """Create a department under a province."""
    return organisations.create_unit(
        actor=SYSTEM,
        at=AT,
        kind=UnitKind.DEPARTMENT,
        name=name,
        agency_code=code,
        agency_certainty=Certainty.INVENTED,
        parent_id=province.id,
        since=date(2025, 7, 1),
    )


def officer(*rights: Right, units: frozenset[int] = frozenset()) -> Actor:
    """Return a person with those rights in those units."""
    return Actor(post="Chuyên viên @ H27", person=uuid4(), rights=frozenset(rights), units=units)


def test_departments_and_a_one_stop_centre_as_the_demo_needs_them(province: UnitView, commune: UnitView) -> None:
    home = department(province)
    organisations.give_agency_code(actor=SYSTEM, at=AT, unit_id=commune.id, agency_code="H27.112", certainty=Certainty.INVENTED)
    centre = organisations.create_unit(
        actor=SYSTEM,
        at=AT,
        kind=UnitKind.ONE_STOP,
        name="Trung tâm Phục vụ hành chính công xã Vũ Quang",
        agency_code="H27.112.01",
        agency_certainty=Certainty.INVENTED,
        parent_id=commune.id,
    )
    assert (home.code, home.path, home.full_name) == ("H27.15", ("Tỉnh Hà Tĩnh",), "Sở Nội vụ")
    assert organisations.unit("H27.112", on=TODAY).code == "18313"
    assert centre.path == ("Xã Vũ Quang", "Tỉnh Hà Tĩnh")
    assert centre.since == TODAY
    assert {view.id for view in organisations.descendants_on(province.id, TODAY, kinds=[UnitKind.ONE_STOP, UnitKind.DEPARTMENT])} == {
        home.id,
        centre.id,
    }
    assert {home.id, centre.id, commune.id} <= organisations.descendant_ids_on(province.id, TODAY)
    (entry,) = audit.entries("unit:H27.112.01")
    assert (entry.act, entry.public["parent"]) == ("unit_created", "18313")


def test_agency_codes_sort_by_number() -> None:
    phu_tho = organisations.unit("25", on=TODAY)
    path = Path(__file__).resolve().parents[1] / "data" / "organisations" / "phu_tho_agency_codes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        codes = [row["agency_code"] for row in csv.DictReader(file) if "." in row["agency_code"]]
    for code in codes[:20] + [code for code in codes if code == "H44.13"]:
        department(phu_tho, code, f"Đơn vị {code}")
    listed = [view.code for view in organisations.descendants_on(phu_tho.id, TODAY, kinds=[UnitKind.DEPARTMENT])]
    assert listed == sorted(listed, key=lambda code: int(code.split(".")[1]))
    assert listed.index("H44.13") < listed.index("H44.100")


def test_renaming_keeps_the_unit_and_its_past(commune: UnitView) -> None:
    after = organisations.rename_unit(
        actor=SYSTEM, at=AT, unit_id=commune.id, type_word="Phường", name="Vũ  Quang", on=SOON, act="1/NQ-UBTVQH16"
    )
    assert (after.id, after.full_name, after.code) == (commune.id, "Phường Vũ Quang", "18313")
    assert organisations.unit("18313", on=TODAY).full_name == "Xã Vũ Quang"
    assert [view.full_name for view in organisations.find_units("phuong vu quang", on=SOON)] == ["Phường Vũ Quang"]
    last = organisations.lineage_of(commune.id)[-1]
    assert (last.kind, last.share, last.act) == (SuccessionKind.RENAMED, 1, "1/NQ-UBTVQH16")
    assert audit.entries("unit:18313")[-1].public["before"] == "Xã Vũ Quang"
    with pytest.raises(Refused, match="không có gì để đổi"):
        organisations.rename_unit(actor=SYSTEM, at=AT, unit_id=commune.id, type_word="Phường", name="Vũ Quang", on=LATER)


def test_moving_keeps_the_past_and_refuses_circles(province: UnitView) -> None:
    one, other = department(province), department(province, "H27.12", "Sở Tư pháp")
    organisations.move_unit(actor=SYSTEM, at=AT, unit_id=one.id, parent_id=other.id, on=SOON)
    assert [view.id for view in organisations.ancestors_on(one.id, TODAY)] == [province.id]
    assert [view.id for view in organisations.ancestors_on(one.id, SOON)] == [other.id, province.id]
    with pytest.raises(Refused, match="sẽ trực thuộc") as refusal:
        organisations.move_unit(actor=SYSTEM, at=AT, unit_id=other.id, parent_id=one.id, on=SOON)
    assert refusal.value.field == "parent_id"
    third = department(province, "H27.13", "Sở Tài chính")
    organisations.move_unit(actor=SYSTEM, at=AT, unit_id=third.id, parent_id=one.id, on=LATER)
    with pytest.raises(Refused, match="sẽ trực thuộc"):
        organisations.move_unit(actor=SYSTEM, at=AT, unit_id=other.id, parent_id=third.id, on=TODAY)
    with pytest.raises(Refused, match="cấp tỉnh"):
        organisations.move_unit(actor=SYSTEM, at=AT, unit_id=province.id, parent_id=one.id, on=SOON)


def test_merging_makes_a_new_unit_that_may_bear_an_old_code(province: UnitView, commune: UnitView) -> None:
    other = organisations.unit("18322", on=TODAY)
    centre = organisations.create_unit(actor=SYSTEM, at=AT, kind=UnitKind.ONE_STOP, name="Trung tâm", code="TT-1", parent_id=other.id)
    new = NewUnit(kind=UnitKind.COMMUNE, code="18313", type_word="Xã", name="Ngàn Trươi", parent_id=province.id)
    merged = organisations.merge_units(actor=SYSTEM, at=AT, unit_ids=[commune.id, other.id], into=new, on=SOON, act="2/NQ-UBTVQH16")
    assert organisations.unit("18313", on=SOON).id == merged.id != commune.id
    assert organisations.unit("18313", on=TODAY).id == commune.id
    with pytest.raises(NotFound):
        organisations.unit("18322", on=SOON)
    assert {item.unit.id for item in organisations.predecessors_of(merged.id, back_to=TODAY)} == {commune.id, other.id}
    assert len(organisations.predecessors_of(merged.id, back_to=date(2025, 6, 30))) == 4 + 3
    assert organisations.ancestors_on(centre.id, SOON)[0].id == merged.id
    assert [entry.act for entry in audit.entries("unit:18313")] == ["unit_created", "unit_merged"]
    # The district of before 1 July 2025 is followed through both reorganisations.
    district = {item.unit.id: item for item in organisations.successors_of("441", before=date(2025, 7, 1))}
    assert set(district) == {merged.id, organisations.unit("18328", on=SOON).id}
    assert len(district[merged.id].brought_by) == 4 + 3


def test_merging_into_a_unit_that_goes_on(commune: UnitView) -> None:
    other = organisations.unit("18322", on=TODAY)
    merged = organisations.merge_units(actor=SYSTEM, at=AT, unit_ids=[other.id, commune.id], into=commune.id, on=SOON)
    assert merged.id == commune.id
    assert [(item.unit.id, item.kind) for item in organisations.predecessors_of(commune.id, back_to=TODAY)] == [
        (commune.id, SuccessionKind.CONTINUED),
        (other.id, SuccessionKind.MERGED),
    ]


def test_splitting_keeps_known_shares_and_invents_none(province: UnitView, commune: UnitView) -> None:
    east, west = (
        NewUnit(kind=UnitKind.COMMUNE, code=code, type_word="Xã", name=name, parent_id=province.id)
        for code, name in (("18314", "Đông"), ("18315", "Tây"))
    )
    parts = [Part(east, Decimal("0.4"), is_default=True), Part(west)]
    made = organisations.split_unit(actor=SYSTEM, at=AT, unit_id=commune.id, parts=parts, on=SOON)
    assert [view.full_name for view in made] == ["Xã Đông", "Xã Tây"]
    found = {
        item.unit.code: (item.share, item.share_known, item.is_default) for item in organisations.successors_of(commune.id, before=SOON)
    }
    assert found == {"18314": (Decimal("0.4"), True, True), "18315": (None, False, False)}
    # A second reorganisation: part of the one goes to the other, and shares multiply and add up where all are known.
    organisations.merge_units(actor=SYSTEM, at=AT, unit_ids=[made[1].id], into=made[0].id, on=LATER)
    (together,) = organisations.successors_of(commune.id, before=SOON, until=LATER)
    assert (together.unit.id, together.share) == (made[0].id, None)


def test_a_part_cut_off_leaves_the_rest(commune: UnitView) -> None:
    other = organisations.unit("18322", on=TODAY)
    parts = [Part(commune.id, Decimal("0.9"), is_default=True), Part(other.id, Decimal("0.1"))]
    organisations.split_unit(actor=SYSTEM, at=AT, unit_id=commune.id, parts=parts, on=SOON)
    assert organisations.unit("18313", on=LATER).id == commune.id
    assert {item.unit.id: item.share for item in organisations.successors_of(commune.id, before=SOON)} == {
        commune.id: Decimal("0.9"),
        other.id: Decimal("0.1"),
    }
    assert {item.unit.id for item in organisations.predecessors_of(other.id, back_to=TODAY)} == {commune.id, other.id}
    old = organisations.unit("18325", on=date(2025, 6, 30))
    assert {item.unit.id: item.share for item in organisations.successors_of(old.id)} == {
        commune.id: Decimal("0.9"),
        other.id: Decimal("0.1"),
    }


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([Part(1, is_default=True)], "ít nhất hai phần"),
        ([Part(1), Part(2)], "đúng một phần"),
        ([Part(1, Decimal("0.5"), is_default=True), Part(2, Decimal("0.6"))], "bằng 1"),
        ([Part(1, Decimal("1.5"), is_default=True), Part(2)], "nhỏ hơn 1"),
    ],
)
def test_a_split_that_cannot_be_is_refused(commune: UnitView, parts: list[Part], told: str) -> None:
    with pytest.raises(Refused, match=told) as refusal:
        organisations.split_unit(actor=SYSTEM, at=AT, unit_id=commune.id, parts=parts, on=SOON)
    assert refusal.value.field == "parts"


def test_closing(province: UnitView) -> None:
    home = department(province)
    with pytest.raises(Refused, match="đơn vị trực thuộc"):
        organisations.close_unit(actor=SYSTEM, at=AT, unit_id=province.id, on=SOON)
    last = organisations.close_unit(actor=SYSTEM, at=AT, unit_id=home.id, on=SOON)
    assert last.until == SOON
    assert organisations.successors_of(home.id) == ()
    with pytest.raises(Refused, match="kết thúc trước"):
        organisations.create_unit(actor=SYSTEM, at=AT, kind=UnitKind.DIVISION, name="Phòng", code="P-1", parent_id=home.id)
    assert home.id not in organisations.descendant_ids_on(province.id, SOON)
    with pytest.raises(Refused, match="không tồn tại"):
        organisations.rename_unit(actor=SYSTEM, at=AT, unit_id=home.id, name="Sở Khác", on=LATER)


def test_a_schedule_for_a_period_is_inherited_and_gives_way(province: UnitView, commune: UnitView) -> None:
    default = worktime.default_schedule()
    for code in ("he", "dong"):
        hours = worktime.Schedule(code, f"Giờ mùa {code}", tuple(worktime.Session(day, time(7), time(15)) for day in range(5)))
        worktime.define_schedule(actor=SYSTEM, at=AT, schedule=hours, source="kiểm thử")
    centre = organisations.create_unit(actor=SYSTEM, at=AT, kind=UnitKind.ONE_STOP, name="Trung tâm", code="TT-1", parent_id=commune.id)
    assert organisations.schedule_of(centre.id, on=TODAY).code == default.code
    organisations.give_schedule(actor=SYSTEM, at=AT, unit_id=province.id, schedule_code="he", since=TODAY)
    assert organisations.schedule_of(centre.id, on=TODAY).code == "he"
    organisations.give_schedule(actor=SYSTEM, at=AT, unit_id=province.id, schedule_code="dong", since=SOON, until=LATER)
    days = (date(2026, 11, 19), TODAY, SOON, date(2027, 2, 28), LATER)
    assert [organisations.schedule_of(centre.id, on=day).code for day in days] == [default.code, "he", "dong", "dong", "he"]
    organisations.give_schedule(actor=SYSTEM, at=AT, unit_id=commune.id, schedule_code=default.code, since=SOON)
    assert organisations.schedule_of(centre.id, on=SOON).code == default.code
    with pytest.raises(NotFound):
        organisations.give_schedule(actor=SYSTEM, at=AT, unit_id=commune.id, schedule_code="khong-co", since=SOON)
    with pytest.raises(Refused, match="sau ngày bắt đầu"):
        organisations.give_schedule(actor=SYSTEM, at=AT, unit_id=commune.id, schedule_code="he", since=SOON, until=SOON)


def test_every_operation_asks(province: UnitView, commune: UnitView) -> None:
    nobody = officer()
    elsewhere = officer(*Right, units=frozenset({province.id + 1_000_000}))
    new = NewUnit(kind=UnitKind.COMMUNE, code="18399", type_word="Xã", name="Mới", parent_id=province.id)
    for actor in (nobody, elsewhere):
        acts = (
            lambda actor=actor: organisations.create_unit(
                actor=actor, at=AT, kind=UnitKind.OFFICE, name="Văn phòng", code="VP", parent_id=commune.id
            ),
            lambda actor=actor: organisations.rename_unit(actor=actor, at=AT, unit_id=commune.id, name="Khác", on=SOON),
            lambda actor=actor: organisations.move_unit(actor=actor, at=AT, unit_id=commune.id, parent_id=province.id, on=SOON),
            lambda actor=actor: organisations.merge_units(actor=actor, at=AT, unit_ids=[commune.id], into=new, on=SOON),
            lambda actor=actor: organisations.split_unit(actor=actor, at=AT, unit_id=commune.id, parts=[], on=SOON),
            lambda actor=actor: organisations.close_unit(actor=actor, at=AT, unit_id=commune.id, on=SOON),
            lambda actor=actor: organisations.give_schedule(actor=actor, at=AT, unit_id=commune.id, schedule_code="x", since=SOON),
            lambda actor=actor: organisations.give_agency_code(actor=actor, at=AT, unit_id=commune.id, agency_code="H27.112"),
        )
        for act in acts:
            with pytest.raises(NotAllowed, match="quyền"):
                act()
    with pytest.raises(NotAllowed, match="cấp trên"):
        organisations.create_unit(actor=officer(*Right), at=AT, kind=UnitKind.MINISTRY, name="Bộ Mới", code="G99")
    allowed = officer(Right.EDIT_UNIT, units=frozenset({commune.id}))
    assert organisations.rename_unit(actor=allowed, at=AT, unit_id=commune.id, type_word="Phường", name="Vũ Quang", on=SOON)


def test_bad_input_is_answered_at_its_place_and_nothing_is_written(province: UnitView, commune: UnitView) -> None:
    with pytest.raises(Invalid) as wrong:
        organisations.create_unit(
            actor=SYSTEM, at=AT, kind=UnitKind.COMMUNE, code="1831", name=" ", agency_code="27-H", parent_id=commune.id
        )
    assert set(wrong.value.problems) == {"agency_code", "code", "name", "parent_id"}
    with pytest.raises(Conflict) as taken:
        organisations.create_unit(
            actor=SYSTEM, at=AT, kind=UnitKind.COMMUNE, code="18313", type_word="Xã", name="Khác", parent_id=province.id
        )
    assert taken.value.field == "code"
    department(province)
    with pytest.raises(Conflict) as taken:
        organisations.give_agency_code(actor=SYSTEM, at=AT, unit_id=commune.id, agency_code="000.00.15.H27")
    assert taken.value.field == "agency_code"
    with pytest.raises(NotFound):
        organisations.close_unit(actor=SYSTEM, at=AT, unit_id=0, on=SOON)
    with pytest.raises(Refused, match="mới có từ ngày"):
        organisations.close_unit(actor=SYSTEM, at=AT, unit_id=commune.id, on=date(2025, 7, 1))
    assert audit.entries("unit:18313") == ()


def test_the_database_keeps_the_promises(province: UnitView, commune: UnitView) -> None:
    unit = Unit.objects.get(pk=commune.id)
    edge = {"day": SOON, "certainty": Certainty.OFFICIAL, "predecessor": unit, "successor_id": province.id}
    title = UnitTitle.objects.get(unit=unit)
    itself = {**edge, "successor": unit, "successor_id": unit.pk}
    broken = {
        "unit_code_borne_by_one_at_a_time": lambda: Unit.objects.create(
            scheme=unit.scheme, code=unit.code, kind=unit.kind, period=unit.period, name="X", full_name="X"
        ),
        "unittitle_one_at_a_time": lambda: UnitTitle.objects.create(unit=unit, period=title.period, name="X", full_name="X"),
        "unitparent_one_at_a_time": lambda: UnitParent.objects.create(unit=unit, parent_id=province.id, period=unit.period),
        "unitparent_is_another_unit": lambda: UnitParent.objects.create(unit_id=province.id, parent_id=province.id, period=unit.period),
        "succession_share_in_0_1": lambda: Succession.objects.create(kind=SuccessionKind.SPLIT, share=0, share_known=True, **edge),
        "succession_share_known_or_absent": lambda: Succession.objects.create(
            kind=SuccessionKind.SPLIT, share=None, share_known=True, **edge
        ),
        "succession_renamed_onto_itself": lambda: Succession.objects.create(kind=SuccessionKind.RENAMED, share=1, share_known=True, **edge),
        "succession_merged_into_another": lambda: Succession.objects.create(
            kind=SuccessionKind.MERGED, share=1, share_known=True, **itself
        ),
        "succession_whole_is_one": lambda: Succession.objects.create(
            kind=SuccessionKind.MERGED, share=Decimal("0.5"), share_known=True, **edge
        ),
        "succession_part_is_less_than_one": lambda: Succession.objects.create(kind=SuccessionKind.SPLIT, share=1, share_known=True, **edge),
    }
    for name, act in broken.items():
        with pytest.raises(IntegrityError, match=f"organisations_{name}"), transaction.atomic():
            act()
