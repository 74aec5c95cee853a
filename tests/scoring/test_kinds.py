"""A kind of rule turns what was measured into points."""

from decimal import Decimal

import pytest

from cchc.kernel.errors import Invalid, Refused
from cchc.scoring.api import Count, Level, Ratio, YesNo
from tests.scoring.sets import criterion, scored, small_set


def points(measure, maximum=Decimal(6), **rule):
    return scored(small_set(criterion("A", maximum, **rule)), A=measure).metrics["A"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(0, 5, "0.00"), (1, 2, "3.00"), (2, 3, "4.00"), (5, 5, "6.00"), (7, 5, "6.00"), (1, 7, "0.86")],
)
def test_ratio_is_linear_and_stops_at_the_maximum(numerator, denominator, expected):
    assert points(Ratio(numerator, denominator)) == Decimal(expected)


@pytest.mark.parametrize(
    ("numerator", "expected"),
    [(0, "0.00"), (40, "3.00"), (79, "5.93"), (80, "6.00"), (81, "6.00"), (100, "6.00")],
)
def test_ratio_is_full_from_full_at_on(numerator, expected):
    assert points(Ratio(numerator, 100), full_at=Decimal("0.8")) == Decimal(expected)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"if_empty": "zero"}, Decimal("0.00")),
        ({"if_empty": "full"}, Decimal("6.00")),
        ({"if_empty": "null"}, None),
        ({"if_empty": "points", "empty_points": Decimal("1.5")}, Decimal("1.50")),
    ],
)
@pytest.mark.parametrize("kind", [{"kind": "ratio"}, {"kind": "linear_threshold", "floor": Decimal("0.8")}])
def test_a_zero_denominator_is_worth_what_the_rule_says(rule, expected, kind):
    assert points(Ratio(0, 0), **rule, **kind) == expected
    assert points(Ratio(3, 0), **rule, **kind) == expected


@pytest.mark.parametrize(("numerator", "expected"), [(799, "0.00"), (800, "4.80"), (801, "4.81"), (1000, "6.00"), (1200, "6.00")])
def test_linear_threshold_jumps_at_its_floor(numerator, expected):
    assert points(Ratio(numerator, 1000), kind="linear_threshold", floor=Decimal("0.8")) == Decimal(expected)


def test_yes_or_no():
    assert points(YesNo.YES, kind="yesno") == Decimal("6.00")
    assert points(YesNo.NO, kind="yesno") == Decimal("0.00")
    assert points(YesNo.NOT_APPLICABLE, kind="yesno") is None


def test_bands_give_a_part_for_each_level():
    bands = [{"level": "Xuất sắc", "percent": 100}, {"level": "Tốt", "percent": 75}, {"level": "Hoàn thành", "percent": Decimal("50.5")}]
    found = [points(Level(name), kind="bands", bands=bands) for name in ("Xuất sắc", "Tốt", "Hoàn thành")]
    assert found == [Decimal("6.00"), Decimal("4.50"), Decimal("3.03")]
    with pytest.raises(Invalid, match="Xuất sắc, Tốt, Hoàn thành"):
        points(Level("Khá"), kind="bands", bands=bands)


@pytest.mark.parametrize(("number", "expected"), [(0, "0.00"), (3, "1.50"), (4, "2.00"), (9, "2.00")])
def test_count_stops_at_its_cap(number, expected):
    assert points(Count(number), maximum=Decimal(2), kind="count_cap", each=Decimal("0.5")) == Decimal(expected)


@pytest.mark.parametrize(
    ("rule", "measure"),
    [
        ({}, Count(1)),
        ({"kind": "linear_threshold", "floor": Decimal("0.8")}, YesNo.YES),
        ({"kind": "yesno"}, Ratio(1, 1)),
        ({"kind": "bands", "bands": [{"level": "Tốt", "percent": 75}]}, Count(1)),
        ({"kind": "count_cap", "each": Decimal(1)}, Ratio(1, 1)),
    ],
)
def test_a_measure_of_another_form_is_refused(rule, measure):
    with pytest.raises(Invalid, match="Chỉ tiêu «A» của «A»"):
        points(measure, **rule)


def test_negative_numbers_are_refused():
    for make in (lambda: Ratio(-1, 2), lambda: Ratio(1, -2), lambda: Count(-1)):
        with pytest.raises(Refused, match="không thể là số âm"):
            make()


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"full_at": Decimal(0)}, "«full_at» phải lớn hơn 0"),
        ({"full_at": Decimal(80)}, "«full_at» phải lớn hơn 0"),
        ({"full_at": 0.8}, "«full_at» phải là số thập phân"),
        ({"if_empty": "na"}, "«if_empty» phải là một trong"),
        ({"if_empty": "points"}, "«empty_points» đi cùng"),
        ({"if_empty": "zero", "empty_points": Decimal(1)}, "«empty_points» đi cùng"),
        ({"if_empty": "points", "empty_points": Decimal(7)}, "«empty_points» phải từ 0 đến 6"),
        ({"kind": "linear_threshold"}, "«floor» phải là số thập phân"),
        ({"kind": "linear_threshold", "floor": Decimal(80)}, "«floor» phải từ 0 đến 1"),
        ({"kind": "linear_threshold", "floor": Decimal("0.8"), "full_at": Decimal("0.9")}, "không dùng «full_at»"),
        ({"kind": "bands"}, "«bands» phải là danh sách"),
        ({"kind": "bands", "bands": [{"level": "", "percent": 1}]}, "cần tên và tỷ lệ"),
        ({"kind": "bands", "bands": [{"level": "Tốt", "percent": 101}]}, "cần tên và tỷ lệ"),
        ({"kind": "bands", "bands": [{"level": "Tốt", "percent": 1}, {"level": "Tốt", "percent": 2}]}, "một mức hai lần"),
        ({"kind": "count_cap", "each": Decimal(7)}, "«each» phải lớn hơn 0 và không quá điểm tối đa 6"),
        ({"kind": "council"}, "«kind» phải là một trong"),
    ],
)
def test_wrong_parameters_are_refused(rule, sentence):
    with pytest.raises(Invalid, match=sentence):
        small_set(criterion("A", Decimal(6), **rule))
