"""The calendar in the database, and what seeding does to it."""

import csv
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cchc.audit.api import entries
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, NotFound, Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime
from tools import build_calendar

pytestmark = pytest.mark.django_db

EDITOR = Actor(post="Quản trị hệ thống @ H27", rights=frozenset({"worktime:calendar:edit"}))
AT = datetime(2026, 11, 20, 9, tzinfo=VIETNAM)
CULTURE_DAY = date(2026, 11, 24)
FREE_DAY = date(2026, 11, 23)
SEEDS = Path(settings.SEEDS) / "reference"


def holiday(day: date = FREE_DAY, **more) -> dict:
    return {
        "actor": EDITOR,
        "at": AT,
        "day": day,
        "kind": worktime.DayKind.HOLIDAY,
        "name": "Ngày nghỉ thử",
        "source": "Quyết định thử",
        **more,
    }


def test_is_the_reference_calendar_after_seeding():
    assert worktime.load_calendar().rows == worktime.reference_calendar().rows
    assert worktime.load_calendar().version == worktime.reference_calendar().version
    assert worktime.load_calendar().years == worktime.reference_calendar().years
    assert worktime.default_schedule() == worktime.reference_schedule()


def test_takes_a_day_and_journals_it():
    before = worktime.load_calendar()
    row = worktime.set_day(**holiday())
    after = worktime.load_calendar()
    assert after.row(FREE_DAY) == row
    assert not after.is_working(FREE_DAY)
    assert before.is_working(FREE_DAY)
    entry = entries("calendar")[-1]
    assert entry.act == "day_set"
    assert entry.public == {
        "day": "2026-11-23",
        "kind": "holiday",
        "name": "Ngày nghỉ thử",
        "source": "Quyết định thử",
        "calendar_version": after.version,
    }


def test_refuses_a_second_row_for_a_day_in_words_and_by_constraint():
    with pytest.raises(Refused, match=r"Ngày 24/11/2026 đã có trong lịch .*Ngày Văn hóa Việt Nam") as refusal:
        worktime.set_day(**holiday(CULTURE_DAY))
    assert refusal.value.field == "day"
    statement = """
        INSERT INTO worktime_calendarday (day, kind, name, source, confidence, origin)
        VALUES ('2026-11-24', 'holiday', 'x', 'x', 'sure', 'office')
    """
    with pytest.raises(IntegrityError, match="worktime_day_has_one_row"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "  "}, "name"),
        ({"source": ""}, "source"),
        ({"kind": worktime.DayKind.MAKEUP_WORK}, "for_date"),
        ({"kind": worktime.DayKind.SWAPPED_OFF, "for_date": FREE_DAY}, "for_date"),
    ],
)
def test_refuses_an_incomplete_row(more, field):
    with pytest.raises(Refused) as refusal:
        worktime.set_day(**holiday(**more))
    assert refusal.value.field == field
    assert worktime.load_calendar().row(FREE_DAY) is None


def test_is_edited_only_with_the_right():
    with pytest.raises(NotAllowed):
        worktime.set_day(**holiday(actor=Actor(post="Công chức")))
    with pytest.raises(NotAllowed):
        worktime.remove_day(actor=Actor(post="Công chức"), at=AT, day=CULTURE_DAY, reason="x")


def test_withdraws_a_day_and_keeps_it_as_history():
    worktime.remove_day(actor=EDITOR, at=AT, day=CULTURE_DAY, reason="Thử bỏ")
    assert worktime.load_calendar().is_working(CULTURE_DAY)
    assert entries("calendar")[-1].public["reason"] == "Thử bỏ"
    with pytest.raises(NotFound, match="không có trong lịch"):
        worktime.remove_day(actor=EDITOR, at=AT, day=CULTURE_DAY, reason="Thử bỏ")
    worktime.set_day(**holiday(CULTURE_DAY))
    assert worktime.load_calendar().name(CULTURE_DAY) == "Ngày nghỉ thử"


def test_swaps_two_days_or_none():
    with pytest.raises(Refused, match="đã có trong lịch"), transaction.atomic():
        worktime.swap_days(actor=EDITOR, at=AT, off=FREE_DAY, makeup=CULTURE_DAY, name="Hoán đổi", source="Thông báo thử")
    assert worktime.load_calendar().row(FREE_DAY) is None
    worktime.swap_days(actor=EDITOR, at=AT, off=FREE_DAY, makeup=date(2026, 11, 28), name="Hoán đổi", source="Thông báo thử")
    calendar = worktime.load_calendar()
    assert not calendar.is_working(FREE_DAY)
    assert calendar.is_working(date(2026, 11, 28))


def test_is_read_once_for_as_long_as_it_stands():
    worktime.load_calendar()
    with CaptureQueriesContext(connection) as queries:
        first = worktime.load_calendar()
        assert worktime.load_calendar() is first
        worktime.cutoff(FREE_DAY)
        worktime.default_schedule()
    assert len(queries) == 4
    assert all("editions_stamp" in query["sql"] for query in queries)


def test_is_what_this_transaction_sees_also_after_a_rollback():
    before = worktime.load_calendar()
    point = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE worktime_calendarday SET withdrawn_at = now() WHERE day = %s", [CULTURE_DAY])
    assert worktime.load_calendar().is_working(CULTURE_DAY)
    transaction.savepoint_rollback(point)
    assert worktime.load_calendar() == before


def test_gives_the_cutoff_in_force_on_a_day():
    assert worktime.cutoff(FREE_DAY) == time(15)
    with pytest.raises(NotFound, match="forward_cutoff"):
        worktime.cutoff(date(2010, 1, 1))
    statement = """
        INSERT INTO worktime_setting (key, value, period, source, confidence, origin)
        VALUES ('forward_cutoff', '16:00', '[2027-01-01,)', 'x', 'sure', 'office')
    """
    with pytest.raises(IntegrityError, match="one_value_at_a_time"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_knows_no_same_day_hour_after_its_period():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE worktime_setting SET period = daterange(lower(period), '2027-01-01') WHERE key = 'same_day_cutoff'")
    calendar, schedule = worktime.load_calendar(), worktime.default_schedule()
    late = [datetime(2026, 12, 31, 16, tzinfo=VIETNAM), datetime(2027, 1, 4, 16, tzinfo=VIETNAM)]
    limit = worktime.TimeLimit.parse("0wd")
    found = [worktime.due(start=start, limit=limit, calendar=calendar, schedule=schedule).due_date for start in late]
    assert found == [date(2027, 1, 4), date(2027, 1, 4)]


@pytest.mark.parametrize(
    ("off", "makeup", "field", "sentence"),
    [
        (date(2026, 11, 22), date(2026, 11, 28), "off", "Chủ nhật 22/11/2026 vốn là ngày nghỉ"),
        (FREE_DAY, date(2026, 11, 25), "makeup", "Thứ Tư 25/11/2026 vốn là ngày làm việc"),
        (CULTURE_DAY, date(2026, 11, 28), "off", "đã có trong lịch"),
        (FREE_DAY, CULTURE_DAY, "makeup", "đã có trong lịch"),
        (FREE_DAY, FREE_DAY, "makeup", "cho chính nó"),
    ],
)
def test_swaps_only_a_working_day_for_a_day_of_rest(off, makeup, field, sentence):
    before = worktime.load_calendar()
    with pytest.raises(Refused, match=sentence) as refusal:
        worktime.swap_days(actor=EDITOR, at=AT, off=off, makeup=makeup, name="Hoán đổi", source="Thông báo thử")
    assert refusal.value.field == field
    assert worktime.load_calendar() == before


def test_withdraws_and_corrects_a_swap_whole():
    makeup = date(2026, 11, 28)
    worktime.swap_days(
        actor=EDITOR, at=AT, off=FREE_DAY, makeup=makeup, name="Hoán đổi", source="Tờ trình", confidence=worktime.Confidence.PROVISIONAL
    )
    correction = {"name": "Hoán đổi 23/11", "source": "Thông báo 1", "confidence": worktime.Confidence.SURE, "reason": "Đã có văn bản"}
    rows = worktime.edit_day(actor=EDITOR, at=AT, day=makeup, **correction)
    assert [(row.day, row.name, row.confidence.value) for row in rows] == [
        (FREE_DAY, "Hoán đổi 23/11", "sure"),
        (makeup, "Hoán đổi 23/11", "sure"),
    ]
    assert [entry.act for entry in entries("calendar")] == ["day_set", "day_set", "day_edited", "day_edited"]
    assert entries("calendar")[-1].public["before"] == "Hoán đổi"
    with pytest.raises(Refused, match="hoán đổi thành loại khác"):
        worktime.edit_day(actor=EDITOR, at=AT, day=makeup, kind=worktime.DayKind.HOLIDAY, **correction)
    assert len(worktime.remove_day(actor=EDITOR, at=AT, day=FREE_DAY, reason="Không hoán đổi nữa")) == 2
    assert worktime.load_calendar().is_working(FREE_DAY)
    assert not worktime.load_calendar().is_working(makeup)


def test_corrects_a_day_and_keeps_the_old_row_as_history():
    (row,) = worktime.edit_day(
        actor=EDITOR,
        at=AT,
        day=CULTURE_DAY,
        kind=worktime.DayKind.COMPENSATORY,
        name="Nghỉ bù",
        source="Thông báo",
        confidence=worktime.Confidence.UNVERIFIED,
        reason="Thử sửa",
    )
    assert worktime.load_calendar().row(CULTURE_DAY) == row
    assert set(seed().values()) == {0}
    assert worktime.load_calendar().row(CULTURE_DAY) == row
    with pytest.raises(NotFound, match="không có trong lịch"):
        worktime.edit_day(actor=EDITOR, at=AT, day=FREE_DAY, name="x", source="x", confidence=worktime.Confidence.SURE, reason="x")


def test_refuses_words_that_no_column_holds():
    with pytest.raises(Refused) as refusal:
        worktime.set_day(**holiday(name="x" * 201, source="y" * 501))
    assert set(refusal.value.problems) == {"name", "source"}
    with pytest.raises(Refused, match="Lý do dài"):
        worktime.remove_day(actor=EDITOR, at=AT, day=CULTURE_DAY, reason="x" * 501)


def test_says_how_far_a_year_can_be_trusted_and_seeding_leaves_it():
    official = worktime.YearStatus.OFFICIAL
    worktime.set_year_status(actor=EDITOR, at=AT, year=2027, status=official, source="Thông báo 1 của Bộ Nội vụ", note="đủ Tết")
    assert worktime.load_calendar().year_status(2027) is official
    assert set(seed().values()) == {0}
    assert worktime.load_calendar().year_status(2027) is official
    assert entries("calendar")[-1].public["before"] == "provisional"
    with pytest.raises(Refused, match="văn bản"):
        worktime.set_year_status(actor=EDITOR, at=AT, year=2027, status=official, source=" ")
    with pytest.raises(Refused, match="Năm không hợp lệ"):
        worktime.set_year_status(actor=EDITOR, at=AT, year=99999, status=official, source="x")
    with pytest.raises(NotAllowed):
        worktime.set_year_status(actor=Actor(post="Công chức"), at=AT, year=2027, status=official, source="x")


def test_changes_an_hour_from_a_day_on():
    later, latest = date(2027, 1, 1), date(2027, 6, 1)
    change = {"actor": EDITOR, "at": AT, "key": worktime.Cutoff.FORWARD, "source": "Quyết định thử"}
    worktime.set_cutoff(**change, value=time(16), since=latest)
    worktime.set_cutoff(**change, value=time(14, 30), since=later)  # In the place of what was to come.
    assert [worktime.cutoff(day) for day in (date(2026, 12, 31), later, latest)] == [time(15), time(14, 30), time(14, 30)]
    worktime.set_cutoff(**{**change, "key": worktime.Cutoff.SAME_DAY}, value=time(10), since=later)
    assert worktime.load_calendar().same_day_cutoff(date(2026, 12, 31)) == time(15)
    assert worktime.load_calendar().same_day_cutoff(later) == time(10)
    assert set(seed().values()) == {0}
    assert worktime.cutoff(later) == time(14, 30)
    with pytest.raises(Refused, match="trước hôm nay"):
        worktime.set_cutoff(**change, value=time(16), since=date(2026, 11, 19))
    with pytest.raises(NotAllowed):
        worktime.set_cutoff(**{**change, "actor": Actor(post="Công chức")}, value=time(16), since=later)
    assert entries("calendar")[1].public["replaced"] == ["15:00 05/08/2026", "16:00 01/06/2027"]


# --- Schedules ---


def test_takes_a_new_schedule_with_its_warnings():
    sessions = tuple(worktime.Session(day, time(7), time(11)) for day in range(5))
    short = worktime.Schedule(code="buoi-sang", name="Buổi sáng", sessions=sessions, result_time=time(10))
    warnings = worktime.define_schedule(actor=EDITOR, at=AT, schedule=short, source="Quyết định thử")
    assert len(warnings) == 5
    assert worktime.schedule("buoi-sang") == short
    assert short in worktime.schedules()
    assert entries("calendar")[-1].public["sessions"][0] == "07:00–11:00 thứ Hai"
    with pytest.raises(Refused, match="Đã có khung giờ"):
        worktime.define_schedule(actor=EDITOR, at=AT, schedule=short, source="Quyết định thử")
    with pytest.raises(NotFound, match="khung giờ làm việc «lạ»"):
        worktime.schedule("lạ")


def test_keeps_sessions_apart():
    statement = """
        INSERT INTO worktime_session (schedule_id, weekday, opens, closes, counts, counter)
        SELECT id, 0, '11:00', '12:00', true, true FROM worktime_schedule WHERE code = 'hanh-chinh'
    """
    with pytest.raises(IntegrityError, match="worktime_sessions_do_not_overlap"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("11:00", "11:30"))  # Sessions may touch.


# --- Seeding ---


def seed() -> dict[str, int]:
    return worktime.seed(folder=SEEDS, progress=lambda _line: None)


def test_is_not_changed_by_seeding_again():
    version = worktime.load_calendar().version
    assert set(seed().values()) == {0}
    assert worktime.load_calendar().version == version


def test_keeps_what_the_office_wrote_when_seeded_again():
    worktime.remove_day(actor=EDITOR, at=AT, day=CULTURE_DAY, reason="Thử bỏ")
    worktime.remove_day(actor=EDITOR, at=AT, day=date(2027, 2, 4), reason="Thông báo nghỉ Tết 2027")
    worktime.set_day(**holiday(date(2027, 2, 4), name="Nghỉ Tết theo thông báo"))
    worktime.set_day(**holiday())
    assert set(seed().values()) == {0}
    calendar = worktime.load_calendar()
    assert calendar.row(CULTURE_DAY) is None
    assert calendar.name(date(2027, 2, 4)) == "Nghỉ Tết theo thông báo"
    assert calendar.name(FREE_DAY) == "Ngày nghỉ thử"


def test_is_brought_up_to_date_where_the_reference_wrote_it():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE worktime_calendarday SET name = 'cũ' WHERE day = %s", [CULTURE_DAY])
        cursor.execute("DELETE FROM worktime_calendarday WHERE day = '2026-09-02'")
        cursor.execute("DELETE FROM worktime_calendaryear WHERE year = 2026")
        cursor.execute("DELETE FROM worktime_setting WHERE key = 'same_day_cutoff'")
    assert seed() == {"days": 2, "years": 1, "schedules": 0, "settings": 1}
    assert worktime.load_calendar() == worktime.reference_calendar()


def test_is_not_loaded_from_a_file_with_two_rows_for_a_day(tmp_path):
    folder = tmp_path / "worktime"
    folder.mkdir()
    for name in ("years.csv", "settings.csv", "schedules.toml"):
        (folder / name).write_bytes((SEEDS / "worktime" / name).read_bytes())
    text = (SEEDS / "worktime" / "calendar.csv").read_text(encoding="utf-8")
    (folder / "calendar.csv").write_text(text + "2026-11-24,holiday,Hai,,x,sure\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"calendar.csv dòng \d+: Ngày 24/11/2026 đã có trong lịch"):
        worktime.seed(folder=tmp_path, progress=lambda _line: None)
    (folder / "calendar.csv").write_text(text + "2026-13-24,holiday,Hai,,x,sure\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"calendar.csv dòng \d+"):
        worktime.seed(folder=tmp_path, progress=lambda _line: None)


def test_is_written_by_the_tool():
    with (SEEDS / "worktime" / "calendar.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == build_calendar.rows()


def test_pairs_every_swap_and_covers_every_listed_year():
    rows = worktime.reference_calendar().rows
    kinds = {worktime.DayKind.SWAPPED_OFF: worktime.DayKind.MAKEUP_WORK, worktime.DayKind.MAKEUP_WORK: worktime.DayKind.SWAPPED_OFF}
    for row in rows.values():
        assert row.source
        if row.kind in kinds:
            other = rows[row.for_date]
            assert (other.kind, other.for_date) == (kinds[row.kind], row.day)
    assert {day.year for day in rows} == set(worktime.reference_calendar().years) == set(range(2018, 2028))
    assert rows[date(2026, 1, 2)].for_date == date(2026, 1, 10)
    assert all(row.is_working == (row.kind is worktime.DayKind.MAKEUP_WORK) for row in rows.values())
