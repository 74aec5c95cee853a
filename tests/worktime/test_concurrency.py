"""Several people acting on one clock at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import connections

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
