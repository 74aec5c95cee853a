"""A slow second opinion: the law of deadlines written again, a day and a minute at a time, from plain dictionaries.

It shares no code with ``cchc.worktime``; where the two disagree, one of them is wrong.
"""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta


@dataclass
class World:
    """``week`` maps a weekday to its counted (from, to) minutes; ``off`` are days off, ``makeup`` maps a day to the day replaced."""

    week: dict[int, list[tuple[int, int]]]
    off: set[date]
    makeup: dict[date, date]
    result_minute: int | None = None
    results_on_makeup: bool = True
    cutoff: int | None = None
    _worked: dict[date, list[int]] = field(default_factory=dict)

    def worked(self, day: date) -> list[int]:
        """Return the minutes of the day that are worked, each of them."""
        if day not in self._worked:
            self._worked[day] = self._look(day)
        return self._worked[day]

    def _look(self, day: date) -> list[int]:
        weekday = day.weekday()
        if day in self.makeup:
            replaced = self.makeup[day].weekday()
            if self.week.get(replaced):
                weekday = replaced
        elif day in self.off:
            return []
        return [minute for begins, ends in sorted(self.week.get(weekday, [])) for minute in range(begins, ends)]


def due(world: World, start: datetime, amount: int, unit: str) -> tuple[datetime, date]:
    """Return (due_at, due_date) for a naive start on a whole minute in Viet Nam time."""
    if unit == "wh":
        return _hours(world, start, amount * 60)
    day = _last_day(world, start, amount, unit)
    while not world.worked(day) or (day in world.makeup and not world.results_on_makeup):
        day += timedelta(days=1)
    closing = world.worked(day)[-1] + 1
    minute = closing if world.result_minute is None or world.result_minute > closing else world.result_minute
    return datetime.combine(day, time()) + timedelta(minutes=minute), day


def settled(world: World, due_at: datetime, day: date, unit: str) -> tuple[datetime, date]:
    """Return where a promise goes on a changed calendar: nowhere while it can be kept on its day."""

    def can_be_kept(on: date) -> bool:
        return bool(world.worked(on)) and (unit == "wh" or world.results_on_makeup or on not in world.makeup)

    first = day
    while not can_be_kept(day):
        day += timedelta(days=1)
    if day == first:
        return due_at, day
    minutes = world.worked(day)
    ends = [minute + 1 for minute in minutes if minute + 1 not in minutes]
    if unit != "wh":
        minute = min(world.result_minute or ends[-1], ends[-1])
    else:
        asked = due_at.hour * 60 + due_at.minute
        # The instant itself inside a session or at its end; else the end before it; else the opening.
        fits = [minute for minute in [*minutes, *ends] if minute <= asked]
        minute = max(fits, default=minutes[0])
    return datetime.combine(day, time()) + timedelta(minutes=minute), day


def minutes_between(world: World, start: datetime, end: datetime) -> int:
    """Return how many whole minutes are worked from start to before end."""
    count, moment = 0, start
    while moment < end:
        if moment.hour * 60 + moment.minute in world.worked(moment.date()):
            count += 1
        moment += timedelta(minutes=1)
    return count


def _hours(world: World, start: datetime, wanted: int) -> tuple[datetime, date]:
    day, done = start.date(), 0
    earliest = start.hour * 60 + start.minute
    while True:
        for minute in world.worked(day):
            if minute < earliest:
                continue
            done += 1
            if done == wanted:
                end = datetime.combine(day, time()) + timedelta(minutes=minute + 1)
                return end, day
        day, earliest = day + timedelta(days=1), 0


def _last_day(world: World, start: datetime, amount: int, unit: str) -> date:
    day = start.date()
    if unit == "m":
        year, month = day.year, day.month
        for _ in range(amount):
            month += 1
            if month == 13:
                year, month = year + 1, 1
        longest = calendar.monthrange(year, month)[1]
        return date(year, month, min(day.day, longest))
    if unit == "wd" and amount == 0:
        minute = start.hour * 60 + start.minute
        worked = world.worked(day)
        if worked and minute <= worked[-1] and (world.cutoff is None or minute <= world.cutoff):
            return day
        amount = 1
    counted = 0
    while counted < amount:
        day += timedelta(days=1)
        if unit == "d" or world.worked(day):
            counted += 1
    return day
