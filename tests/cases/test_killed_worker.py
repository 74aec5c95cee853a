"""A worker killed in the middle: started again, the calendar's run and the seal end as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.cases.models import Case, SettledPromise, Settlement
from cchc.jobs import api as jobs
from cchc.kernel.actor import Actor
from cchc.notifications.models import Message
from cchc.worktime import api as worktime
from tests import databases
from tests.audit.sealing import settled
from tests.world import MARITAL_STATUS, NOW, build, citizen, intake

ROOT = Path(__file__).resolve().parents[2]
CASES, CUT_AFTER = 300, 60
SATURDAY = 5
WAIT = 180.0


def environment(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings_test"}


def worker() -> list[str]:
    """Return the command of a worker that ends when the queue is empty. Papers are left undrawn: they are not what is tried here."""
    return [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot", "--queues", "events,cases", "--concurrency", "2"]


def run_through(url: str) -> None:
    done = subprocess.run(worker(), env=environment(url), cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr


def killed_when(command: list[str], url: str, reached: Callable[[], bool]) -> None:
    """Start a process in a group of its own, and kill the group with -9 as soon as ``reached``."""
    process = subprocess.Popen(command, env=environment(url), cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + WAIT
    try:
        while not reached():
            assert process.poll() is None, f"it ended by itself: {process.communicate()[1]}"
            assert time.monotonic() < until, "it never came so far"
            time.sleep(0.01)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL


def swapped_day_with_open_cases() -> None:
    """Receive the cases, all due on one day, a third of them with an address, and swap that day away."""
    world, at = build(), max(NOW, timezone.now())
    for place in range(CASES):
        party = cases.PartyForm(**{**citizen().__dict__, "email": f"nguoi{place}@example.vn" if place % 3 == 0 else ""})
        cases.receive(actor=world.counter, at=at, intake=intake(MARITAL_STATUS, owner=party))
    (due,) = set(Case.objects.values_list("due_date", flat=True))
    worktime.swap_days(
        actor=world.actors["quantri"],
        at=at,
        off=due,
        makeup=free_saturday(due),
        name="Hoán đổi",
        source="Thông báo",
        confidence=worktime.Confidence.SURE,
    )


def free_saturday(after: date) -> date:
    calendar, day = worktime.load_calendar(), after
    while day.weekday() != SATURDAY or calendar.row(day):
        day += timedelta(days=1)
    return day


def outcome() -> dict[str, Any]:
    """Return all that a run leaves behind, without when it was."""
    moved = {
        code: (before, after, told)
        for code, before, after, told in SettledPromise.objects.values_list("case__code", "due_before", "due_after", "told")
    }
    now = dict(Case.objects.values_list("code", "due_at"))
    first = dict(Case.objects.values_list("code", "first_due_at"))
    entries = Counter(entry.act for code in now for entry in audit.entries(f"case:{code}") if entry.act == cases.Act.SETTLE.value)
    messages = Counter(Message.objects.filter(kind="calendar_moved").values_list("stream", flat=True))
    clocks = {move.clock_id for move in worktime.unsettled()}
    run = Settlement.objects.get()
    return {
        "moved": moved,
        "now": now,
        "first": first,
        "entries": entries,
        "messages": messages,
        "left": clocks,
        "open": run.open_cases,
        "finished": run.finished_at is not None,
        "chains": audit.verify().holds,
    }


@contextmanager
def copy_of(name: str) -> Iterator[str]:
    """Give a second database like the first one, and enter it."""
    other = f"{name}_twin"
    connections.close_all()
    databases.clone(name, other)
    try:
        with databases.entered(other):
            yield databases.url(other)
    finally:
        databases.drop(other)


@pytest.mark.long
def test_killed_in_the_middle_of_three_hundred_promises_the_run_ends_the_same(fresh_database: Any) -> None:
    swapped_day_with_open_cases()
    with copy_of(fresh_database.name) as url:
        run_through(url)
        whole = outcome()
    assert len(whole["moved"]) == CASES == whole["open"]
    assert Counter(told for _before, _after, told in whole["moved"].values()) == {True: CASES // 3, False: CASES - CASES // 3}

    url = fresh_database.url
    killed_when(worker(), url, lambda: SettledPromise.objects.count() >= CUT_AFTER)
    half = SettledPromise.objects.count()
    assert CUT_AFTER <= half < CASES
    assert Settlement.objects.get().finished_at is None
    (run_id,) = Settlement.objects.values_list("pk", flat=True)
    # A worker that starts meanwhile leaves alone what the dead one holds; once that has been silent, the upkeep takes it up.
    run_through(url)
    assert SettledPromise.objects.count() == half
    until = time.monotonic() + WAIT
    while not jobs.rescue(at=timezone.now()):
        assert time.monotonic() < until, "the dead worker was never given up"
        time.sleep(1)
    run_through(url)
    assert outcome() == whole
    told = jobs.run(cases.SETTLE_TASK, str(run_id))
    assert told
    assert (told.tries, told.is_running, told.result, told.error) == (2, False, {"moved": CASES}, "")


@pytest.mark.long
def test_a_process_killed_while_it_seals_leaves_nothing_and_the_next_seals_the_same(fresh_database: Any) -> None:
    world = build()
    for _case in range(20):
        cases.receive(actor=world.counter, at=NOW, intake=intake(MARITAL_STATUS))
    settled()
    entries = audit.unsealed()
    assert entries > 20
    url = fresh_database.url
    command = [sys.executable, "-m", "django", "audit", "seal", "--json"]
    with psycopg.connect(url) as gate, psycopg.connect(url, autocommit=True) as watch:
        # The seal's row is written, its blocks have to wait here: the middle.
        gate.execute("LOCK TABLE audit_sealblock IN EXCLUSIVE MODE")

        def waits() -> bool:
            found = watch.execute("SELECT count(*) FROM pg_locks WHERE relation = 'audit_sealblock'::regclass AND NOT granted").fetchone()
            return bool(found and found[0])

        killed_when(command, url, waits)
        gate.rollback()
        until = time.monotonic() + WAIT
        while (
            watch.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchone()
            or (0,)
        )[0]:
            assert time.monotonic() < until
            time.sleep(0.05)
    settled()
    assert audit.latest_seal() is None
    assert audit.unsealed() == entries
    done = subprocess.run(command, env=environment(url), cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    made = audit.latest_seal()
    assert made
    assert (made.number, made.count) == (1, entries)
    again = audit.seal(actor=Actor.system("kiểm thử"), at=made.sealed_at)
    assert again == made
    assert audit.unsealed() == 0
    assert audit.verify().holds
