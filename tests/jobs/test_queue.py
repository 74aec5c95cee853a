"""The queue as the office sees it: what failed and why, what a dead worker left, and putting it back."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from cchc.audit import api as audit
from cchc.jobs import api as jobs
from cchc.jobs.api import JobStatus
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotAllowed, NotFound
from tests.world import NOW

ADMIN = Actor(post="Quản trị @ H27.112", rights=frozenset({"kernel:job:manage"}))


def put(status: str = "todo", *, task: str = "cchc.documents.render_paper", beat: Any = None, lock: str | None = None) -> int:
    """Put a job into the queue in this state; ``beat`` is when its worker was last heard."""
    job_id = app.configure_task(task, queue="papers", queueing_lock=lock).defer(paper_id="0")
    with connection.cursor() as cursor:
        worker = None
        if beat is not None:
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [beat])
            (worker,) = cursor.fetchone()
        if status != "todo":
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job_id])
        if status not in {"todo", "doing"}:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job_id])
    return job_id


def status_of(job_id: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job_id).status)


@pytest.mark.django_db
def test_says_where_each_job_is() -> None:
    made = {
        JobStatus.TODO: put(),
        JobStatus.DOING: put("doing", beat=NOW),
        JobStatus.STALLED: put("doing", beat=NOW - timedelta(minutes=2)),
        JobStatus.FAILED: put("failed"),
        JobStatus.SUCCEEDED: put("succeeded"),
    }
    jobs.note_fault(job_id=made[JobStatus.FAILED], at=NOW, error=ValueError("Thiếu phông chữ\nchi tiết"))
    found = jobs.queue(actor=ADMIN, at=NOW)
    assert {job.status: job.id for job in found.jobs} == made
    assert found.counts == {word: int(word in made) for word in JobStatus}
    assert {job.status for job in found.jobs if job.can_retry} == {JobStatus.FAILED, JobStatus.STALLED}
    failed = jobs.queue(actor=ADMIN, at=NOW, status=JobStatus.FAILED).jobs
    assert [(job.label, job.error) for job in failed] == [("Vẽ giấy tờ thành PDF", "ValueError: Thiếu phông chữ")]
    assert found.worker == jobs.Worker(alive=1, heard_at=NOW)
    with pytest.raises(NotAllowed):
        jobs.queue(actor=Actor(post="Khác"), at=NOW)


@pytest.mark.django_db
def test_lists_what_comes_by_itself() -> None:
    planned = {item.task: item for item in jobs.queue(actor=ADMIN, at=NOW).planned}
    assert planned["cchc.jobs.rescue"].cron == "*/5 * * * *"
    assert planned["cchc.notifications.prune"].last_at is None


@pytest.mark.django_db
def test_pages_through_a_long_queue() -> None:
    made = [put() for _ in range(60)]
    first = jobs.queue(actor=ADMIN, at=NOW)
    second = jobs.queue(actor=ADMIN, at=NOW, before=first.following)
    assert [job.id for job in (*first.jobs, *second.jobs)] == made[::-1]
    assert second.following is None


@pytest.mark.django_db
def test_a_failed_job_is_put_back_and_journaled() -> None:
    failed = put("failed")
    assert jobs.retry(actor=ADMIN, at=NOW, job_id=failed) == "Vẽ giấy tờ thành PDF"
    assert status_of(failed) == "todo"
    assert audit.entries("jobs")[-1].public == {"job": failed, "task": "cchc.documents.render_paper"}
    with pytest.raises(Conflict):
        jobs.retry(actor=ADMIN, at=NOW, job_id=failed)
    with pytest.raises(NotFound):
        jobs.retry(actor=ADMIN, at=NOW, job_id=failed + 1000)
    with pytest.raises(NotAllowed):
        jobs.retry(actor=Actor(post="Khác"), at=NOW, job_id=failed)


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["todo", "succeeded"])
def test_what_waits_or_is_done_is_not_put_back(status: str) -> None:
    with pytest.raises(Conflict):
        jobs.retry(actor=ADMIN, at=NOW, job_id=put(status))


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_taken_up_and_living_work_is_not() -> None:
    orphan, silent, living = put("doing"), put("doing", beat=NOW - timedelta(minutes=2)), put("doing", beat=NOW)
    assert jobs.rescue(at=NOW) == 2
    assert [status_of(job) for job in (orphan, silent, living)] == ["todo", "todo", "doing"]
    assert jobs.rescue(at=NOW) == 0


@pytest.mark.django_db
def test_a_stalled_job_whose_twin_waits_gives_way() -> None:
    old = put("doing", lock="dọn")
    new = put(lock="dọn")
    assert jobs.rescue(at=NOW) == 0
    assert (status_of(old), status_of(new)) == ("failed", "todo")
    with pytest.raises(Conflict):
        jobs.retry(actor=ADMIN, at=NOW, job_id=old)


@pytest.mark.django_db
def test_a_reason_names_nobody() -> None:
    failed = put("failed")
    error = ValueError("Key (phone)=(0912 000 342), số 042198000317, thư ngoc.do@example.vn, mã 0042")
    jobs.note_fault(job_id=failed, at=NOW, error=error)
    (job,) = jobs.queue(actor=ADMIN, at=NOW).jobs
    assert job.error == "ValueError: Key (phone)=(…), số …, thư …@… mã 0042"


@pytest.mark.django_db
def test_what_is_long_done_is_thrown_away() -> None:
    done, failed, waiting = put("succeeded"), put("failed"), put()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = %s", [NOW])
    assert jobs.prune(at=NOW + timedelta(days=29)) == 0
    assert jobs.prune(at=NOW + timedelta(days=31)) == 1
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == {failed, waiting}
    assert jobs.prune(at=NOW + timedelta(days=361)) == 1
    assert done not in ProcrastinateJob.objects.values_list("pk", flat=True)


def test_a_worker_keeps_the_reason_of_a_failure(fresh_database: Any, tmp_path: Path) -> None:
    failing = app.configure_task("cchc.documents.render_paper", queue="papers").defer(paper_id="không phải mã")
    variables = {"DATABASE_URL": fresh_database.url, "DJANGO_SETTINGS_MODULE": "config.settings", "CCHC_HOME": str(tmp_path)}
    variables["PYTHONPATH"] = f"{settings.BASE_DIR}:{settings.BASE_DIR / 'src'}"
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"]
    subprocess.run(command, check=True, cwd=settings.BASE_DIR, env={**os.environ, **variables}, timeout=60, capture_output=True)
    (job,) = (job for job in jobs.queue(actor=ADMIN, at=NOW).jobs if job.id == failing)
    assert (job.status, job.error) == (JobStatus.FAILED, "ValueError: badly formed hexadecimal UUID string")
