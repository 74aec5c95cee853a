"""Calendars and schedules as values."""

from datetime import date, time

import pytest

from cchc.kernel.errors import Refused
from cchc.worktime import api as worktime

DAY = date(2026, 11, 24)


def test_refuse_two_rows_for_a_day():
    rows = [worktime.DayRow(DAY, worktime.DayKind.HOLIDAY, "Một"), worktime.DayRow(DAY, worktime.DayKind.COMPENSATORY, "Hai")]
    with pytest.raises(Refused, match=r"Ngày 24/11/2026 đã có trong lịch \(Nghỉ lễ, tết: Một\)") as refusal:
        worktime.Calendar.of(rows)
    assert refusal.value.field == "day"


@pytest.mark.parametrize("kind", [worktime.DayKind.SWAPPED_OFF, worktime.DayKind.MAKEUP_WORK])
def test_refuse_a_swap_without_its_other_half(kind):
    with pytest.raises(Refused, match="hoán đổi cho ngày nào"):
        worktime.DayRow(DAY, kind, "x")
    with pytest.raises(Refused, match="chính nó"):
        worktime.DayRow(DAY, kind, "x", DAY)


def test_have_a_version_that_follows_the_content():
    row = worktime.DayRow(DAY, worktime.DayKind.HOLIDAY, "Một")
    other = worktime.DayRow(DAY, worktime.DayKind.HOLIDAY, "Hai")
    assert worktime.Calendar.of([row]).version == worktime.Calendar.of([row]).version
    versions = {
        worktime.Calendar.of([]).version,
        worktime.Calendar.of([row]).version,
        worktime.Calendar.of([other]).version,
        worktime.Calendar.of([row], same_day_cutoffs=[(DAY, time(15))]).version,
    }
    assert len(versions) == 4


def test_answer_for_the_official_week():
    calendar = worktime.reference_calendar()
    assert calendar.next_working_day(date(2026, 11, 20)) == date(2026, 11, 23)
    assert calendar.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)
    assert calendar.is_working(date(2026, 8, 22))
    assert calendar.name(DAY) == "Ngày Văn hóa Việt Nam"
    assert calendar.row(date(2026, 11, 23)) is None
    assert calendar.year_status(2027) is worktime.YearStatus.PROVISIONAL


@pytest.mark.parametrize(
    ("sessions", "sentence"),
    [
        ([worktime.Session(0, time(7), time(11)), worktime.Session(0, time(10, 59), time(12))], "chồng lên"),
        ([worktime.Session(0, time(7), time(11), counts=False)], "không có buổi nào tính là ngày làm việc"),
        ([], "không có buổi nào"),
    ],
)
def test_refuse_impossible_weeks(sessions, sentence):
    with pytest.raises(Refused, match=sentence):
        worktime.Schedule(code="x", name="Thử", sessions=tuple(sessions))


def test_refuse_impossible_sessions():
    with pytest.raises(Refused, match="kết thúc sau khi bắt đầu"):
        worktime.Session(0, time(11), time(11))
    with pytest.raises(Refused, match="Thứ trong tuần"):
        worktime.Session(7, time(7), time(11))
    with pytest.raises(Refused, match="hoặc cả hai"):
        worktime.Session(0, time(7), time(11), counts=False, counter=False)
    with pytest.raises(Refused, match="chỉ ghi đến phút"):
        worktime.Session(0, time(7, 0, 30), time(11))


def test_refuse_a_result_hour_at_which_nobody_is_there():
    with pytest.raises(Refused, match="nằm ngoài khung giờ"):
        worktime.Schedule(code="x", name="Thử", sessions=(worktime.Session(0, time(7), time(11)),), result_time=time(16))


def test_warn_of_days_that_do_not_sum_to_eight_hours():
    assert worktime.reference_schedule().warnings() == ()
    schedule = worktime.Schedule(
        code="x",
        name="Thử",
        sessions=(
            worktime.Session(0, time(7), time(15)),
            worktime.Session(1, time(7), time(11, 30)),
            worktime.Session(2, time(7), time(11, 30)),
            worktime.Session(2, time(13, 30), time(17), counts=False),
        ),
    )
    assert schedule.warnings() == (
        "Khung giờ «Thử»: thứ Ba có 4 giờ 30 phút, khác 8 giờ một ngày làm việc.",
        "Khung giờ «Thử»: thứ Tư có 4 giờ 30 phút, khác 8 giờ một ngày làm việc.",
    )


def test_let_a_session_touch_the_next():
    sessions = (worktime.Session(0, time(7), time(11)), worktime.Session(0, time(11), time(15)))
    assert worktime.Schedule(code="x", name="x", sessions=sessions).warnings() == ()
