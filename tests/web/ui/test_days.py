"""The day strip."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from cchc.web.ui.days import cells


@dataclass(frozen=True)
class Line:
    date: date
    role: str
    ordinal: int | None = None
    note: str = ""


def span(first: date, count: int) -> list[Line]:
    """Return working days counted from the day after ``first``, weekends off, the last one due."""
    lines, ordinal = [Line(first, "start")], 0
    for step in range(1, count):
        day = first + timedelta(days=step)
        if day.weekday() < 5:
            ordinal += 1
            lines.append(Line(day, "counted", ordinal))
        else:
            lines.append(Line(day, "off"))
    return [*lines[:-1], Line(lines[-1].date, "due", ordinal)]


def test_each_day_says_whether_it_counted() -> None:
    friday = date(2026, 11, 20)
    lines = [
        Line(friday, "start"),
        Line(date(2026, 11, 21), "off"),
        Line(date(2026, 11, 23), "counted", 1),
        Line(date(2026, 11, 24), "holiday"),
        Line(date(2026, 11, 25), "due", 2),
    ]
    drawn = cells(lines, today=date(2026, 11, 23))
    assert [(cell.kind, cell.top, cell.number, cell.caption) for cell in drawn] == [
        ("start", "T6", "20", "nhận"),
        ("off", "T7", "21", "nghỉ"),
        ("on", "T2", "23", "ngày 1"),
        ("hol", "T3", "24", "nghỉ lễ"),
        ("due", "T4", "25", "ngày 2"),
    ]
    assert [cell.is_now for cell in drawn] == [False, False, True, False, False]


def test_the_grid_begins_in_the_column_of_its_weekday() -> None:
    drawn = cells(span(date(2026, 11, 20), 8))
    assert drawn[0].is_first
    assert drawn[0].column == 5


@pytest.mark.parametrize("start", [date(2026, 11, 16) + timedelta(days=step) for step in range(7)])
def test_a_long_span_keeps_whole_weeks_and_tells_what_is_left_out(start: date) -> None:
    lines = span(start, 90)
    drawn = cells(lines)
    gap = next(place for place, cell in enumerate(drawn) if cell.kind == "gap")
    assert len(drawn) < 40
    assert drawn[gap - 1].column == 7
    assert drawn[gap + 1].column == 1
    left_out = 90 - (len(drawn) - 1)
    assert f"{left_out} ngày" in drawn[gap].caption
    assert drawn[-1].kind == "due"


def test_a_long_strip_keeps_both_ends() -> None:
    drawn = cells(span(date(2026, 11, 20), 30), strip=True)
    assert [cell.kind for cell in drawn].count("gap") == 1
    assert len(drawn) == 10
    assert (drawn[0].kind, drawn[-1].kind) == ("start", "due")


def test_nothing_gives_nothing() -> None:
    assert cells([]) == []
