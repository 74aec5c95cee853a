"""Random working worlds, as the rules see them and as the oracle does."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cchc.kernel.local import VIETNAM
from cchc.worktime.api import Calendar, DayKind, DayRow, Schedule, Session, TimeLimit
from tests.worktime import oracle

FIRST = date(2026, 1, 1)
DAYS = 400
MOST = {"wd": 40, "wh": 60, "d": 60, "m": 9}


@dataclass(frozen=True)
class Case:
    """One question: a naive wall time on a whole minute, an amount and a unit."""

    start: datetime
    amount: int
    unit: str

    @property
    def limit(self) -> TimeLimit:
        """Return the limit asked."""
        return TimeLimit.parse(f"{self.amount}{self.unit}")

    @property
    def instant(self) -> datetime:
        """Return the aware start."""
        return self.start.replace(tzinfo=VIETNAM)


def random_world(chance: random.Random) -> tuple[Calendar, Schedule, oracle.World]:
    """Return a calendar, a schedule, and the same for the oracle."""
    week = {weekday: _sessions(chance) for weekday in range(7) if weekday < 5 or chance.random() < 0.25}
    if chance.random() < 0.2:
        del week[chance.randrange(5)]
    results_on_makeup = chance.random() < 0.7
    latest = max(closes for sessions in week.values() for _, closes in sessions)
    earliest = min(opens for sessions in week.values() for opens, _ in sessions)
    result = chance.choice([None, None, (earliest + latest) // 2, latest - 30])
    cutoff = chance.choice([None, 900, 13 * 60])
    rows = _rows(chance)
    schedule = Schedule(
        code="thử",
        name="thử",
        sessions=tuple(
            [Session(day, clock(a), clock(b)) for day, sessions in week.items() for a, b in sessions]
            + [Session(6, time(22), time(23), counts=False)] * (6 not in week),
        ),
        result_time=clock(result) if result is not None else None,
        results_on_makeup_days=results_on_makeup,
    )
    cutoffs = [] if cutoff is None else [(date(2020, 1, 1), clock(cutoff))]
    world = oracle.World(
        week=week,
        off={row.day for row in rows if row.kind is not DayKind.MAKEUP_WORK},
        makeup={row.day: row.for_date for row in rows if row.kind is DayKind.MAKEUP_WORK and row.for_date},
        result_minute=result,
        results_on_makeup=results_on_makeup,
        cutoff=cutoff,
    )
    return Calendar.of(rows, same_day_cutoffs=cutoffs), schedule, world


def random_case(chance: random.Random) -> Case:
    """Return a start on any minute of any day, often on an edge of a session, and a term."""
    unit = chance.choice(["wd", "wd", "wh", "wh", "d", "m"])
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    minute = chance.choice([chance.randrange(1440), chance.choice([0, 419, 420, 690, 720, 810, 900, 901, 1019, 1020, 1439])])
    least = 0 if unit == "wd" else 1
    return Case(datetime.combine(day, clock(minute)), chance.randint(least, MOST[unit]), unit)


def clock(minute: int) -> time:
    """Return the time of day of a minute."""
    return time(minute // 60, minute % 60)


def _sessions(chance: random.Random) -> list[tuple[int, int]]:
    if chance.random() < 0.5:
        return [(420, 690), (810, 1020)]
    edges = sorted(chance.sample(range(360, 1200, 15), 2 * chance.choice([1, 2, 3])))
    return list(zip(edges[::2], edges[1::2], strict=True))


def _rows(chance: random.Random) -> list[DayRow]:
    """Return days off and swaps over the first two years, one row a day."""
    rows: dict[date, DayRow] = {}
    for _ in range(chance.randrange(60)):
        day = FIRST + timedelta(days=chance.randrange(730))
        rows.setdefault(day, DayRow(day, chance.choice([DayKind.HOLIDAY, DayKind.COMPENSATORY]), "nghỉ"))
    for _ in range(chance.randrange(8)):
        off = FIRST + timedelta(days=chance.randrange(730))
        makeup = off + timedelta(days=chance.choice([-9, -2, 5, 12]))
        if off not in rows and makeup not in rows and off.weekday() < 5:
            rows[off] = DayRow(off, DayKind.SWAPPED_OFF, "hoán đổi", makeup)
            rows[makeup] = DayRow(makeup, DayKind.MAKEUP_WORK, "hoán đổi", off)
    return list(rows.values())
