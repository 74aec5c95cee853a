"""Filled forms … (sums, totals, checks, what is refused, and what changed between two periods)."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.period import Period
from cchc.reports import api as reports
from tests.reports.samples import QUARTER, filled, form, header

BASE = {
    "online": 5,
    "counter_post": 6,
    "carried_over": 2,
    "done_early": 3,
    "done_on_time": 4,
    "done_late": 3,
    "open_in_term": 2,
    "open_overdue": 1,
}


def of(*rows, **more):
    return reports.fill(form("ii06a"), header(), rows, **more)


def test_sums_are_those_of_the_formulas():
    cells = of(("Đất đai", BASE)).rows[0].cells
    assert (cells["received"], cells["done"], cells["open"]) == (13, 10, 3)
    assert (cells["ordinal"], cells["label"]) == (1, "Đất đai")


def test_totals_add_every_row():
    totals = of(("Đất đai", BASE), ("Hộ tịch", {**BASE, "online": 0})).totals
    assert totals.label == "Tổng số"
    assert (totals.cells["online"], totals.cells["received"], totals.cells["open_overdue"]) == (5, 21, 2)
    assert totals.cells["ordinal"] is None


def test_numbers_that_agree_are_said_to():
    made = of(("Đất đai", BASE))
    assert made.check_lines == ("Kiểm tra: (3) = (7) + (11): 13 = 13, khớp.",)
    assert made.as_json()["identity"][0]["difference"] == 0


def test_a_difference_is_shown_with_its_rows_and_what_explains_it():
    made = of(("Đất đai", {**BASE, "online": 9}), ("Hộ tịch", BASE), explanations=[("dừng xử lý, rút hồ sơ", 3)])
    assert made.check_lines == (
        "Kiểm tra: (3) = (7) + (11): 30 so với 26, chênh lệch 4.",
        "Dòng chênh lệch: Đất đai (+4).",
        "Chênh lệch gồm: dừng xử lý, rút hồ sơ: 3.",
        "Còn chênh lệch 1 chưa rõ nguyên nhân.",
    )
    found = made.as_json()["identity"][0]
    assert (found["difference"], found["unexplained"], found["rows"]) == (4, 1, [{"label": "Đất đai", "difference": 4}])


def test_rows_that_only_cancel_out_are_named_too():
    lines = of(("Đất đai", {**BASE, "online": 9}), ("Hộ tịch", {**BASE, "online": 1})).check_lines
    assert lines == (
        "Kiểm tra: (3) = (7) + (11): 26 so với 26, khớp ở dòng tổng.",
        "Dòng chênh lệch: Đất đai (+4); Hộ tịch (-4).",
    )


def test_no_row_is_no_occurrence():
    made = of()
    assert reports.printed_rows(made)[0] is None
    assert made.totals.cells["received"] == 0
    assert made.as_json()["rows"] == []


def test_no_data_is_not_zero():
    made = of(("Đất đai", BASE), reports.Row("Hộ tịch", None))
    assert made.rows[1].cells["received"] is None
    assert made.totals.cells["received"] == 13
    assert made.notes == ("Chưa có số liệu: Hộ tịch (không cộng vào tổng số).",)


def test_names_are_cleaned():
    assert of(("  Ðất\u00a0 đai ", BASE)).rows[0].label == "Đất đai"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("Đất đai", {key: value for key, value in BASE.items() if key != "online"})], "(4)"),
        ([("Đất đai", {**BASE, "received": 13})], "received"),
        ([("Đất đai", {**BASE, "online": -1})], "-1"),
        ([("Đất đai", {**BASE, "online": True})], "True"),
        ([("Đất đai", {**BASE, "online": 1.5})], "1.5"),
        ([("Đất đai", BASE), ("Đất đai", BASE)], "hai lần"),
        ([("  ", BASE)], "không có tên"),
        ([reports.Row("Đất đai", BASE, {"note": "x"})], "note"),
    ],
)
def test_what_is_no_number_of_the_form_is_refused(rows, words):
    with pytest.raises(Invalid) as caught:
        of(*rows)
    assert words in caught.value.problems["rows"]


def test_one_label_may_stand_twice_under_two_keys():
    made = of(reports.Row("Tân Tiến", BASE, key="01"), reports.Row("Tân Tiến", BASE, key="02"))
    assert [row.key for row in made.rows] == ["01", "02"]


def test_a_period_without_end_is_refused():
    endless = reports.Header(reporter="Xã Vũ Quang", receiver="", period_label="quý III", period=Period(QUARTER.start))
    with pytest.raises(Invalid) as caught:
        reports.fill(form("ii06a"), endless, [])
    assert set(caught.value.problems) == {"period"}


def test_the_period_is_written_with_both_days():
    assert of().as_json()["header"]["period_line"] == "Quý III năm 2026 (từ ngày 15/6/2026 đến ngày 14/9/2026)"


def test_plain_data_survive_json_and_hold_the_marks():
    made = filled("ii07a").as_json()
    assert json.loads(json.dumps(made)) == made
    assert json.loads(reports.to_json(filled("ii07a"))) == made
    assert any(mark["confidence"] == "inferred" for mark in made["marks"])
    assert made["columns"][3]["columns"][0]["columns"][0]["formula"] == "(7)+(8)"


COUNTS = st.integers(min_value=0, max_value=10**9)
VALUES = st.none() | st.fixed_dictionaries(dict.fromkeys(BASE, COUNTS))


@given(st.lists(VALUES, max_size=8))
def test_any_rows_add_up(values):
    made = of(*(reports.Row(f"Lĩnh vực {index}", value) for index, value in enumerate(values)))
    known = [value for value in values if value is not None]
    for key in BASE:
        assert made.totals.cells[key] == sum(value[key] for value in known)
    cells = made.totals.cells
    assert cells["received"] == cells["online"] + cells["counter_post"] + cells["carried_over"]
    assert cells["done"] == cells["done_early"] + cells["done_on_time"] + cells["done_late"]
    assert cells["open"] == cells["open_in_term"] + cells["open_overdue"]
    assert made.identity[0].difference == cells["received"] - cells["done"] - cells["open"]
    assert made.identity[0].difference == sum(difference for _, difference in made.identity[0].rows)


@given(st.lists(VALUES, max_size=5), st.lists(VALUES, max_size=5))
def test_differences_are_ranked_and_turn_round(now, before):
    forms = [of(*(reports.Row(f"Dòng {i}", value) for i, value in enumerate(values))) for values in (now, before)]
    there, back = reports.differences(*forms), reports.differences(*reversed(forms))
    for found in (there.totals, there.rows):
        sizes = [abs(difference.change) for difference in found]
        assert sizes == sorted(sizes, reverse=True)
    assert sorted((d.number, d.change) for d in there.totals) == sorted((d.number, -d.change) for d in back.totals)
    for difference in there.totals:
        assert difference.change == sum(row.change for row in there.rows if row.column == difference.column)


def test_a_change_is_said_in_a_sentence():
    now = of(("Đất đai", {**BASE, "done_late": 10}), ("Hộ tịch", {**BASE, "done_late": 5}))
    before = of(("Đất đai", {**BASE, "done_late": 1}), ("Hộ tịch", {**BASE, "done_late": 2}))
    found = reports.differences(now, before)
    late = next(difference for difference in found.totals if difference.column == "done_late")
    assert late.sentence == "Hồ sơ đã giải quyết quá hạn tăng 12 (từ 3 lên 15), chủ yếu do lĩnh vực Đất đai (+9)."
    assert (late.change, late.percent) == (12, Decimal("400.0"))
    assert found.rows[0].sentence == "Lĩnh vực Đất đai: hồ sơ đã giải quyết tăng 9 (từ 8 lên 17)."
    assert found.totals[-1].sentence.endswith("không đổi (2).")


def test_no_row_is_blamed_that_makes_less_than_half():
    names = ("Đất đai", "Hộ tịch", "Chứng thực")
    now, before = (of(*((name, {**BASE, "online": value}) for name in names)) for value in (3, 9))
    sentence = next(d.sentence for d in reports.differences(now, before).totals if d.column == "online")
    assert sentence == "Hồ sơ tiếp nhận trực tuyến trong kỳ giảm 18 (từ 27 xuống 9), nhiều nhất là lĩnh vực Đất đai (-6)."


def test_nothing_before_has_no_percentage():
    found = reports.differences(of(("Đất đai", BASE)), of())
    assert {difference.percent for difference in found.totals} == {None}
    assert found.as_json()["totals"][0]["percent"] is None


def test_what_was_not_reported_has_not_fallen():
    found = reports.differences(of(("Đất đai", BASE), reports.Row("Hộ tịch", None)), of(("Đất đai", BASE), ("Hộ tịch", BASE)))
    assert {difference.change for difference in found.totals} == {0}
    assert found.notes == ("Không so sánh vì chưa có số liệu một trong hai kỳ: Hộ tịch.",)


def test_two_forms_with_other_columns_are_not_compared():
    with pytest.raises(Refused, match="cột khác nhau"):
        reports.differences(filled("ii06a"), filled("ii07a"))
