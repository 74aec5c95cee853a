"""When the office is open, and the days off that are near enough to matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from cchc.kernel import local

NEAR = 7


@dataclass(frozen=True)
class Closure:
    """A stretch of days on which nobody works though the week says so."""

    first: date
    last: date
    name: str

    @property
    def is_one_day(self) -> bool:
        """Say whether it is a single day."""
        return self.first == self.last


def closures(*, calendar: Any, schedule: Any, today: date) -> list[Closure]:
    """Return the holidays among today and the next seven days, neighbours joined."""
    days = [today + timedelta(days=step) for step in range(NEAR + 1)]
    off = [day for day in days if schedule.counted[day.weekday()] and calendar.row(day) and not calendar.is_working(day)]
    stretches: list[list[date]] = []
    for day in off:
        if stretches and stretches[-1][-1] == day - timedelta(days=1):
            stretches[-1].append(day)
        else:
            stretches.append([day])
    return [Closure(days[0], days[-1], _name([calendar.name(day) for day in days])) for days in stretches]


def opening_hours(schedule: Any) -> list[str]:
    """Return lines such as ``07:00 đến 11:30 và 13:30 đến 17:00, thứ Hai đến thứ Sáu``."""
    week = [(_sessions(sessions), day) for day, sessions in enumerate(schedule.counter)]
    lines = []
    for text, group in groupby(week, key=lambda item: item[0]):
        days = [day for _text, day in group]
        if text:
            lines.append(f"{text}, {_days(days)}")
    return lines


def _name(names: Sequence[str]) -> str:
    """Return the name that is part of all the others (``Tết Nguyên Đán``), else all of them."""
    common = next((name for name in sorted(set(names), key=len) if all(name in other for other in names)), "")
    return common or ", ".join(dict.fromkeys(names))


def _sessions(sessions: Sequence[Any]) -> str:
    spans = [_("%(opens)s đến %(closes)s") % {"opens": f"{one.opens:%H:%M}", "closes": f"{one.closes:%H:%M}"} for one in sessions]
    return _(" và ").join(spans)


def _days(days: Sequence[int]) -> str:
    first, last = _(local.WEEKDAYS[days[0]]), _(local.WEEKDAYS[days[-1]])
    return first if len(days) == 1 else _("%(first)s đến %(last)s") % {"first": first, "last": last}
