"""Long work tells how far it is while it goes on."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, transaction

from cchc.jobs import api as jobs
from cchc.kernel.errors import NotFound
from tests.world import NOW


@pytest.mark.django_db
def test_from_beginning_to_end() -> None:
    run = jobs.begin(name="cases.reproject", key="calendar:57", total=2000, at=NOW)
    assert (run.done, run.total, run.share, run.is_running) == (0, 2000, 0, True)
    jobs.advance(run.id, done=500, at=NOW + timedelta(seconds=3))
    assert jobs.latest("cases.reproject").share == 0.25
    jobs.finish(run.id, at=NOW + timedelta(seconds=9), result={"moved": 31})
    over = jobs.run("cases.reproject", "calendar:57")
    assert (over.done, over.is_running, over.result, over.error) == (2000, False, {"moved": 31}, "")


@pytest.mark.django_db
def test_beginning_again_after_it_was_cut_off_counts_the_tries() -> None:
    first = jobs.begin(name="seals", key="2026-11-20", total=10, at=NOW)
    jobs.advance(first.id, done=7, at=NOW)
    again = jobs.begin(name="seals", key="2026-11-20", total=12, at=NOW + timedelta(hours=1))
    assert (again.id, again.done, again.total, again.tries) == (first.id, 0, 12, 2)


@pytest.mark.django_db
def test_a_failure_keeps_what_was_done_and_why_it_ended() -> None:
    run = jobs.begin(name="seals", key="x", total=10, at=NOW)
    jobs.advance(run.id, done=7, at=NOW)
    jobs.fail(run.id, at=NOW, error="Sổ bị sửa ở mục 8.")
    failed = jobs.latest("seals")
    assert (failed.done, failed.error, failed.is_running) == (7, "Sổ bị sửa ở mục 8.", False)


@pytest.mark.django_db
def test_the_latest_is_the_one_that_began_last() -> None:
    jobs.begin(name="seals", key="b", total=1, at=NOW)
    jobs.begin(name="seals", key="a", total=0, at=NOW + timedelta(days=1))
    assert jobs.latest("seals").key == "a"
    assert jobs.latest("seals").share == 1
    assert [run.key for run in jobs.recent_runs()] == ["a", "b"]
    assert jobs.latest("nothing") is None


@pytest.mark.django_db
def test_more_than_all_is_refused() -> None:
    run = jobs.begin(name="seals", key="x", total=10, at=NOW)
    with pytest.raises(NotFound):
        jobs.advance(run.id + 1000, done=1, at=NOW)
    with pytest.raises(IntegrityError, match="jobs_run_does_no_more_than_all"):
        jobs.advance(run.id, done=11, at=NOW)


def test_others_see_it_at_once_and_it_refuses_to_hide_in_a_transaction(fresh_database: Any) -> None:
    run = jobs.begin(name="seals", key="x", total=10, at=NOW)
    jobs.advance(run.id, done=4, at=NOW)
    with psycopg.connect(fresh_database.url) as other:
        assert other.execute("SELECT done FROM jobs_longrun").fetchall() == [(4,)]
    with transaction.atomic(), pytest.raises(RuntimeError):
        jobs.advance(run.id, done=5, at=NOW)
