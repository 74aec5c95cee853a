"""The vectorised form of due dates."""

import random
import time
from datetime import date
from datetime import time as clock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime
from tests.worktime import worlds


def in_bulk(calendar, schedule, cases: list[worlds.Case], unit: str) -> list[date]:
    starts = np.array([case.start for case in cases], dtype="datetime64[m]")
    amounts = np.array([case.amount for case in cases])
    found = worktime.due_dates(starts=starts, amount=amounts, unit=worktime.LimitUnit(unit), calendar=calendar, schedule=schedule)
    assert found.dtype == np.dtype("datetime64[D]")
    return found.tolist()


def one_by_one(calendar, schedule, cases: list[worlds.Case]) -> list[date]:
    return [worktime.due(start=case.instant, limit=case.limit, calendar=calendar, schedule=schedule).due_date for case in cases]


@given(st.integers(0, 2**32), st.sampled_from(["wd", "wh", "d", "m"]))
@settings(max_examples=200)
def test_equals_the_scalar_one(seed, unit):
    chance = random.Random(seed)
    calendar, schedule, _ = worlds.random_world(chance)
    cases = [case for case in (worlds.random_case(chance) for _ in range(120)) if case.unit == unit]
    if cases:
        assert in_bulk(calendar, schedule, cases, unit) == one_by_one(calendar, schedule, cases)


@pytest.mark.long
@pytest.mark.parametrize("unit", ["wd", "wh", "d", "m"])
def test_equals_the_scalar_one_in_25_000_cases_of_each_unit(unit):
    chance = random.Random(7)
    for _ in range(50):
        calendar, schedule, _ = worlds.random_world(chance)
        cases = []
        while len(cases) < 500:
            case = worlds.random_case(chance)
            cases += [case] if case.unit == unit else []
        assert in_bulk(calendar, schedule, cases, unit) == one_by_one(calendar, schedule, cases)


@pytest.mark.long
def test_a_million_due_dates_in_one_call_and_how_fast(capsys):
    minutes = np.random.default_rng(20261123).integers(0, 9 * 365 * 24 * 60, 1_000_000)
    starts = np.datetime64("2018-01-01T00:00") + minutes.astype("timedelta64[m]")
    calendar, schedule = worktime.reference_calendar(), worktime.reference_schedule()
    begun = time.process_time()
    found = worktime.due_dates(starts=starts, amount=5, unit=worktime.LimitUnit.WORKING_DAYS, calendar=calendar, schedule=schedule)
    seconds = time.process_time() - begun
    with capsys.disabled():
        print(f"\nvectorised due dates: {1_000_000 / seconds:,.0f} a second")
    limit = worktime.TimeLimit.parse("5wd")
    for place in range(0, 1_000_000, 10_007):
        start = starts[place].astype("datetime64[m]").item().replace(tzinfo=VIETNAM)
        assert found[place].item() == worktime.due(start=start, limit=limit, calendar=calendar, schedule=schedule).due_date


def test_takes_whole_days_and_one_amount_for_all_and_keeps_the_shape():
    starts = np.array([["2026-11-20", "2026-11-23"], ["2026-08-28", "2025-12-31"]], dtype="datetime64[D]")
    found = worktime.due_dates(
        starts=starts,
        amount=3,
        unit=worktime.LimitUnit.WORKING_DAYS,
        calendar=worktime.reference_calendar(),
        schedule=worktime.reference_schedule(),
    )
    assert found.astype(str).tolist() == [["2026-11-26", "2026-11-27"], ["2026-09-07", "2026-01-07"]]


def test_of_nothing_is_nothing():
    found = worktime.due_dates(
        starts=np.array([], dtype="datetime64[s]"),
        amount=3,
        unit=worktime.LimitUnit.WORKING_DAYS,
        calendar=worktime.reference_calendar(),
        schedule=worktime.reference_schedule(),
    )
    assert found.size == 0


def test_reaches_over_a_year_off_and_a_one_day_week():
    rows = [worktime.DayRow(day, worktime.DayKind.HOLIDAY, "nghỉ") for day in map(date.fromordinal, range(739_600, 740_100))]
    calendar = worktime.Calendar.of(rows)
    schedule = worktime.Schedule(code="x", name="x", sessions=(worktime.Session(2, clock(8), clock(9)),))
    chance = random.Random(3)
    cases = [worlds.random_case(chance) for _ in range(400)]
    for unit in ("wd", "wh", "d", "m"):
        chosen = [case for case in cases if case.unit == unit]
        assert in_bulk(calendar, schedule, chosen, unit) == one_by_one(calendar, schedule, chosen)


@pytest.mark.parametrize(
    ("starts", "amount", "unit", "sentence"),
    [
        (["NaT"], 1, "wd", "bị trống"),
        (["2026-11-20"], 1, "wh", "cần thời điểm bắt đầu có giờ"),
        (["2026-11-20"], 0, "wd", "cần thời điểm bắt đầu có giờ"),
        (["2026-11-20T09:00"], 0, "d", "lớn hơn 0"),
        (["2026-11-20T09:00"], -1, "wd", "lớn hơn 0"),
        (["9999-12-30T09:00"], 9, "wd", "quá xa"),
        (["9999-12-30T09:00"], 90, "wh", "quá xa"),
    ],
)
def test_refuses_what_cannot_be_counted(starts, amount, unit, sentence):
    array = np.array(starts, dtype="datetime64[m]" if "T" in starts[0] and starts[0] != "NaT" else "datetime64[D]")
    with pytest.raises(Refused, match=sentence):
        worktime.due_dates(
            starts=array,
            amount=amount,
            unit=worktime.LimitUnit(unit),
            calendar=worktime.reference_calendar(),
            schedule=worktime.reference_schedule(),
        )


def test_is_not_fooled_by_seconds():
    starts = np.array(["2026-11-20T16:59:59", "2026-11-20T15:00:01"], dtype="datetime64[us]")
    common = {"calendar": worktime.reference_calendar(), "schedule": worktime.reference_schedule()}
    hours = worktime.due_dates(starts=starts, amount=1, unit=worktime.LimitUnit.WORKING_HOURS, **common)
    assert hours.astype(str).tolist() == ["2026-11-23", "2026-11-20"]
    same_day = worktime.due_dates(starts=starts, amount=0, unit=worktime.LimitUnit.WORKING_DAYS, **common)
    assert same_day.astype(str).tolist() == ["2026-11-23", "2026-11-23"]


@given(st.integers(0, 2**32))
@settings(max_examples=100)
def test_minutes_of_many_spans_equal_those_of_each(seed):
    chance = random.Random(seed)
    calendar, schedule, _ = worlds.random_world(chance)
    instants = [worlds.random_case(chance).instant for _ in range(60)]
    spans = list(zip(instants, chance.sample(instants, len(instants)), strict=True))
    found = worktime.worked_minutes(spans, calendar=calendar, schedule=schedule)
    each = [worktime.elapsed(start=start, end=end, calendar=calendar, schedule=schedule).working_minutes for start, end in spans]
    assert found == each


def test_no_span_has_no_minutes():
    calendar, schedule, _ = worlds.random_world(random.Random(1))
    assert worktime.worked_minutes([], calendar=calendar, schedule=schedule) == []
