"""The words: terms, explanations, what is left; and the forwarding rule."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime
from tests.worktime import worlds

DAYS = worktime.LimitUnit.WORKING_DAYS
HOURS = worktime.LimitUnit.WORKING_HOURS


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def explain(start: str, term: str) -> worktime.Explanation:
    return worktime.explain(
        start=at(start),
        limit=worktime.TimeLimit.parse(term),
        calendar=worktime.reference_calendar(),
        schedule=worktime.reference_schedule(),
    )


# --- Terms ---


@pytest.mark.parametrize(
    ("written", "canonical", "words"),
    [
        ("5wd", "5wd", "5 ngày làm việc"),
        (" 8WH ", "8wh", "8 giờ làm việc"),
        ("010d", "10d", "10 ngày"),
        ("1m", "1m", "1 tháng"),
        ("0wd", "0wd", "trong ngày"),
    ],
)
def test_a_term_is_read_and_written(written, canonical, words):
    limit = worktime.TimeLimit.parse(written)
    assert str(limit) == canonical
    assert limit.text == words
    assert worktime.TimeLimit.parse(str(limit)) == limit


@pytest.mark.parametrize("written", ["", "5", "wd", "5 ngày", "-1wd", "0d", "0wh", "0m", "1.5wd", "5xd", "٥wd", "9999wd", "5wd6", "1y"])
def test_an_unknown_term_is_refused_with_the_field(written):
    with pytest.raises(Refused, match=r"[Tt]hời hạn") as refusal:
        worktime.TimeLimit.parse(written)
    assert refusal.value.field == "term"


# --- Explanations ---


def test_an_explanation_names_each_day_and_its_reason():
    found = explain("2026-11-20T09:00", "3wd")
    assert [(line.date.day, line.role.value, line.ordinal, line.note) for line in found.days] == [
        (20, "start", None, "nhận lúc 09:00"),
        (21, "off", None, "nghỉ hằng tuần"),
        (22, "off", None, "nghỉ hằng tuần"),
        (23, "counted", 1, "ngày 1"),
        (24, "holiday", None, "nghỉ: Ngày Văn hóa Việt Nam"),
        (25, "counted", 2, "ngày 2"),
        (26, "due", 3, "ngày 3, hẹn trả 17:00"),
    ]
    assert found.sentence == (
        "Nhận lúc 09:00 thứ Sáu 20/11/2026. Thời hạn 3 ngày làm việc, ngày 1 là thứ Hai 23/11/2026. "
        "Không tính: thứ Ba 24/11 (Ngày Văn hóa Việt Nam), 2 ngày nghỉ hằng tuần. Hẹn trả 17:00 thứ Năm 26/11/2026."
    )
    assert found.days[3].text == "thứ Hai 23/11/2026: ngày 1"
    assert found.warnings == ()


def test_an_explanation_tells_swaps_makeup_days_and_rolled_days():
    swapped = {line.date: line for line in explain("2025-12-31T09:00", "6wd").days}
    assert swapped[date(2026, 1, 2)].note == "nghỉ: hoán đổi, làm bù ngày 10/01"
    makeup = swapped[date(2026, 1, 10)]
    assert (makeup.role, makeup.ordinal, makeup.note) == (worktime.DayRole.DUE, 6, "ngày 6, làm bù cho 02/01, hẹn trả 17:00")
    assert {line.date: line.role for line in explain("2025-12-31T09:00", "7wd").days}[date(2026, 1, 10)] is worktime.DayRole.MAKEUP
    rolled = explain("2026-11-20T09:00", "4d")
    assert [line.note for line in rolled.days][-2:] == [
        "ngày 4, nghỉ: Ngày Văn hóa Việt Nam, dời đến ngày làm việc kế tiếp",
        "ngày làm việc kế tiếp, hẹn trả 17:00",
    ]
    assert "Ngày cuối là thứ Ba 24/11/2026, dời đến ngày làm việc kế tiếp." in rolled.sentence


@pytest.mark.parametrize(
    ("term", "notes"),
    [
        ("1wd", ["ngày 1, làm bù cho 31/08, không trả kết quả, dời đến ngày làm việc kế tiếp"]),
        ("1d", ["ngày 1, làm bù cho 31/08, không trả kết quả, dời đến ngày làm việc kế tiếp"]),
        ("2wd", ["ngày 1, làm bù cho 31/08"]),
    ],
)
def test_an_explanation_tells_of_a_makeup_day_without_results(term, notes):
    office = worktime.reference_schedule()
    schedule = worktime.Schedule(code="x", name="x", sessions=office.sessions, results_on_makeup_days=False)
    limit, calendar = worktime.TimeLimit.parse(term), worktime.reference_calendar()
    found = worktime.explain(start=at("2026-08-21T09:00"), limit=limit, calendar=calendar, schedule=schedule)
    assert [line.note for line in found.days][1:2] == notes
    assert found.due.due_date == date(2026, 8, 24)


def test_an_explanation_tells_hours_by_session_and_a_missed_cutoff():
    hours = explain("2026-11-20T15:20", "8wh")
    assert hours.days[0].note == "nhận lúc 15:20, tính 1 giờ 40 phút (15:20–17:00)"
    assert hours.days[-1].note == "tính 6 giờ 20 phút (07:00–11:30, 13:30–15:20), hẹn trả 15:20"
    late = explain("2026-11-20T15:10", "0wd")
    assert late.days[0].note == "nhận lúc 15:10, sau 15:00"
    assert late.days[-1].note == "ngày làm việc kế tiếp, hẹn trả 17:00"
    assert [line.note for line in explain("2026-11-20T09:00", "0wd").days] == ["nhận lúc 09:00, hẹn trả 17:00"]


def test_an_explanation_warns_of_years_that_are_not_settled():
    assert explain("2027-03-01T09:00", "1wd").warnings == ("Lịch nghỉ năm 2027 là dự kiến, chưa có thông báo chính thức.",)
    assert explain("2031-03-03T09:00", "1wd").warnings == ("Chưa có lịch nghỉ năm 2031: mới chỉ trừ ngày nghỉ hằng tuần.",)


@given(st.integers(0, 2**32))
@settings(max_examples=150)
def test_an_explanation_agrees_with_the_due_date(seed):
    chance = random.Random(seed)
    calendar, schedule, world = worlds.random_world(chance)
    case = worlds.random_case(chance)
    found = worktime.explain(start=case.instant, limit=case.limit, calendar=calendar, schedule=schedule)
    assert found.due == worktime.due(start=case.instant, limit=case.limit, calendar=calendar, schedule=schedule)
    days = [line.date for line in found.days]
    assert days == [case.start.date() + timedelta(days=step) for step in range(len(days))]
    assert days[-1] == found.due.due_date
    assert [line.role for line in found.days].count(worktime.DayRole.DUE) == 1
    ordinals = [line.ordinal for line in found.days if line.ordinal is not None]
    assert ordinals == list(range(1, len(ordinals) + 1))
    if case.unit in {"wd", "d"}:
        assert len(ordinals) == case.amount
    for line in found.days[1:-1]:
        if line.role in {worktime.DayRole.OFF, worktime.DayRole.HOLIDAY} and calendar.row(line.date) is None:
            assert not world.worked(line.date)


# --- What is left ---


@pytest.mark.parametrize(
    ("now", "text", "urgency", "late"),
    [
        ("2026-11-20T10:00", "còn 3 ngày làm việc", "ok", False),
        ("2026-11-23T16:59", "còn 2 ngày làm việc", "ok", False),
        ("2026-11-24T09:00", "còn 2 ngày làm việc", "ok", False),
        ("2026-11-25T09:00", "còn 1 ngày làm việc", "soon", False),
        ("2026-11-26T09:00", "hẹn trả hôm nay", "soon", False),
        ("2026-11-26T23:59", "hẹn trả hôm nay", "soon", False),  # Day terms compare dates.
        ("2026-11-27T00:00", "quá hạn 1 ngày làm việc", "late", True),
        ("2026-11-30T08:00", "quá hạn 2 ngày làm việc", "late", True),
    ],
)
def test_what_is_left_of_working_days(now, text, urgency, late):
    found = left(now, worktime.Due(at("2026-11-26T17:00"), date(2026, 11, 26)), DAYS)
    assert (found.text, found.urgency.value, found.late) == (text, urgency, late)


@pytest.mark.parametrize(
    ("now", "text", "late"),
    [
        ("2026-11-20T14:02", "còn 1 giờ 28 phút", False),
        ("2026-11-20T14:30", "còn 1 giờ", False),
        ("2026-11-20T15:29:30", "còn dưới 1 phút", False),
        ("2026-11-20T15:30", "còn dưới 1 phút", False),
        ("2026-11-20T15:30:01", "quá hạn dưới 1 phút", True),
        ("2026-11-23T07:45", "quá hạn 2 giờ 15 phút", True),
    ],
)
def test_what_is_left_of_working_hours(now, text, late):
    found = left(now, worktime.Due(at("2026-11-20T15:30"), date(2026, 11, 20)), HOURS)
    assert (found.text, found.late) == (text, late)


def test_what_is_left_over_a_weekend_and_of_calendar_days():
    friday = worktime.Due(at("2026-11-20T17:00"), date(2026, 11, 20))
    assert left("2026-11-21T09:00", friday, DAYS).text == "quá hạn dưới 1 ngày"
    assert left("2026-11-21T09:00", friday, worktime.LimitUnit.CALENDAR_DAYS).text == "quá hạn 1 ngày"
    assert left("2026-11-12T09:00", friday, worktime.LimitUnit.MONTHS).text == "còn 8 ngày"


def test_what_is_left_while_waiting_is_a_wait():
    common = {"calendar": worktime.reference_calendar(), "schedule": worktime.reference_schedule()}
    assert worktime.urgency(now=at("2026-11-20T09:00"), due=None, limit_unit=DAYS, **common) is worktime.Urgency.WAIT


def left(now: str, due: worktime.Due, unit: worktime.LimitUnit) -> worktime.Remaining:
    return worktime.remaining(
        now=at(now),
        due=due,
        limit_unit=unit,
        calendar=worktime.reference_calendar(),
        schedule=worktime.reference_schedule(),
    )


# --- Forwarding ---


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-20T08:00", "2026-11-20T17:00"),
        ("2026-11-20T06:00", "2026-11-20T17:00"),
        ("2026-11-20T15:00", "2026-11-20T17:00"),
        ("2026-11-20T15:00:01", "2026-11-23T07:00"),
        ("2026-11-23T15:10", "2026-11-25T07:00"),
        ("2026-11-21T09:00", "2026-11-23T07:00"),
    ],
)
def test_the_forwarding_rule_is_the_same_day_until_15_hours(received, expected):
    found = worktime.forward_by(
        received=at(received),
        calendar=worktime.reference_calendar(),
        schedule=worktime.reference_schedule(),
        cutoff=time(15),
    )
    assert found == at(expected)


def test_the_forwarding_rule_never_asks_for_the_past():
    mornings = worktime.Schedule(code="x", name="x", sessions=tuple(worktime.Session(day, time(7), time(11)) for day in range(5)))
    calendar = worktime.reference_calendar()
    found = worktime.forward_by(received=at("2026-11-19T14:00"), calendar=calendar, schedule=mornings, cutoff=time(15))
    assert found == at("2026-11-20T07:00")
