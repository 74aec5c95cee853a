"""The day strip: worktime's explanation turned into cells, long spans shortened in the middle."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.web.ui.shapes import DayCell
from cchc.web.ui.vietnamese import day_long, weekday_short

KINDS = {"start": "start", "counted": "on", "off": "off", "holiday": "hol", "makeup": "on", "due": "due"}
WEEK = 7
LONGEST_GRID = 5 * WEEK
LONGEST_STRIP = 11


def cells(days: Sequence[Any], *, today: date | None = None, strip: bool = False) -> list[DayCell]:
    """Return the cells of a strip (one line) or a grid (weeks below each other, Monday first).

    ``days`` are worktime's ``DayLine`` values: date, role, ordinal, note. A span of more than five weeks (eleven days on one
    line) keeps its beginning and its end; one cell between them says how many days are left out and how many of them counted.
    """
    if strip:
        head, middle, tail = _cut(days, longest=LONGEST_STRIP, first=4, last=5)
    else:
        head, middle, tail = _cut_weeks(days)
    result = [_cell(line, today=today) for line in head]
    if middle:
        result.append(_gap(middle))
    result += [_cell(line, today=today) for line in tail]
    if strip or not result:
        return result
    return [_placed(cell, is_first=index == 0) for index, cell in enumerate(result)]


def _cut(days: Sequence[Any], *, longest: int, first: int, last: int) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    if len(days) <= longest:
        return days, [], []
    return days[:first], days[first:-last], days[-last:]


def _cut_weeks(days: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    """Cut between weeks, so that the columns keep their weekdays."""
    if len(days) <= LONGEST_GRID:
        return days, [], []
    first = 2 * WEEK - days[0].date.weekday()
    last = WEEK + days[-1].date.weekday() + 1
    return days[:first], days[first:-last], days[-last:]


def _cell(line: Any, *, today: date | None) -> DayCell:
    role = str(line.role)
    return DayCell(
        kind=KINDS.get(role, "off"),
        top=weekday_short(line.date),
        number=str(line.date.day),
        caption=_caption(role, line.ordinal),
        column=line.date.weekday() + 1,
        is_now=line.date == today,
        title=f"{day_long(line.date)}: {line.note}" if line.note else day_long(line.date),
    )


def _caption(role: str, ordinal: int | None) -> str:
    if role == "start":
        return _("nhận")
    if role == "holiday":
        return _("nghỉ lễ")
    if role == "off":
        return _("nghỉ")
    if ordinal:
        return _("ngày %(ordinal)s") % {"ordinal": ordinal}
    return _("trả") if role == "due" else _("tính")


def _gap(middle: Sequence[Any]) -> DayCell:
    counted = sum(1 for line in middle if KINDS.get(str(line.role)) == "on")
    text = ngettext("… %(days)s ngày, %(counted)s ngày tính …", "… %(days)s ngày, %(counted)s ngày tính …", len(middle))
    return DayCell(kind="gap", top="", number="", caption=text % {"days": len(middle), "counted": counted})


def _placed(cell: DayCell, *, is_first: bool) -> DayCell:
    """Only the first cell of the grid needs its column; the rest follow."""
    if is_first or cell.kind == "gap":
        return DayCell(**{**cell.__dict__, "is_first": is_first})
    return cell
