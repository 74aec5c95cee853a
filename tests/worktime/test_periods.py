"""A reporting period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.kernel.errors import Refused
from cchc.worktime import api as worktime

Kind = worktime.ReportingKind


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "label"),
    [
        (Kind.MONTH, date(2026, 11, 14), date(2026, 10, 15), date(2026, 11, 14), "tháng 11 năm 2026"),
        (Kind.MONTH, date(2026, 11, 15), date(2026, 11, 15), date(2026, 12, 14), "tháng 12 năm 2026"),
        (Kind.MONTH, date(2026, 12, 15), date(2026, 12, 15), date(2027, 1, 14), "tháng 1 năm 2027"),
        (Kind.QUARTER, date(2021, 7, 1), date(2021, 6, 15), date(2021, 9, 14), "quý III năm 2021"),
        (Kind.QUARTER, date(2026, 1, 1), date(2025, 12, 15), date(2026, 3, 14), "quý I năm 2026"),
        (Kind.HALF_YEAR, date(2026, 6, 14), date(2025, 12, 15), date(2026, 6, 14), "6 tháng đầu năm 2026"),
        (Kind.HALF_YEAR, date(2026, 6, 15), date(2026, 6, 15), date(2026, 12, 14), "6 tháng cuối năm 2026"),
        (Kind.NINE_MONTHS, date(2021, 9, 14), date(2020, 12, 15), date(2021, 9, 14), "9 tháng năm 2021"),
        (Kind.YEAR, date(2026, 11, 23), date(2025, 12, 15), date(2026, 12, 14), "năm 2026"),
        (Kind.YEAR, date(2026, 12, 15), date(2026, 12, 15), date(2027, 12, 14), "năm 2027"),
    ],
)
def test_runs_from_the_15th_to_the_14th(kind, day, first, last, label):
    found = worktime.reporting_period(kind, containing=day)
    assert (found.period.start, found.period.last, found.label) == (first, last, label)


@given(st.sampled_from(list(Kind)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_contains_its_day_and_is_found_again_by_its_number(kind, day):
    if kind is Kind.NINE_MONTHS and worktime.reporting_period(Kind.QUARTER, containing=day).number == 4:
        with pytest.raises(Refused, match="quý IV"):
            worktime.reporting_period(kind, containing=day)
        return
    found = worktime.reporting_period(kind, containing=day)
    assert day in found.period
    assert worktime.reporting_period_of(kind, year=found.year, number=found.number) == found


def test_that_a_year_does_not_have_is_refused():
    with pytest.raises(Refused, match="không có kỳ báo cáo quý thứ 5"):
        worktime.reporting_period_of(Kind.QUARTER, year=2026, number=5)
