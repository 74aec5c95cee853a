"""The points that the national portal published for Phú Thọ, August 2026, are found again to the hundredth."""

from decimal import Decimal
from pathlib import Path

import pytest

from cchc.kernel.errors import Invalid
from cchc.scoring import api as scoring

DATA = Path(__file__).resolve().parents[1] / "data" / "scoring"
PERIOD = "2026-08"


@pytest.fixture(scope="module")
def scored():
    criteria_set = scoring.reference_set("qd766")
    facts = scoring.parse_facts((DATA / "phu_tho_2026-08.csv").read_text(encoding="utf-8"), criteria_set)
    return [scoring.score(criteria_set, each) for each in facts.units]


@pytest.fixture(scope="module")
def published():
    text = (DATA / "phu_tho_2026-08_published.csv").read_text(encoding="utf-8")
    return scoring.parse_published(text, scoring.reference_set("qd766"))


def test_every_published_value_is_ours(scored, published):
    found = scoring.compare({PERIOD: scored}, published)
    assert len(found) == len(published) > 100
    assert [each for each in found if not each.agrees] == []
    assert {each.item for each in found} >= {"progress", "payment", "satisfaction", "digitisation", "transparency", "online"}


def test_the_published_nulls_are_among_them(published):
    left_out = {(each.unit, each.item) for each in published if each.value is None}
    assert {("H44", "PUBLISH_ON_TIME"), ("H44.01", "DOSSIER_SYNC"), ("H44.01", "REUSED_DIGITIZED_DATA")} <= left_out
    assert ("H44.01", "DOSSIER_RECEIVING_SATISFACTION") not in left_out


def test_only_the_sum_of_rounded_points_is_the_portals(scored, published):
    groups = [each for each in scoring.compare({PERIOD: scored}, published) if each.item == "payment"]
    by_unit = {each.unit: each for each in scored}
    exact = [
        scoring.rounded(sum(by_unit[each.unit].exact[code] for code in by_unit[each.unit].exact if code.startswith("PA")), 2)
        for each in groups
    ]
    assert len(groups) == 35
    assert sum(mine != each.published for mine, each in zip(exact, groups, strict=True)) == 8


def test_a_difference_is_ours_less_theirs(scored):
    text = "unit,period,item,value\nH44,2026-08,progress,15.6\nH44,2026-07,progress,15.6\nH9,2026-08,total,\nH44,2026-08,PUBLISH_ON_TIME,\n"
    theirs = scoring.parse_published(text + 'H44,2026-08,payment,"6,25"\n', scoring.reference_set("qd766"))
    off, other_period, other_unit, left_out, same = scoring.compare({PERIOD: scored}, theirs)
    assert (off.difference, off.agrees, off.ours) == (Decimal("0.08"), False, Decimal("15.68"))
    assert (other_period.ours, other_period.difference, other_period.agrees) == (None, None, False)
    assert (other_unit.known, other_unit.agrees) == (False, False)
    assert (left_out.known, left_out.difference, left_out.agrees) == (True, None, True)
    assert (same.difference, same.agrees) == (0, True)


def test_a_published_file_is_refused_with_every_place():
    text = "unit,period,item,value\n,2026-08,total,1\nA,,nothing,x\nA,2026-08,total,1\nA,2026-08,total,2\n"
    with pytest.raises(Invalid) as refusal:
        scoring.parse_published(text, scoring.reference_set("qd766"))
    assert list(refusal.value.problems.values()) == [
        "Dòng 2, cột unit: để trống.",
        "Dòng 3, cột period: để trống.",
        "Dòng 3, cột item: «nothing» không phải mã chỉ tiêu, mã nhóm hoặc «total».",
        "Dòng 3, cột value: «x» không phải số, ví dụ 15.68.",
        "Dòng 5, cột item: «A», kỳ «2026-08» đã có «total» ở dòng 4.",
    ]
