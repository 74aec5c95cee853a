"""A clock in the database."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime

pytestmark = pytest.mark.django_db

ACTOR = Actor(post="Công chức tiếp nhận @ H27.112")
RULE = "Nghị định 118/2025 Điều 17 khoản 3"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def start(term: str = "5wd", moment: str = "2026-11-13T09:12", stream: str = "case:H27.112-261113-0001") -> worktime.ClockView:
    limit = worktime.TimeLimit.parse(term)
    schedule = worktime.schedule("hanh-chinh-tra-16h")
    return worktime.start_clock(actor=ACTOR, at=at(moment), stream=stream, limit=limit, schedule=schedule, rule=RULE)


def given(moment: str, clock: worktime.ClockView) -> dict:
    return {"actor": ACTOR, "at": at(moment), "clock_id": clock.id, "rule": RULE}


def test_keeps_its_promise_and_its_ledger():
    clock = start()
    assert clock.due == worktime.Due(at("2026-11-20T16:00"), date(2026, 11, 20))
    worktime.pause_clock(**given("2026-11-17T15:20", clock), reason="chờ bổ sung hồ sơ")
    waiting = worktime.clock(clock.id)
    assert (waiting.state, waiting.due, waiting.waiting_for) == (worktime.ClockState.PAUSED, None, "chờ bổ sung hồ sơ")
    again = worktime.resume_clock(**given("2026-11-19T10:05", clock), mode=worktime.ResumeMode.RESTART)
    assert again.due.due_date == date(2026, 11, 27)
    longer = worktime.extend_clock(**given("2026-11-25T08:00", clock), until=date(2026, 12, 1), reason="xin lỗi")
    assert longer.due.due_at == at("2026-12-01T16:00")
    done = worktime.finish_clock(**given("2026-12-01T18:00", clock))
    assert done.on_time is True
    read = worktime.clock(clock.id)
    assert read == done
    assert [entry.act.value for entry in read.entries] == ["started", "paused", "restarted", "extended", "finished"]
    assert {entry.actor_post for entry in read.entries} == {ACTOR.post}
    assert read.entries[0].at.isoformat() == "2026-11-13T09:12:00+07:00"
    assert worktime.clocks([clock.id, -1]) == {clock.id: read}
    assert worktime.inconsistencies() == ()


def test_goes_on_with_what_was_left():
    clock = start()
    worktime.pause_clock(**given("2026-11-17T15:20", clock), reason="chờ nghĩa vụ tài chính")
    again = worktime.resume_clock(**given("2026-11-19T10:05", clock), mode=worktime.ResumeMode.SHIFT)
    assert again.due.due_date == date(2026, 11, 25)
    assert worktime.restart_clock(**given("2026-11-19T11:00", clock)).due.due_date == date(2026, 11, 27)
    assert worktime.extend_clock(**given("2026-11-19T11:00", clock), by=worktime.TimeLimit.parse("2wd")).due.due_date == date(2026, 12, 1)


def test_refuses_without_writing_anything():
    clock = start()
    with pytest.raises(Refused, match="chờ việc gì") as refusal:
        worktime.pause_clock(**given("2026-11-17T15:20", clock), reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(Refused, match="căn cứ"):
        worktime.finish_clock(**{**given("2026-11-17T15:20", clock), "rule": ""})
    with pytest.raises(Refused, match="đang chạy"):
        worktime.resume_clock(**given("2026-11-17T15:20", clock), mode=worktime.ResumeMode.SHIFT)
    with pytest.raises(NotFound):
        worktime.finish_clock(**{**given("2026-11-17T15:20", clock), "clock_id": 0})
    assert worktime.clock(clock.id) == clock


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE worktime_clockentry SET due_date = due_date + 1",
        "DELETE FROM worktime_clockentry",
        "TRUNCATE worktime_clockentry",
        "TRUNCATE worktime_clock CASCADE",
        "SET session_replication_role = replica; UPDATE worktime_clockentry SET due_date = due_date + 1",
        "UPDATE worktime_clock SET amount = amount + 1",
        "UPDATE worktime_clock SET schedule_id = 'hanh-chinh'",
        "DELETE FROM worktime_clock",
        "UPDATE worktime_session SET closes = '18:00' WHERE closes = '17:00'",
        "UPDATE worktime_schedule SET result_time = '10:00'",
    ],
)
def test_cannot_be_changed_behind_its_back_by_the_owner_of_the_database(statement):
    start()
    # Foreign keys are checked at the end; a TRUNCATE with checks still waiting would fail for that reason.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match=r"ghi thêm|Không sửa|không sửa được"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_that_was_tampered_with_is_found():
    clock = start()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE worktime_clock SET due_date = due_date + 5 WHERE id = %s", [clock.id])
    (sentence,) = worktime.inconsistencies()
    assert clock.stream in sentence


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ("2, 'started', 'x', NULL, '', NULL", "worktime_ledger_starts_once_at_one"),
        ("1, 'paused', 'x', NULL, '', NULL", "worktime_ledger_starts_once_at_one"),
        ("1, 'started', 'x', NULL, '', NULL", "worktime_entry_one_per_place"),
        ("2, 'danced', 'x', NULL, '', NULL", "worktime_entry_act_known"),
        ("2, 'paused', '', NULL, '', NULL", "worktime_entry_names_its_rule"),
        ("2, 'extended', 'x', NULL, '', NULL", "worktime_extension_alone_has_one_measure"),
        ("2, 'paused', 'x', 3, 'wd', NULL", "worktime_extension_alone_has_one_measure"),
        ("2, 'extended', 'x', 3, '', NULL", "worktime_extension_is_whole"),
    ],
)
def test_has_a_ledger_that_only_takes_what_makes_sense(values, constraint):
    clock = start()
    statement = f"""
        INSERT INTO worktime_clockentry
            (clock_id, at, due_at, due_date, reason, calendar_version, actor_post, seq, act, rule, by_amount, by_unit, until)
        VALUES ({clock.id}, now(), now(), now(), '', '', '', {values})
    """
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_moves_with_the_calendar_only_by_an_entry_that_says_so():
    clock, untouched = start("1wd", moment="2026-11-20T09:00"), start(moment="2026-11-02T09:00", stream="case:khác")
    finished = start("1wd", moment="2026-11-20T09:00", stream="case:xong")
    worktime.finish_clock(**given("2026-11-20T10:00", finished))
    system = Actor.system("lịch thay đổi")
    worktime.swap_days(
        actor=system,
        at=at("2026-11-20T11:00"),
        off=date(2026, 11, 23),
        makeup=date(2026, 12, 5),
        name="Hoán đổi",
        source="Thông báo thử",
    )
    assert worktime.clock(clock.id) == clock
    assert worktime.unsettled() == (
        worktime.Move(clock.id, clock.stream, clock.promised, worktime.Due(at("2026-11-25T16:00"), date(2026, 11, 25))),
    )
    why = "hoán đổi ngày 23/11"
    moved = worktime.settle_clock(**given("2026-11-20T12:00", clock), reason=why)
    assert moved.due.due_date == date(2026, 11, 25)
    assert (moved.entries[-1].act, moved.entries[-1].reason) == (worktime.ClockAct.CALENDAR_CHANGED, why)
    assert moved.entries[-1].calendar_version != moved.entries[0].calendar_version
    assert worktime.settle_clock(**given("2026-11-20T12:01", clock), reason=why) == worktime.clock(clock.id) == moved
    for other in (untouched, finished):
        before = worktime.clock(other.id)
        assert worktime.settle_clock(**given("2026-11-20T12:00", other), reason=why) == worktime.clock(other.id) == before
    with pytest.raises(Refused, match="Ghi rõ lịch"):
        worktime.settle_clock(**given("2026-11-20T12:00", clock), reason=" ")
    assert worktime.unsettled() == worktime.inconsistencies() == ()


def test_costs_few_queries():
    start()
    with CaptureQueriesContext(connection) as queries:
        schedule = worktime.schedule("hanh-chinh")
        limit = worktime.TimeLimit.parse("3wd")
        clock = worktime.start_clock(actor=ACTOR, at=at("2026-11-20T09:00"), stream="case:x", limit=limit, schedule=schedule, rule=RULE)
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 5
    with CaptureQueriesContext(connection) as queries:
        worktime.clock(clock.id)
    assert len(queries) == 2
