"""A deadline, by hand, by properties, and against the oracle."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM, local
from cchc.worktime import api as worktime
from tests.worktime import oracle, worlds

MORNING = time(9)


@pytest.fixture(scope="module")
def calendar() -> worktime.Calendar:
    return worktime.reference_calendar()


@pytest.fixture(scope="module")
def office() -> worktime.Schedule:
    return worktime.reference_schedule()


def due(calendar, schedule, day: str, term: str) -> worktime.Due:
    moment = datetime.fromisoformat(day)
    start = moment.replace(tzinfo=VIETNAM)
    return worktime.due(start=start, limit=worktime.TimeLimit.parse(term), calendar=calendar, schedule=schedule)


# Accepted on, term, due: the vectors worked out by hand for the calendar of 2026.
VECTORS = [
    ("2026-08-28", "5wd", "2026-09-09"),
    ("2026-08-21", "1wd", "2026-08-22"),
    ("2026-08-21", "3wd", "2026-08-25"),
    ("2026-02-13", "3wd", "2026-02-25"),
    ("2026-04-24", "5wd", "2026-05-06"),
    ("2026-04-29", "15wd", "2026-05-22"),
    ("2026-11-20", "3wd", "2026-11-26"),
    ("2026-11-23", "1wd", "2026-11-25"),
    ("2025-12-31", "3wd", "2026-01-07"),
]


@pytest.mark.parametrize(("day", "term", "expected"), VECTORS)
@pytest.mark.parametrize("hour", ["T00:00", "T09:00", "T16:59", "T23:59:59"])
def test_in_working_days_is_as_worked_out_by_hand_whatever_the_hour(calendar, office, day, term, expected, hour):
    promise = due(calendar, office, day + hour, term)
    assert promise.due_date.isoformat() == expected
    assert promise.due_at.isoformat() == f"{expected}T17:00:00+07:00"


def test_counts_249_working_days_in_2026(calendar):
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]
    assert sum(calendar.is_working(day) for day in days) == 249


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        ("2026-11-21T09:00", "1wd", "2026-11-23"),  # A Saturday: day 1 is Monday.
        ("2026-11-22T23:00", "1wd", "2026-11-23"),
        ("2026-11-20T09:00", "1d", "2026-11-23"),  # Day 1 is Saturday; it rolls.
        ("2026-11-20T09:00", "4d", "2026-11-25"),  # Day 4 is the holiday of 24 November; it rolls.
        ("2026-01-31T09:00", "1m", "2026-03-02"),  # 28 February is a Saturday.
        ("2028-01-31T09:00", "1m", "2028-02-29"),
        ("2026-10-24T09:00", "1m", "2026-11-25"),
        ("2026-11-15T09:00", "3m", "2027-02-15"),
        ("2026-08-21T16:00", "2wh", "2026-08-22"),  # Hours carry over to the make-up Saturday.
    ],
)
def test_of_each_unit_ends_on_its_day(calendar, office, start, term, expected):
    assert due(calendar, office, start, term).due_date.isoformat() == expected


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        ("2026-11-20T07:00", "8wh", "2026-11-20T17:00"),  # A whole day ends at its end, not at the next opening.
        ("2026-11-20T09:00", "8wh", "2026-11-23T09:00"),
        ("2026-11-20T05:00", "1wh", "2026-11-20T08:00"),  # Before opening: the opening.
        ("2026-11-20T11:30", "1wh", "2026-11-20T14:30"),  # At lunch: the afternoon.
        ("2026-11-20T12:15", "1wh", "2026-11-20T14:30"),
        ("2026-11-20T17:00", "1wh", "2026-11-23T08:00"),  # At closing: the next session.
        ("2026-11-21T10:00", "1wh", "2026-11-23T08:00"),
        ("2026-11-23T16:30", "1wh", "2026-11-25T07:30"),  # Over the holiday.
        ("2026-11-23T16:30:15.250000", "1wh", "2026-11-25T07:30:15.250000"),
    ],
)
def test_in_hours_runs_only_inside_sessions(calendar, office, start, term, expected):
    expected_at = datetime.fromisoformat(expected).replace(tzinfo=VIETNAM)
    assert due(calendar, office, start, term) == worktime.Due(expected_at, expected_at.date())


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-11-20T08:00", "2026-11-20"),
        ("2026-11-20T15:00", "2026-11-20"),
        ("2026-11-20T15:00:01", "2026-11-23"),
        ("2026-11-23T15:10", "2026-11-25"),
        ("2026-11-24T09:00", "2026-11-25"),
    ],
)
def test_of_the_same_day_is_that_day_until_15_hours(calendar, office, start, expected):
    assert due(calendar, office, start, "0wd").due_date.isoformat() == expected


def test_takes_the_local_date_of_an_instant_in_another_zone(calendar, office):
    start = datetime.fromisoformat("2026-11-19T18:00:00+00:00")  # 01:00 on Friday 20 November in Viet Nam.
    promise = worktime.due(start=start, limit=worktime.TimeLimit.parse("3wd"), calendar=calendar, schedule=office)
    assert promise.due_date == date(2026, 11, 26)


def test_uses_the_hours_of_the_replaced_day_on_a_makeup_day(calendar):
    short_mondays = worktime.Schedule(
        code="x",
        name="x",
        sessions=(
            worktime.Session(0, time(8), time(10)),
            *(worktime.Session(weekday, time(7), time(15)) for weekday in (1, 2, 3, 4)),
        ),
    )
    # Saturday 22 August 2026 replaces a Monday, so it has two hours.
    promise = due(calendar, short_mondays, "2026-08-21T15:00", "3wh")
    assert promise.due_at.isoformat() == "2026-08-24T09:00:00+07:00"
    assert due(calendar, short_mondays, "2026-08-21T09:00", "1wd").due_at.isoformat() == "2026-08-22T10:00:00+07:00"


def test_may_leave_out_makeup_days_as_days_of_results(calendar, office):
    schedule = worktime.Schedule(code="x", name="x", sessions=office.sessions, results_on_makeup_days=False)
    assert due(calendar, schedule, "2026-08-21", "1wd").due_date == date(2026, 8, 24)
    assert due(calendar, schedule, "2026-08-21", "2wd").due_date == date(2026, 8, 24)  # It counted all the same.


def test_is_at_the_schedules_result_hour_but_never_after_closing(calendar, office):
    saturdays = (*office.sessions, worktime.Session(5, time(7), time(11, 30)))
    schedule = worktime.Schedule(code="x", name="x", sessions=saturdays, result_time=time(16))
    assert due(calendar, schedule, "2026-11-18", "2wd").due_at.isoformat() == "2026-11-20T16:00:00+07:00"
    assert due(calendar, schedule, "2026-11-18", "3wd").due_at.isoformat() == "2026-11-21T11:30:00+07:00"


def test_ignores_a_counter_that_is_open_on_a_day_that_does_not_count(calendar, office):
    saturdays = (*office.sessions, worktime.Session(5, time(7), time(11, 30), counts=False))
    schedule = worktime.Schedule(code="x", name="x", sessions=saturdays)
    assert due(calendar, schedule, "2026-11-20T09:00", "1wd").due_date == date(2026, 11, 23)
    assert due(calendar, schedule, "2026-11-21T09:00", "1wh").due_at.isoformat() == "2026-11-23T08:00:00+07:00"
    assert worktime.Timetable(calendar, schedule).counter_sessions(date(2026, 11, 21))


def test_beyond_the_year_9999_is_refused(calendar, office):
    for term in ("5wd", "100d", "12m", "100wh"):
        with pytest.raises(Refused, match="quá xa") as refusal:
            due(calendar, office, "9999-12-30T09:00", term)
        assert refusal.value.field == "start"


def test_of_a_naive_start_is_an_error(calendar, office):
    with pytest.raises(ValueError, match="múi giờ"):
        worktime.due(
            start=datetime.fromisoformat("2026-11-20T09:00"), limit=worktime.TimeLimit.parse("1wd"), calendar=calendar, schedule=office
        )


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_agrees_with_the_oracle(seed):
    chance = random.Random(seed)
    calendar, schedule, world = worlds.random_world(chance)
    for _ in range(5):
        agree(calendar, schedule, world, worlds.random_case(chance))


@given(st.integers(0, 2**32), st.integers(0, 4000))
@settings(max_examples=60)
def test_measures_worked_minutes_as_the_oracle_does(seed, length):
    chance = random.Random(seed)
    calendar, schedule, world = worlds.random_world(chance)
    start = worlds.random_case(chance).start
    end = start + timedelta(minutes=length)
    found = worktime.elapsed(
        start=start.replace(tzinfo=VIETNAM),
        end=end.replace(tzinfo=VIETNAM),
        calendar=calendar,
        schedule=schedule,
    )
    assert found.working_minutes == oracle.minutes_between(world, start, end)
    days = [start.date() + timedelta(days=step) for step in range(1, (end.date() - start.date()).days + 1)]
    assert found.working_days == sum(bool(world.worked(day)) for day in days)


@given(st.integers(0, 2**32), st.integers(1, 30))
@settings(max_examples=100)
def test_in_hours_gives_back_the_hours(seed, hours):
    chance = random.Random(seed)
    calendar, schedule, _ = worlds.random_world(chance)
    start = worlds.random_case(chance).instant
    limit = worktime.TimeLimit(hours, worktime.LimitUnit.WORKING_HOURS)
    promise = worktime.due(start=start, limit=limit, calendar=calendar, schedule=schedule)
    assert worktime.elapsed(start=start, end=promise.due_at, calendar=calendar, schedule=schedule).working_minutes == hours * 60


@given(st.integers(0, 2**32))
@settings(max_examples=100)
def test_never_comes_earlier_for_a_later_start_or_a_longer_term(seed):
    chance = random.Random(seed)
    calendar, schedule, _ = worlds.random_world(chance)
    case = worlds.random_case(chance)
    later = case.instant + timedelta(minutes=chance.randrange(5000))
    first = worktime.due(start=case.instant, limit=case.limit, calendar=calendar, schedule=schedule)
    second = worktime.due(start=later, limit=case.limit, calendar=calendar, schedule=schedule)
    longer = worktime.TimeLimit(case.amount + 1, case.limit.unit)
    third = worktime.due(start=case.instant, limit=longer, calendar=calendar, schedule=schedule)
    assert first.due_date <= second.due_date
    assert first.due_at <= third.due_at


@pytest.mark.long
def test_agrees_with_the_oracle_in_100_000_random_cases(capsys):
    chance = random.Random(20261120)
    seen: Counter[str] = Counter()
    for _ in range(200):
        calendar, schedule, world = worlds.random_world(chance)
        table = worktime.Timetable(calendar, schedule)
        for _ in range(500):
            case = worlds.random_case(chance)
            agree(calendar, schedule, world, case)
            seen["cases"] += 1
            seen[case.unit] += 1
            if not table.is_working(case.start.date()):
                seen["on a day off"] += 1
            elif case.start >= table.closing(case.start.date()):
                seen["after hours"] += 1
    with capsys.disabled():
        print("\ndeadlines against the oracle:", ", ".join(f"{count:,} {what}" for what, count in seen.items()))
    assert seen["cases"] == 100_000
    assert seen["on a day off"] > 20_000
    assert seen["after hours"] > 5_000


def agree(calendar, schedule, world: oracle.World, case: worlds.Case) -> None:
    promise = worktime.due(start=case.instant, limit=case.limit, calendar=calendar, schedule=schedule)
    found = (local(promise.due_at).replace(tzinfo=None), promise.due_date)
    assert found == oracle.due(world, case.start, case.amount, case.unit), case
