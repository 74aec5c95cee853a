"""Scoring gives points of criteria, groups and the whole, rounded as the set says."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.kernel.errors import Invalid
from cchc.scoring import api as scoring
from cchc.scoring.api import Ratio
from tests.scoring.sets import criterion, scored, small_set


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(1, 8), "0.13"),
        (Fraction(-1, 8), "-0.13"),
        (Fraction(3, 8), "0.38"),
        (Fraction(5, 8), "0.63"),
        (Fraction(1005, 1000), "1.01"),
        (Fraction(2675, 1000), "2.68"),
        (Fraction(2674999, 1000000), "2.67"),
        (Fraction(-2675, 1000), "-2.68"),
        (Fraction(0), "0.00"),
        (Fraction(6), "6.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value, expected):
    assert str(scoring.rounded(value, 2)) == expected


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(min_value=0, max_value=6))
def test_rounding_is_never_more_than_half_a_step_off(value, places):
    found = Fraction(scoring.rounded(value, places))
    assert abs(found - value) <= Fraction(1, 2 * 10**places)
    assert (found * 10**places).denominator == 1
    assert scoring.rounded(-value, places) == -scoring.rounded(value, places)


def test_a_ratio_with_a_half_is_rounded_as_the_portal_does():
    # 9 of 36 is 0.625 of 2 points full at 80 %; the portal prints a payment that needs 0.63 (xã Lâm Thao, August 2026).
    found = scored(scoring.reference_set("qd766"), PAYMENT_READY_FORMALITY=Ratio(9, 36))
    assert found.metrics["PAYMENT_READY_FORMALITY"] == Decimal("0.63")
    assert found.exact["PAYMENT_READY_FORMALITY"] == Fraction(5, 8)


def test_what_is_added_up_is_the_sets_choice():
    thirds = {code: Ratio(1, 3) for code in ("A", "B", "C")}
    rows = [criterion(code, Decimal(1)) for code in thirds]
    assert scored(small_set(*rows, sum_of="rounded"), **thirds).total == Decimal("0.99")
    assert scored(small_set(*rows, sum_of="exact"), **thirds).total == Decimal("1.00")


def test_a_criterion_without_facts_is_not_mentioned():
    criteria_set = small_set(criterion("A", Decimal(2)), criterion("B", Decimal(3), "two"), criterion("C", Decimal(5), "two"))
    found = scored(criteria_set, C=Ratio(1, 2))
    assert found.metrics == {"C": Decimal("2.50")}
    assert found.groups == {"two": Decimal("2.50")}
    assert (found.total, found.out_of, found.groups_out_of) == (Decimal("2.50"), 5, {"two": 5})


def test_a_criterion_left_out_is_there_without_points_and_without_its_maximum():
    criteria_set = small_set(criterion("A", Decimal(2)), criterion("B", Decimal(3)), criterion("C", Decimal(5), "two"))
    found = scored(criteria_set, A=Ratio(0, 0), B=Ratio(1, 3), C=Ratio(0, 0))
    assert found.metrics == {"A": None, "B": Decimal("1.00"), "C": None}
    assert found.groups == {"one": Decimal("1.00"), "two": Decimal("0.00")}
    assert (found.total, found.out_of, found.groups_out_of) == (Decimal("1.00"), 3, {"one": 3, "two": 0})


def test_what_is_only_watched_has_no_points():
    found = scored(small_set(criterion("A", Decimal(0), if_empty="zero"), criterion("B", Decimal(1))), A=Ratio(1, 2), B=Ratio(1, 2))
    assert found.metrics == {"A": None, "B": Decimal("0.50")}


def test_the_order_is_that_of_the_set():
    criteria_set = small_set(criterion("B", Decimal(1)), criterion("A", Decimal(1)))
    assert list(scored(criteria_set, A=Ratio(1, 1), B=Ratio(1, 1)).metrics) == ["B", "A"]


def test_facts_of_no_criterion_are_refused():
    with pytest.raises(Invalid, match="Bộ tiêu chí «Bộ thử» không có chỉ tiêu «Z»"):
        scored(small_set(criterion("A", Decimal(1))), Z=Ratio(1, 1))


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_points_stay_between_zero_and_the_maximum(numerator, denominator):
    criteria_set = scoring.reference_set("qd766")
    found = scored(criteria_set, **{each.code: Ratio(numerator, denominator) for each in criteria_set.criteria})
    for each in criteria_set.criteria:
        points = found.metrics[each.code]
        assert points is None or 0 <= points <= each.maximum
    assert found.total == sum(found.groups.values())
    assert 0 <= found.total <= 100


def test_everything_full_is_a_hundred():
    criteria_set = scoring.reference_set("qd766")
    found = scored(criteria_set, **{each.code: Ratio(1, 1) for each in criteria_set.criteria})
    assert (found.total, found.out_of) == (100, 100)
    assert found.groups == {group.code: group.maximum for group in criteria_set.groups}
