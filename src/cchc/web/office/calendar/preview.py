"""What an edit of the calendar would do, before it is made: which days change, and which open promises would move, by unit."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime

# A clock of a case says whose case it is: the code of a case begins with the code of its agency.
_AGENCY = re.compile(r"case:([A-Y][0-9A-Z.]*)-")


@dataclass(frozen=True)
class DayChange:
    """A day, what it is and what it would be."""

    day: date
    before: str
    after: str


@dataclass(frozen=True)
class MoveLine:
    """How many open promises of a unit would go from one day to another."""

    unit: str
    before: date
    after: date
    count: int


@dataclass(frozen=True)
class Preview:
    """The whole of it; ``total`` is the number of promises that would move."""

    days: tuple[DayChange, ...]
    moves: tuple[MoveLine, ...]
    total: int


def preview(*, at: datetime, add: Iterable[worktime.DayRow] = (), without: Iterable[date] = ()) -> Preview:
    """Return what the edit would do. Raises ``Refused`` when a day would have two rows. No name of a person is read."""
    now, rows, dropped = worktime.load_calendar(), tuple(add), tuple(without)
    then = now.edited(add=rows, without=dropped)
    days = sorted({*(row.day for row in rows), *dropped})
    moves = worktime.unsettled(then, unbroken_at=at)
    counted = Counter((_agency(move.stream), move.before.due_date, move.after.due_date) for move in moves)
    units = organisations.units_by_agency_code({code for code, _before, _after in counted if code}, local_date(at))
    lines = [
        MoveLine(units[code].full_name if code in units else code or _("Đồng hồ khác"), before, after, count)
        for (code, before, after), count in counted.items()
    ]
    return Preview(
        tuple(DayChange(day, what_is(now, day), what_is(then, day)) for day in days),
        tuple(sorted(lines, key=lambda line: (line.before, line.unit, line.after))),
        len(moves),
    )


def what_is(calendar: worktime.Calendar, day: date) -> str:
    """Return what a day is in words: ``ngày làm việc``, ``nghỉ hằng tuần``, or the reason of its row."""
    row = calendar.row(day)
    if row:
        return row.reason
    return _("ngày làm việc") if calendar.is_working(day) else _("nghỉ hằng tuần")


def pending_words(at: datetime) -> str:
    """Return the sentence about the promises that now lie on a day off, for the message after an edit made at ``at``."""
    count = len(worktime.unsettled(unbroken_at=at))
    if not count:
        return _("Không có lời hẹn nào phải dời.")
    return _("%(count)s lời hẹn rơi vào ngày nghỉ sẽ dời sang ngày làm việc kế tiếp; người nộp được báo.") % {"count": count}


def _agency(stream: str) -> str:
    found = _AGENCY.match(stream)
    return found[1] if found else ""
