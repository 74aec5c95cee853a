"""A promise on a changed calendar: it stays while it can be kept on its day, else it moves to the next day on which it can."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM, local
from cchc.worktime import api as worktime
from tests.worktime import oracle, worlds
from tests.worktime.test_ledger import Ledger

Act = worktime.ClockAct
EDITOR = Actor(post="Quản trị hệ thống @ H27", rights=frozenset({"worktime:calendar:edit"}))
SYSTEM = Actor.system("lịch thay đổi")
MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=VIETNAM)
RULE = "Quy tắc lịch thay đổi"


def closed(*days: date) -> worktime.Calendar:
    """Return the reference calendar with these days off as well."""
    rows = [worktime.DayRow(day, worktime.DayKind.HOLIDAY, "nghỉ thêm") for day in days]
    return worktime.reference_calendar().edited(add=rows)


# --- The rule ---


@pytest.mark.parametrize(
    ("term", "start", "before", "after"),
    [
        ("1wd", "2026-11-20T09:00", "2026-11-23T17:00", "2026-11-25T17:00"),  # Tuesday 24 November is a holiday.
        ("2wd", "2026-11-20T09:00", "2026-11-25T17:00", "2026-11-25T17:00"),  # Counted over the closed day, and stays.
        ("3d", "2026-11-20T09:00", "2026-11-23T17:00", "2026-11-25T17:00"),
        ("8wh", "2026-11-20T09:00", "2026-11-23T09:00", "2026-11-25T09:00"),  # Hours keep their time of day.
        ("8wh", "2026-11-20T07:00", "2026-11-20T17:00", "2026-11-20T17:00"),
    ],
)
def test_moves_only_what_lies_on_a_day_that_was_closed(term, start, before, after):
    ledger = Ledger(term).do(Act.STARTED, start)
    assert local(ledger.now.due.due_at).strftime("%Y-%m-%dT%H:%M") == before
    ledger.calendar = closed(MONDAY)
    ledger.do(Act.CALENDAR_CHANGED, "2026-11-20T10:00")
    assert local(ledger.now.due.due_at).strftime("%Y-%m-%dT%H:%M") == after
    assert ledger.now.due.due_date.isoformat() == after[:10]


@pytest.mark.parametrize(
    ("minute", "expected"),
    [("06:00", "08:00"), ("08:30", "08:30"), ("11:45", "11:00"), ("11:00", "11:00"), ("13:00", "13:00"), ("19:00", "15:00")],
)
def test_brings_a_time_of_day_into_the_sessions_of_the_next_day(minute, expected):
    week = [worktime.Session(day, time(6), time(20)) if day != 2 else worktime.Session(day, time(8), time(11)) for day in range(5)]
    schedule = worktime.Schedule(code="x", name="x", sessions=(*week, worktime.Session(2, time(13), time(15))))
    promise = worktime.Due(datetime.combine(MONDAY, time.fromisoformat(minute), tzinfo=VIETNAM), MONDAY)
    moved = worktime.settled(promise=promise, unit=worktime.LimitUnit.WORKING_HOURS, calendar=closed(MONDAY), schedule=schedule)
    assert (moved.due_date, f"{moved.due_at:%H:%M}") == (WEDNESDAY, expected)


def test_gives_back_after_waiting_what_was_left_of_a_promise_on_a_day_closed_meanwhile():
    waiting = Ledger("2wd").do(Act.STARTED, "2026-11-19T09:00").do(Act.PAUSED, "2026-11-19T10:00", reason="chờ bổ sung hồ sơ")
    running = Ledger("2wd").do(Act.STARTED, "2026-11-19T09:00")
    for ledger in (waiting, running):
        ledger.calendar = closed(MONDAY)
    waiting.do(Act.RESUMED, "2026-11-19T11:00")
    running.do(Act.CALENDAR_CHANGED, "2026-11-19T11:00")
    assert waiting.now.due == running.now.due
    assert waiting.now.due.due_date == WEDNESDAY


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_agrees_with_a_slow_oracle(seed):
    chance = random.Random(seed)
    calendar, schedule, _ = worlds.random_world(chance)
    case = worlds.random_case(chance)
    promise = worktime.due(start=case.instant, limit=case.limit, calendar=calendar, schedule=schedule)
    free = [
        promise.due_date + timedelta(days=step) for step in range(-3, 9) if promise.due_date + timedelta(days=step) not in calendar.rows
    ]
    rows = [worktime.DayRow(day, worktime.DayKind.HOLIDAY, "nghỉ") for day in free if chance.random() < 0.4]
    dropped = [day for day in calendar.rows if chance.random() < 0.3]
    changed = calendar.edited(add=rows, without=dropped)
    world = oracle.World(
        week={day: [(_minute(s.opens), _minute(s.closes)) for s in sessions] for day, sessions in enumerate(schedule.counted) if sessions},
        off={row.day for row in changed.rows.values() if not row.is_working},
        makeup={row.day: row.for_date for row in changed.rows.values() if row.is_working and row.for_date},
        result_minute=_minute(schedule.result_time) if schedule.result_time else None,
        results_on_makeup=schedule.results_on_makeup_days,
    )
    found = worktime.settled(promise=promise, unit=case.limit.unit, calendar=changed, schedule=schedule)
    wall = local(promise.due_at).replace(tzinfo=None)
    expected_at, expected_day = oracle.settled(world, wall, promise.due_date, case.unit)
    assert (local(found.due_at).replace(tzinfo=None), found.due_date) == (expected_at, expected_day)
    assert worktime.settled(promise=found, unit=case.limit.unit, calendar=changed, schedule=schedule) == found
    assert worktime.settled(promise=promise, unit=case.limit.unit, calendar=calendar, schedule=schedule) == promise


@given(st.integers(0, 2**32))
@settings(max_examples=150)
def test_makes_no_difference_to_what_is_counted_on_afterwards(seed):
    """Extending a promise gives the same day whether the change of the calendar was settled before or not."""
    chance = random.Random(seed)
    calendar, schedule, _ = worlds.random_world(chance)
    case = worlds.random_case(chance)
    ledgers = [Ledger(str(case.limit), calendar, schedule).do(Act.STARTED, case.instant) for _ in range(2)]
    day = ledgers[0].now.due.due_date
    more = worktime.TimeLimit.parse(chance.choice(["1wd", "3wd", "2d", "5wh"]))
    add = [] if day in calendar.rows else [worktime.DayRow(day, worktime.DayKind.HOLIDAY, "nghỉ")]
    for ledger in ledgers:
        ledger.calendar = calendar.edited(add=add)
    ledgers[0].do(Act.CALENDAR_CHANGED, case.instant)
    for ledger in ledgers:
        ledger.do(Act.EXTENDED, case.instant, by=more)
    assert ledgers[0].now.due == ledgers[1].now.due


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


# --- Two thousand clocks and the swap of Monday 23 November 2026 ---


def swap(makeup: date) -> None:
    worktime.swap_days(actor=EDITOR, at=FRIDAY, off=MONDAY, makeup=makeup, name="Hoán đổi", source="Thông báo thử")


def start_many(count: int) -> list[worktime.ClockView]:
    schedules = worktime.schedules()
    chance = random.Random(23)
    clocks = []
    for place in range(count):
        term = chance.choice(["1wd", "2wd", "3wd", "5wd", "10wd", "4wh", "8wh", "12wh", "3d", "7d", "1m"])
        moment = FRIDAY - timedelta(days=chance.randrange(12), minutes=chance.randrange(900))
        clock = worktime.start_clock(
            actor=SYSTEM,
            at=moment,
            stream=f"case:H27.112-261120-{place:04}",
            limit=worktime.TimeLimit.parse(term),
            schedule=chance.choice(schedules),
            rule=RULE,
        )
        if place % 10 == 0:
            clock = worktime.pause_clock(actor=SYSTEM, at=moment, clock_id=clock.id, rule=RULE, reason="chờ bổ sung hồ sơ")
        elif place % 15 == 0:
            clock = worktime.finish_clock(actor=SYSTEM, at=moment, clock_id=clock.id, rule=RULE)
        clocks.append(clock)
    return clocks


def settle_all() -> list[int]:
    """Settle what is to be settled in portions, as a job does, and return the clocks that moved."""
    done: list[int] = []
    while portion := worktime.unsettled(limit=100, after_id=done[-1] if done else None):
        for move in portion:
            after = worktime.settle_clock(actor=SYSTEM, at=FRIDAY, clock_id=move.clock_id, rule=RULE, reason="hoán đổi ngày 23/11")
            assert after.due == move.after
            done.append(move.clock_id)
    return done


@pytest.mark.django_db
@pytest.mark.parametrize("makeup", [date(2026, 11, 21), date(2026, 11, 28)])
def test_of_two_thousand_moves_those_on_the_swapped_monday_and_no_other(makeup):
    before = start_many(2000)
    swap(makeup)
    expected = {clock.id for clock in before if clock.state is worktime.ClockState.RUNNING and clock.due.due_date == MONDAY}
    assert len(expected) > 50
    assert set(settle_all()) == expected
    after = worktime.clocks([clock.id for clock in before])
    for clock in before:
        if clock.id in expected:
            assert after[clock.id].due.due_date == WEDNESDAY
            assert local(after[clock.id].due.due_at).time() == local(clock.due.due_at).time()
        else:
            assert after[clock.id] == clock
    assert settle_all() == []
    assert worktime.clocks(list(after)) == after
    assert worktime.inconsistencies() == ()


@pytest.mark.django_db
def test_is_asked_before_the_edit_and_reads_no_ledger():
    start_many(200)
    rows = worktime.swap_rows(calendar=worktime.load_calendar(), off=MONDAY, makeup=date(2026, 11, 28), name="x", source="x")
    with CaptureQueriesContext(connection) as queries:
        foreseen = worktime.unsettled(worktime.load_calendar().edited(add=rows))
    assert len(foreseen) > 5
    assert len(queries) == 4
    assert not any("clockentry" in query["sql"] for query in queries)
    assert worktime.unsettled() == ()
    swap(date(2026, 11, 28))
    assert worktime.unsettled() == foreseen
    assert worktime.unsettled(limit=3) == foreseen[:3]
    assert worktime.unsettled(limit=3, after_id=foreseen[2].clock_id) == foreseen[3:6]
