"""Jobs about jobs, and the note of why one failed."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from procrastinate import App
from procrastinate.contrib.django import app

from cchc.jobs.operations import queue


@app.periodic(cron="*/5 * * * *")
@app.task(name="cchc.jobs.rescue", queue="upkeep", queueing_lock="cchc.jobs.rescue")
def rescue(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it to every periodic job)
    """Take up what a dead worker left."""
    queue.rescue(at=timezone.now())


# Timetables are read in UTC: twenty to three at night in Viet Nam.
@app.periodic(cron="40 19 * * *")
@app.task(name="cchc.jobs.prune", queue="upkeep", queueing_lock="cchc.jobs.prune")
def prune(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it to every periodic job)
    """Throw away what is long done, at night."""
    queue.prune(at=timezone.now())


def noting_faults(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:  # noqa: ARG001 (procrastinate's signature)
    """Keep the reason when a job fails; the failure goes on."""
    try:
        return call_next()
    except Exception as error:
        queue.note_fault(job_id=context.job.id, at=timezone.now(), error=error)
        raise


def when_ready(made: App) -> None:
    """Let every worker keep the reasons of failures. Named in the settings."""
    made.worker_defaults["task_middleware"] = [noting_faults]
