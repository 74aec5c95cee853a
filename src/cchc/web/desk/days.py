"""The day strip in a narrow place: up to a week it simply follows on, longer spans keep their weekdays below each other."""

from datetime import date

from cchc.web.ui.days import WEEK, cells
from cchc.web.ui.shapes import DayCell
from cchc.worktime import api as worktime


def strip_cells(told: worktime.Explanation, *, today: date) -> list[DayCell]:
    """Return the cells of an explanation for a grid of seven columns."""
    return cells(told.days, today=today, strip=len(told.days) <= WEEK)
