"""The demo as a whole: where it may be told, and that it is as sound as anything else."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.db.models import F

from cchc.audit import api as audit
from cchc.audit.models import Entry
from cchc.cases.models import Case, Handover, SettledPromise
from cchc.cli import demo
from cchc.cli.demo.cast import script
from cchc.cli.demo.hours import Hours
from cchc.identity.models import Person
from cchc.kernel.errors import Refused
from cchc.kernel.local import VIETNAM
from cchc.kernel.local import at as at_local
from cchc.worktime import api as worktime
from tests import databases

ROOT = Path(__file__).resolve().parents[2]
UNTIL = date(2026, 11, 23)
LOOK = datetime(2026, 11, 23, 10, 31, tzinfo=VIETNAM)


def test_where_people_work_already_there_is_no_demo(db):
    Person.objects.create_user("ai-do", full_name="Ai Đó")
    with pytest.raises(Refused, match="người dùng thật"):
        demo.seed_demo(until=UNTIL, progress=lambda _line: None)
    assert not demo.seed_if_empty(progress=lambda _line: None)
    assert demo.accounts() == []


def test_a_day_before_the_stage_was_built_is_refused(db):
    with pytest.raises(Refused, match="từ 15/09/2025"):
        demo.seed_demo(until=date(2025, 7, 1), progress=lambda _line: None)


def test_acts_fall_into_the_hours_of_the_counter(db):
    hours = Hours(worktime.load_calendar(), worktime.schedule("hanh-chinh-tra-16h"))
    assert hours.later(at_local(date(2026, 11, 23), time(11, 20)), 20) == at_local(date(2026, 11, 23), time(13, 40))
    assert hours.later(at_local(date(2026, 11, 23), time(16, 50)), 20) == at_local(date(2026, 11, 25), time(7, 10))
    assert hours.shifted(date(2026, 11, 23), 1) == date(2026, 11, 25)
    assert hours.shifted(date(2026, 11, 23), -1) == date(2026, 11, 20)
    assert hours.last(date(2026, 11, 24)) == date(2026, 11, 23)


@pytest.mark.long
def test_the_whole_demo(db):
    report = demo.seed_demo(until=UNTIL, progress=lambda _line: None)
    assert report["cases"] == Case.objects.count() == demo.CASES == script("story")["cases"]
    assert Case.objects.values("agency").distinct().count() == 5
    assert_sound()
    fates = report["fates"]
    for row in script("story")["fate"]:
        assert fates[row["name"]] >= row["count"], row["name"]
    finished = Case.objects.filter(finished_at__isnull=False, late_from__isnull=False, immediate=False)
    late = finished.filter(finished_at__gte=F("late_from")).count()
    assert 0.06 < late / finished.count() < 0.1
    steps = Handover.objects.filter(due_at__isnull=False, ended_at__isnull=False)
    assert steps.filter(ended_at__gt=F("due_at")).count() < steps.count() / 10
    assert SettledPromise.objects.count() > 1
    assert worktime.inconsistencies() == ()
    assert audit.verify().holds


def assert_sound():
    """Nobody acts after the end or outside the hours of the counter; every file is in one pair of hands at a time."""
    hours = Hours(worktime.load_calendar(), worktime.schedule("hanh-chinh-tra-16h"))
    moments = [
        *Case.objects.values_list("filed_at", flat=True),
        *Handover.objects.values_list("at", flat=True),
        *Entry.objects.filter(stream__name__startswith="case:").values_list("at", flat=True),
    ]
    assert max(moments) < LOOK
    for moment in moments:
        assert hours.later(moment, 0) == moment, moment
    before = None
    for row in Handover.objects.order_by("case", "seq"):
        if before is not None and before.case_id == row.case_id:
            # A corrected result comes back to the counter from nobody's hands: the file was closed in between.
            assert row.seq == before.seq + 1
            assert row.at == before.ended_at or (before.to_unit_id is None and row.act == "result_corrected")
        else:
            assert row.seq == 1
        before = row


@pytest.mark.long
def test_migrate_reference_and_demo_from_empty(fresh_database, tmp_path):
    """What an empty installation does: nothing but the three commands, in a process of their own."""
    name = f"{fresh_database.name}_empty"
    with databases.server() as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    environment = {
        **os.environ,
        "DATABASE_URL": databases.url(name),
        "CCHC_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "src")])

    def cchc(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "django", *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    try:
        cchc("migrate", "--verbosity", "0")
        cchc("createcachetable", "--verbosity", "0")
        cchc("seed", "reference")
        began = datetime.now(UTC)
        first = json.loads(cchc("seed", "demo", "--until", UNTIL.isoformat(), "--json"))
        print(f"demo of {first['cases']} cases in {(datetime.now(UTC) - began).total_seconds():.1f} s")
        again = json.loads(cchc("seed", "demo", "--until", UNTIL.isoformat(), "--json"))
        assert (first["there"], again["there"], first["cases"], again["cases"]) == (False, True, demo.CASES, demo.CASES)
        assert json.loads(cchc("audit", "verify", "--json"))["holds"]
        assert again["last_acts"] == first["last_acts"]
    finally:
        databases.drop(name)
