"""The reference data as loaded: what is there, who came from whom, and that loading again changes nothing."""

import csv
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.organisations.api import SuccessionKind, UnitKind

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds" / "reference"
DATA = ROOT / "tests" / "data" / "organisations"
REFORM, EVE, TODAY = date(2025, 7, 1), date(2025, 6, 30), date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
SYSTEM = Actor.system("kiểm thử")


def quiet(_line: str) -> None:
    """Take the progress and say nothing."""


def five_districts() -> dict[str, dict[str, set[tuple[str, str, bool]]]]:
    """Return district → new commune → {(old commune, whole or split, default)} of the published list."""
    found: dict[str, dict[str, set[tuple[str, str, bool]]]] = {}
    with (DATA / "five_districts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            news = found.setdefault(row["old_district_code"], {})
            news.setdefault(row["new_ward_code"], set()).add((row["old_ward_code"], row["kind"], row["is_default"] == "1"))
    return found


@pytest.mark.parametrize("district", ["018", "274", "297", "352", "441"])
def test_the_successors_of_five_districts_with_the_communes_that_brought_them(district: str) -> None:
    successors = organisations.successors_of(district, before=REFORM, until=TODAY)
    told = {
        successor.unit.code: {
            (bringer.unit.code, "split" if bringer.kind is SuccessionKind.SPLIT else "whole", bringer.is_default)
            for bringer in successor.brought_by
        }
        for successor in successors
    }
    assert told == five_districts()[district]
    assert all(successor.share is None and not successor.share_known for successor in successors)
    assert all(
        bringer.share_known is (bringer.kind is not SuccessionKind.SPLIT) for successor in successors for bringer in successor.brought_by
    )


def test_how_many_units_there_were_and_are() -> None:
    for day, numbers in ((EVE, (63, 696, 10_035, 0)), (TODAY, (34, 0, 3_321, 3_197))):
        counted = [0, 0, 0, 0]
        for province in (f"{number:02}" for number in range(1, 97)):
            try:
                view = organisations.unit(province, on=day)
            except NotFound:
                continue
            counted[0] += 1
            for below in organisations.descendants_on(view.id, day):
                counted[1] += below.kind is UnitKind.DISTRICT
                counted[2] += below.kind is UnitKind.COMMUNE
                counted[3] += below.kind is UnitKind.COMMUNE and below.since is not None
        assert tuple(counted) == numbers


def test_type_words_changed_in_2026() -> None:
    words = {}
    for day in (date(2026, 4, 29), date(2026, 4, 30)):
        below = organisations.descendants_on(organisations.unit("75", on=day).id, day, kinds=[UnitKind.COMMUNE])
        words[day] = sum(view.type_word == "Phường" for view in below)
        assert len(below) == 95
    assert words[date(2026, 4, 30)] - words[date(2026, 4, 29)] == 10
    dong_nai = organisations.unit("75", on=TODAY)
    assert [title.full_name for title in organisations.titles_of(dong_nai.id)] == ["Tỉnh Đồng Nai", "Thành phố Đồng Nai"]
    assert organisations.title_on(dong_nai.id, date(2026, 4, 29)).full_name == "Tỉnh Đồng Nai"
    renamed = organisations.lineage_of(organisations.unit("25270", on=TODAY).id)[-1]
    assert (renamed.kind, renamed.predecessor, renamed.successor) == (
        SuccessionKind.RENAMED,
        "Xã Lộc Ninh (25270)",
        "Phường Lộc Ninh (25270)",
    )
    assert (renamed.act, renamed.certainty) == ("237/NQ-UBTVQH16", organisations.Certainty.RECONSTRUCTED)


def test_one_code_two_units() -> None:
    before, after = organisations.unit("00541", on=EVE), organisations.unit("00541", on=REFORM)
    assert (before.full_name, after.full_name) == ("Xã Thiên Đức", "Xã Phù Đổng")
    assert before.id != after.id
    with pytest.raises(NotFound, match="đến hết 30/06/2025"):
        organisations.unit_on(before.id, TODAY)


def test_a_commune_that_passed_the_reform_unchanged_is_the_same_unit() -> None:
    below = organisations.descendants_on(organisations.unit("66", on=TODAY).id, TODAY)
    same = [view for view in below if view.since is None]
    assert 0 < len(same) < len(below)
    for view in same:
        assert organisations.unit(view.code, on=EVE).id == view.id
        assert organisations.ancestors_on(view.id, EVE)[0].kind is UnitKind.DISTRICT
        assert [above.kind for above in organisations.ancestors_on(view.id, TODAY)] == [UnitKind.PROVINCE]
        (itself,) = organisations.successors_of(view.code, before=REFORM)
        assert (itself.unit.id, itself.kind, itself.share) == (view.id, SuccessionKind.CONTINUED, 1)
    # The two lists write this name with another capital letter; that is no new commune.
    assert "Xã Ea H'Leo" in {view.full_name for view in same}


def test_provinces() -> None:
    assert organisations.unit("42", on=EVE).id == organisations.unit("42", on=TODAY).id
    assert organisations.unit("24", on=EVE).full_name == "Tỉnh Bắc Giang"
    assert organisations.unit("24", on=TODAY).full_name == "Tỉnh Bắc Ninh"
    into = {code: organisations.successors_of(code, before=REFORM)[0].unit.full_name for code in ("24", "27", "77")}
    assert into == {"24": "Tỉnh Bắc Ninh", "27": "Tỉnh Bắc Ninh", "77": "Thành phố Hồ Chí Minh"}
    came = organisations.predecessors_of("25", on=TODAY, back_to=EVE)
    assert [view.unit.full_name for view in came] == ["Tỉnh Hòa Bình", "Tỉnh Phú Thọ", "Tỉnh Vĩnh Phúc"]


def test_agency_codes_in_both_notations_with_their_certainty() -> None:
    ha_tinh = organisations.unit("42", on=TODAY)
    assert organisations.unit("H27", on=TODAY) == organisations.unit("000.00.00.H27", on=TODAY) == ha_tinh
    assert (ha_tinh.legacy_agency_code, ha_tinh.agency_certainty) == ("000.00.00.H27", organisations.Certainty.OFFICIAL)
    with pytest.raises(NotFound, match="Bắc Giang"):
        organisations.unit("H02", on=TODAY)
    assert organisations.unit("H02", on=EVE).agency_certainty is organisations.Certainty.RECONSTRUCTED
    assert organisations.unit("G10", on=TODAY).full_name == "Bộ Nông nghiệp và Môi trường"
    assert [item.unit.code for item in organisations.successors_of("G04", before=date(2025, 3, 1))] == ["G17"]
    assert [item.unit.code for item in organisations.predecessors_of("G17", on=TODAY, back_to=date(2025, 2, 28))] == ["G04", "G17"]


def test_predecessors_go_back_to_a_day() -> None:
    vu_quang = organisations.predecessors_of("18313", on=TODAY, back_to=EVE)
    assert [item.unit.full_name for item in vu_quang] == ["Thị trấn Vũ Quang", "Xã Thọ Điền", "Xã Hương Minh", "Xã Quang Thọ"]
    (itself,) = organisations.predecessors_of("18313", on=TODAY, back_to=REFORM)
    assert itself.unit.full_name == "Xã Vũ Quang"
    part = next(item for item in organisations.predecessors_of("00565", on=TODAY, back_to=EVE) if item.unit.code == "00583")
    assert (part.kind, part.share, part.is_default) == (SuccessionKind.SPLIT, None, False)


def test_island_districts_without_communes_became_special_zones() -> None:
    (zone,) = organisations.successors_of("498", before=REFORM)
    assert (zone.unit.full_name, zone.kind, zone.share) == ("Đặc khu Hoàng Sa", SuccessionKind.REPLACED, 1)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the reference data that a test may spoil."""
    shutil.copytree(SEEDS / "organisations", tmp_path / "organisations")
    return tmp_path


def test_loading_again_changes_nothing_and_places_every_row() -> None:
    report = organisations.seed(folder=SEEDS, progress=quiet)
    assert (report.created, report.changed, report.left_to_office, report.unplaced) == (0, 0, 0, ())
    assert (report.read["communes"], report.read["communes_map"]) == (3_321, 10_602)


def test_files_win_over_their_own_rows_and_leave_those_of_the_office(small: Path) -> None:
    mine, theirs = organisations.unit("18313", on=TODAY), organisations.unit("18322", on=TODAY)
    organisations.rename_unit(actor=SYSTEM, at=AT, unit_id=mine.id, type_word="Phường", name="Vũ Quang", on=date(2026, 10, 1))
    path = small / "organisations" / "communes.csv"
    text = (
        path.read_text(encoding="utf-8")
        .replace("18313,Xã,Vũ Quang", "18313,Xã,Vũ Quang X")
        .replace("18322,Xã,Mai Hoa", "18322,Xã,Mai Hoa X")
    )
    path.write_text(text, encoding="utf-8")
    report = organisations.seed(folder=small, progress=quiet)
    assert report.left_to_office == 1
    assert report.created == 0
    assert organisations.unit_on(mine.id, TODAY).full_name == "Phường Vũ Quang"
    assert organisations.unit_on(theirs.id, TODAY).full_name == "Xã Mai Hoa X"
    assert [item.full_name for item in organisations.titles_of(mine.id)] == ["Xã Vũ Quang", "Phường Vũ Quang"]
    again = organisations.seed(folder=small, progress=quiet)
    assert (again.created, again.changed) == (0, 0)


def test_a_row_without_place_is_told_and_a_missing_unit_is_kept(small: Path) -> None:
    path = small / "organisations" / "communes.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("18313,")]
    path.write_text("\n".join([*lines, "18314,Xã,Không Tỉnh,43,1,18.3,105.4"]), encoding="utf-8")
    told: list[str] = []
    report = organisations.seed(folder=small, progress=told.append)
    reasons = " ".join(item.reason for item in report.unplaced)
    assert "43" in reasons
    assert "không còn trong tệp" in reasons
    assert any("18314" in line for line in told)
    assert organisations.unit("18313", on=TODAY).full_name == "Xã Vũ Quang"


@pytest.mark.parametrize("spoil", ["missing", "binary", "ragged", "no day"])
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_written(small: Path, spoil: str) -> None:
    path = small / "organisations" / "communes.csv"
    if spoil == "missing":
        path.unlink()
    elif spoil == "binary":
        path.write_bytes(b"\xff\xfe\x00PK")
    elif spoil == "ragged":
        path.write_text(path.read_text(encoding="utf-8") + "18314,Xã\n", encoding="utf-8")
    else:
        manifest = small / "organisations" / "manifest.toml"
        manifest.write_text(manifest.read_text(encoding="utf-8").replace("day = 2025-07-01", 'day = "hôm nay"'), encoding="utf-8")
    with pytest.raises(Refused, match=r"[Tt]ham chiếu|số cột"):
        organisations.seed(folder=small, progress=quiet)
    assert organisations.unit("18313", on=TODAY).full_name == "Xã Vũ Quang"
