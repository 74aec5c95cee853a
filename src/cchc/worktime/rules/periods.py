"""Reporting periods: from the 15th of the month before to the 14th.

Source: Circular 01/2020/TT-VPCP as applied by the provinces (dossier §6.1): a quarter is closed from the 15th of the month before
it to the 14th of its last month, the year from 15 December to 14 December. The month, half year and nine months follow the same
pattern (inferred, unverified). ``first_day`` is the parameter to change when a new circular comes.
"""

from dataclasses import dataclass
from datetime import date

from cchc.kernel.errors import Refused
from cchc.kernel.period import Period
from cchc.worktime.terms import ReportingKind

FIRST_DAY = 15
_MONTHS = {
    ReportingKind.MONTH: 1,
    ReportingKind.QUARTER: 3,
    ReportingKind.HALF_YEAR: 6,
    ReportingKind.NINE_MONTHS: 9,
    ReportingKind.YEAR: 12,
}
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class ReportingPeriod:
    """``period`` is half-open; ``number`` counts within the ``year`` (month 1–12, quarter 1–4, half 1–2; else 1)."""

    kind: ReportingKind
    year: int
    number: int
    period: Period

    @property
    def label(self) -> str:
        """Return ``quý III năm 2026``, ``9 tháng năm 2026``."""
        names = {
            ReportingKind.MONTH: f"tháng {self.number} năm {self.year}",
            ReportingKind.QUARTER: f"quý {_QUARTERS[(self.number - 1) % 4]} năm {self.year}",
            ReportingKind.HALF_YEAR: f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}",
            ReportingKind.NINE_MONTHS: f"9 tháng năm {self.year}",
            ReportingKind.YEAR: f"năm {self.year}",
        }
        return names[self.kind]


def reporting_period(kind: ReportingKind, *, containing: date, first_day: int = FIRST_DAY) -> ReportingPeriod:
    """Return the period of that kind to which the day belongs.

    The day after the cut-off belongs to the next month. The nine months leave out the fourth quarter: a day there raises
    ``Refused(field="containing")``.
    """
    index = containing.year * 12 + containing.month - 1 + (containing.day >= first_day)
    year, month = divmod(index, 12)
    length = _MONTHS[kind]
    if kind is ReportingKind.NINE_MONTHS and month >= length:
        raise Refused(f"Ngày {containing:%d/%m/%Y} thuộc quý IV, không nằm trong kỳ báo cáo 9 tháng năm {year}.", field="containing")
    number = month // length + 1
    return reporting_period_of(kind, year=year, number=number, first_day=first_day)


def reporting_period_of(kind: ReportingKind, *, year: int, number: int = 1, first_day: int = FIRST_DAY) -> ReportingPeriod:
    """Return the ``number``-th period of a year; ``Refused(field="number")`` when the year has no such period."""
    length = _MONTHS[kind]
    if number not in range(1, 12 // length + 1):
        raise Refused(f"Năm không có kỳ báo cáo {kind.label.lower()} thứ {number}.", field="number")
    first = year * 12 + (number - 1) * length - 1  # The month before the period's first month.
    return ReportingPeriod(kind, year, number, Period(_cut(first, first_day), _cut(first + length, first_day)))


def _cut(month_index: int, first_day: int) -> date:
    year, month = divmod(month_index, 12)
    return date(year, month + 1, first_day)
