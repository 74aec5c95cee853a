"""A set of criteria is checked whole before anybody is scored by it; the set of Decision 766/QĐ-TTg is such a set."""

from datetime import date
from decimal import Decimal

import pytest

from cchc.kernel.errors import Invalid, NotFound
from cchc.scoring import api as scoring
from cchc.scoring.api import CodeOrigin, Confidence, IfEmpty, RuleKind
from tests.scoring.sets import criterion, data, small_set

QD766 = {
    "transparency": (18, {"PUBLISH_ON_TIME": 6, "PUBLIC_UPDATE_ON_TIME": 4, "PUBLIC_CONTENT_FULL": 2, "DOSSIER_SYNC": 6}),
    "progress": (20, {"PROGRESS_ON_TIME": 20}),
    "online": (12, {"ONLINE_FORMALITY": 2, "ONLINE_FORMALITY_USED": 4, "ONLINE_DOSSIER": 6}),
    "payment": (10, {"PAID_ONLINE_DOSSIER": 6, "PAID_ONLINE_FORMALITY": 2, "PAYMENT_READY_FORMALITY": 2}),
    "digitisation": (
        22,
        {
            "ORIGINAL_RESULT_AVAILABLE": 6,
            "SO_HOA_GIAY_TO_GIAI_QUYET": 4,
            "ELECTRONIC_CERTIFIED_COPY": 2,
            "REUSED_DIGITIZED_DATA": 2,
            "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": 4,
            "CITIZEN_DATA_CONNECTED_DOSSIER": 2,
            "CITIZEN_DATA_CONNECTED_FORMALITY": 2,
        },
    ),
    "satisfaction": (
        18,
        {
            "PETITION_CLASSIFICATION_TTHC": 0,
            "PETITION_CLASSIFICATION_STAFF": 0,
            "PETITION_PROCESSING_ON_TIME": 6,
            "PETITION_HANDLING_SATISFACTION": 6,
            "DOSSIER_RECEIVING_SATISFACTION": 6,
        },
    ),
}


def problems(*criteria, **more):
    with pytest.raises(Invalid) as refusal:
        small_set(*criteria, **more)
    return list(refusal.value.problems.values())


def test_qd766_has_its_groups_criteria_and_maxima():
    found = scoring.reference_set("qd766")
    assert (found.maximum, found.since) == (100, date(2022, 6, 23))
    assert {
        group.code: (group.maximum, {each.code: each.maximum for each in found.of_group(group.code)}) for group in found.groups
    } == QD766


def test_qd766_says_when_a_ratio_is_full_and_what_nothing_is_worth():
    found = scoring.reference_set("qd766")
    assert {each.kind for each in found.criteria} == {RuleKind.RATIO}
    early = {each.code: each.rule.full_at for each in found.criteria if each.rule.full_at != 1}
    assert early == {
        "ONLINE_FORMALITY": Decimal("0.8"),
        "ONLINE_DOSSIER": Decimal("0.5"),
        "PAID_ONLINE_FORMALITY": Decimal("0.8"),
        "PAYMENT_READY_FORMALITY": Decimal("0.8"),
        "REUSED_DIGITIZED_DATA": Decimal("0.8"),
        "DOSSIER_RECEIVING_SATISFACTION": Decimal("0.9"),
    }
    of_group = {"transparency": IfEmpty.LEFT_OUT, "digitisation": IfEmpty.LEFT_OUT}
    special = {"PETITION_PROCESSING_ON_TIME": IfEmpty.FULL, "PETITION_HANDLING_SATISFACTION": IfEmpty.FULL}
    special |= {"PETITION_CLASSIFICATION_TTHC": IfEmpty.LEFT_OUT, "PETITION_CLASSIFICATION_STAFF": IfEmpty.LEFT_OUT}
    for each in found.criteria:
        assert each.rule.if_empty is special.get(each.code, of_group.get(each.group, IfEmpty.ZERO)), each.code


def test_qd766_marks_what_is_ours():
    found = scoring.reference_set("qd766")
    ours = {each.code for each in found.criteria if each.code_origin is CodeOrigin.OURS}
    assert ours == {code for group in ("progress", "online", "payment") for code in QD766[group][1]}
    assert {each.if_empty_confidence for each in found.of_group("online")} == {Confidence.OURS}
    assert Confidence.READ not in {each.confidence for each in found.criteria}, "nobody has read the Decision's annex yet"


def test_an_unknown_set_is_refused():
    with pytest.raises(NotFound, match="Không có bộ tiêu chí «qd1»"):
        scoring.reference_set("qd1")


def test_a_maximum_typed_wrong_is_found_by_its_group():
    right = data(criterion("A", Decimal("10.5")), criterion("B", Decimal("9.5")))
    assert scoring.parse_set(right).maximum == 20
    right["criterion"][0]["max"] = Decimal("10.05")
    with pytest.raises(Invalid, match=r"Nhóm «one» ghi tối đa 20\.0, các tiêu chí cộng lại được 19\.55"):
        scoring.parse_set(right)


def test_groups_must_add_up_to_the_whole():
    said = problems(criterion("A", Decimal(40)), criterion("B", Decimal(50), "two"), max=100)
    assert said == ["Bộ tiêu chí ghi tối đa 100, các nhóm cộng lại được 90."]


def test_a_binary_float_is_no_maximum():
    found = data(criterion("A", Decimal("10.5")))
    found["criterion"][0]["max"] = 10.5
    with pytest.raises(Invalid, match="«max» phải là số thập phân"):
        scoring.parse_set(found)


def test_everything_wrong_is_told_at_once():
    said = problems(
        criterion("A", Decimal(1), confidence="chắc"),
        criterion("B", Decimal(1), name=" "),
        criterion("C", Decimal(1), scope=["huyen"]),
        sum_of="nothing",
    )
    assert said == [
        "Tiêu chí «A»: «confidence» phải là một trong: read, portal, reported, ours.",
        "Tiêu chí «B»: thiếu «name».",
        "Tiêu chí «C»: «scope» phải là danh sách gồm: tinh, xa.",
        "Bộ tiêu chí: «sum_of» phải là một trong: rounded, exact.",
    ]


def test_a_code_is_used_once_and_a_group_exists():
    assert problems(criterion("A", Decimal(1)), criterion("A", Decimal(2))) == ["Mã «A» dùng hai lần."]
    assert problems(criterion("one", Decimal(1))) == ["Mã «one» dùng hai lần."]
    stray = data(criterion("A", Decimal(1)))
    stray["criterion"][0]["group"] = "two"
    with pytest.raises(Invalid, match="Tiêu chí «A» thuộc nhóm «two» không có trong bộ"):
        scoring.parse_set(stray)


@pytest.mark.parametrize("places", [-1, 7, Decimal(2), True, None])
def test_places_are_a_small_whole_number(places):
    assert problems(criterion("A", Decimal(1)), places=places) == ["Bộ tiêu chí: «places» phải là số nguyên từ 0 đến 6."]


def test_it_says_since_when_it_holds():
    assert problems(criterion("A", Decimal(1)), since="23/6/2022") == ["Bộ tiêu chí: «since» phải là ngày, ví dụ 2022-06-23."]


def test_an_empty_set_is_refused():
    assert problems() == ["Bộ tiêu chí cần ít nhất một [[group]].", "Bộ tiêu chí cần ít nhất một [[criterion]]."]
