"""Run a job again, take up what a dead worker left, note why a job failed, throw away what is long done."""

import re
from datetime import datetime, timedelta

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from cchc.audit import api as audit
from cchc.jobs.models import Fault
from cchc.jobs.queries.queue import stalled
from cchc.jobs.terms import JobStatus, task_label
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotFound

# Finished jobs older than this are thrown away; those that failed stay twelve times as long.
KEPT = timedelta(days=30)
# Numbers of people may stand in the message of an error: whatever has as many digits as a telephone number goes.
_NUMBERS = re.compile(r"\d[\d .\-]{7,}\d")
_ADDRESSES = re.compile(r"[^\s@<>\"'=(]+@[^\s@<>\"')]+")
_LONGEST = 500


@transaction.atomic
def retry(*, actor: Actor, at: datetime, job_id: int) -> str:
    """Put a job that failed, or whose worker is gone, back into the queue; return its name in words.

    Needs the right ``kernel:job:manage``. Jobs do their work once however often they run, so this is safe. Raises ``NotFound``, and
    ``Conflict`` when the job is in the queue or at work already.
    """
    actor.must("kernel:job:manage")
    job = ProcrastinateJob.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound("Không có việc này; có thể đã được dọn. Mở lại danh sách.")
    if job.status != JobStatus.FAILED and not stalled(at=at).filter(pk=job_id).exists():
        raise Conflict("Việc này không còn ở trạng thái lỗi, nên không cần chạy lại. Mở lại danh sách để xem.")
    if _twin_waits(job):
        raise Conflict("Một việc cùng loại đang chờ làm rồi, nên không cần chạy lại việc này.")
    app.job_manager.retry_job_by_id(job_id, retry_at=at)
    audit.record(stream="jobs", act="job_retried", at=at, actor=actor, public={"job": job_id, "task": job.task_name})
    return task_label(job.task_name)


def rescue(*, at: datetime) -> int:
    """Put the jobs of dead workers back into the queue; return how many. Run every few minutes, and twice is once."""
    number = 0
    for job_id in list(stalled(at=at).values_list("pk", flat=True)):
        with transaction.atomic():
            # Somebody else may have been faster: the row is looked at again under its lock.
            job = stalled(at=at).filter(pk=job_id).select_for_update(of=("self",), skip_locked=True).first()
            if job is None:
                continue
            if _twin_waits(job):
                # Its successor waits in the queue already and would be in its way.
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job_id])
                continue
            app.job_manager.retry_job_by_id(job_id, retry_at=at)
            number += 1
    return number


def note_fault(*, job_id: int, at: datetime, error: BaseException) -> None:
    """Keep why a job failed: the kind of error and its first line, without numbers and addresses of people."""
    line = str(error).strip().partition("\n")[0]
    plain = _ADDRESSES.sub("…@…", _NUMBERS.sub("…", line))
    Fault.objects.create(job_id=job_id, at=at, error=f"{type(error).__name__}: {plain}"[:_LONGEST])


def prune(*, at: datetime) -> int:
    """Throw away jobs that ended long ago, and the reasons of jobs that are gone; return how many jobs went."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM procrastinate_jobs AS job WHERE status NOT IN ('todo', 'doing') AND NOT EXISTS (
                SELECT 1 FROM procrastinate_events AS event WHERE event.job_id = job.id
                AND event.at > CASE job.status WHEN 'failed' THEN %(failed)s ELSE %(done)s END)
            """,
            {"done": at - KEPT, "failed": at - 12 * KEPT},
        )
        gone = int(cursor.rowcount)
        cursor.execute(
            "DELETE FROM jobs_fault AS fault WHERE NOT EXISTS (SELECT 1 FROM procrastinate_jobs AS job WHERE job.id = fault.job_id)"
        )
    return gone


def _twin_waits(job: ProcrastinateJob) -> bool:
    """Say whether a job with the same queueing lock waits: the queue takes only one of them."""
    return bool(job.queueing_lock) and ProcrastinateJob.objects.filter(queueing_lock=job.queueing_lock, status="todo").exists()
