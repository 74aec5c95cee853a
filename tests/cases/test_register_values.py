"""The values of old registers: dates as people write them, and what an own due date promises."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cchc.cases.rules.register_values import ended, moment, promise

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NEW_YORK = ZoneInfo("America/New_York")


def read(text, zone=VIETNAM):
    return moment(text, zone=zone, what="Ngày hẹn")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21/01/2026 14:30", datetime(2026, 1, 21, 7, 30, tzinfo=UTC)),
        ("21-1-2026 14h30", datetime(2026, 1, 21, 7, 30, tzinfo=UTC)),
        ("14:30 21/01/2026", datetime(2026, 1, 21, 7, 30, tzinfo=UTC)),
        ("14 giờ", None),
        ("02:30 CH ngày 21/01/2026", datetime(2026, 1, 21, 7, 30, tzinfo=UTC)),
        ("2026-01-21T14:30:00.123456", datetime(2026, 1, 21, 7, 30, 0, 123456, tzinfo=UTC)),
        ("2026-01-21 14:30:00+01:00", datetime(2026, 1, 21, 13, 30, tzinfo=UTC)),
        ("2026-01-21T14:30:00Z", datetime(2026, 1, 21, 14, 30, tzinfo=UTC)),
        ("2026-01-21T14:30-0500", datetime(2026, 1, 21, 19, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_to_the_microsecond_and_an_offset_wins(text, expected):
    if expected is None:
        with pytest.raises(ValueError, match="không đọc được"):
            read(text)
    else:
        assert read(text).at == expected
        assert read(text).precise


def test_a_day_alone_is_its_midnight_in_the_zone_of_the_file():
    found = read("21/01/2026", NEW_YORK)
    assert (found.day, found.precise) == (date(2026, 1, 21), False)
    assert found.at == datetime(2026, 1, 21, tzinfo=NEW_YORK)


def test_an_empty_value_is_no_date():
    assert read("") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("30/02/2026", "không có trong lịch"),
        ("12/31/2025", "không có tháng 31"),
        ("1/2/26", "hai chữ số"),
        ("46043", "con số"),
        ("hôm qua", "không đọc được"),
        ("2026-01-21 25:00", "không có trong lịch"),
        ("2026-01-21 13:00 PM", "không đi với PM"),
        ("0026-01-21", "năm 26"),
        ("2026-01-21 10:00+19:00", "độ lệch"),
    ],
)
def test_what_is_impossible_or_may_be_read_in_two_ways_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words) as refusal:
        read(text)
    assert text in str(refusal.value)


def test_an_hour_skipped_by_a_clock_change_is_refused_and_one_that_came_twice_is_told():
    with pytest.raises(ValueError, match="không có ở múi giờ"):
        read("2022-03-13 02:30", NEW_YORK)
    twice = read("2021-11-07 01:30", NEW_YORK)
    assert twice.at == datetime(2021, 11, 7, 5, 30, tzinfo=UTC)
    assert "hai lần" in twice.doubtful
    assert not read("2021-11-07 03:30", NEW_YORK).doubtful


def test_a_due_value_with_a_time_is_compared_as_an_instant():
    kept = promise(read("05/06/2025 16:00:00.000001"), zone=VIETNAM)
    assert kept.due_at == datetime(2025, 6, 5, 9, 0, 0, 1, tzinfo=UTC)
    assert kept.late_from - kept.due_at == timedelta(microseconds=1)


def test_a_due_date_alone_lasts_the_whole_day_of_the_zone_of_the_file():
    kept = promise(read("2022-02-04", NEW_YORK), zone=NEW_YORK)
    assert kept.due_date == date(2022, 2, 4)
    assert kept.late_from == datetime(2022, 2, 5, tzinfo=NEW_YORK)
    assert kept.due_at < kept.late_from


def test_a_bare_date_of_finishing_on_the_day_of_intake_is_not_before_it():
    received = read("05/06/2025 10:00")
    assert ended(read("05/06/2025"), received) == received.at
    assert ended(read("04/06/2025"), received) < received.at
    assert ended(None, received) is None
