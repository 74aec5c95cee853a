"""Several people acting on one clock at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

from django.db import connection, connections, transaction

from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime import api as worktime

ACTOR = Actor(post="Công chức @ H27.112")
AT = datetime(2026, 11, 20, 9, tzinfo=VIETNAM)


def test_are_taken_one_after_the_other(fresh_database):
    clock = worktime.start_clock(
        actor=ACTOR,
        at=AT,
        stream="case:x",
        limit=worktime.TimeLimit.parse("5wd"),
        schedule=worktime.default_schedule(),
        rule="thử",
    )

    def pause(_: int) -> bool:
        try:
            worktime.pause_clock(actor=ACTOR, at=AT, clock_id=clock.id, rule="thử", reason="chờ bổ sung hồ sơ")
        except Refused:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        paused = list(pool.map(pause, range(8)))
    assert paused.count(True) == 1
    assert [entry.seq for entry in worktime.clock(clock.id).entries] == [1, 2]


def start(stream: str) -> worktime.ClockView:
    return worktime.start_clock(
        actor=ACTOR, at=AT, stream=stream, limit=worktime.TimeLimit.parse("1wd"), schedule=worktime.default_schedule(), rule="thử"
    )


def close_monday() -> None:
    try:
        worktime.set_day(
            actor=Actor(post="Quản trị", rights=frozenset({"worktime:calendar:edit"})),
            at=AT,
            day=date(2026, 11, 23),
            kind=worktime.DayKind.HOLIDAY,
            name="Nghỉ thử",
            source="Quyết định thử",
        )
    finally:
        connections.close_all()


def test_who_edit_the_calendar_wait_for_those_who_promise_on_it(fresh_database):
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            old = start("case:trước")
            edit = pool.submit(close_monday)
            _until_someone_waits()
            assert not edit.done()
        edit.result(timeout=20)
    assert old.due.due_date == date(2026, 11, 23)
    assert [move.clock_id for move in worktime.unsettled()] == [old.id]
    assert start("case:sau").due.due_date == date(2026, 11, 25)


def test_who_promise_wait_for_an_edit_and_count_on_what_it_left(fresh_database):
    def promise() -> worktime.ClockView:
        try:
            return start("case:trong khi sửa")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            worktime.set_day(
                actor=Actor.system("thử"), at=AT, day=date(2026, 11, 23), kind=worktime.DayKind.HOLIDAY, name="Nghỉ", source="Thử"
            )
            waiting = pool.submit(promise)
            _until_someone_waits()
            assert not waiting.done()
        made = waiting.result(timeout=20)
    assert made.due.due_date == date(2026, 11, 25)
    assert worktime.unsettled() == ()


def test_never_wait_for_each_other_in_a_circle(fresh_database):
    """An owner that locks its own row first, as a case does, an editor between, and somebody who wants that row."""
    clock = start("case:x")

    def owner(place: int) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                if place % 2:
                    cursor.execute("SELECT 1 FROM worktime_clock WHERE id = %s FOR UPDATE", [clock.id])
                    start(f"case:{place}")
                else:
                    start(f"case:{place}")
                    cursor.execute("SELECT 1 FROM worktime_clock WHERE id = %s FOR UPDATE", [clock.id])
        finally:
            connections.close_all()

    def editor(place: int) -> None:
        try:
            worktime.set_day(
                actor=Actor.system("thử"),
                at=AT,
                day=date(2027, 3, 1) + timedelta(days=place),
                kind=worktime.DayKind.HOLIDAY,
                name="Nghỉ",
                source="Thử",
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        runs = [pool.submit(editor if place % 5 == 0 else owner, place) for place in range(60)]
        for run in runs:
            run.result(timeout=60)
    assert worktime.inconsistencies() == ()


def test_settle_a_clock_once_when_two_jobs_run(fresh_database):
    clock = start("case:x")
    close_monday()

    def settle(_: int) -> None:
        try:
            worktime.settle_clock(actor=ACTOR, at=AT, clock_id=clock.id, rule="thử", reason="nghỉ thử")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(settle, range(6)))
    assert [entry.act.value for entry in worktime.clock(clock.id).entries] == ["started", "calendar_changed"]


def _until_someone_waits() -> None:
    """Return when another connection waits for the advisory lock; the database is asked, not the clock on the wall."""
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.005)")
    raise AssertionError("nobody waits")
