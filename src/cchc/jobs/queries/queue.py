"""The jobs of the queue, the workers that do them, and what is planned."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinatePeriodicDefer, ProcrastinateWorker

from cchc.jobs.models import Fault
from cchc.jobs.terms import JobStatus, task_label
from cchc.kernel.actor import Actor

# A worker tells every ten seconds that it lives; procrastinate itself strikes it off after thirty.
SILENT = timedelta(seconds=60)
PAGE = 50
# A queue may hold a million finished jobs: beyond this a count says "more than".
COUNTED = 10_000


@dataclass(frozen=True)
class JobView:
    """One job. ``label`` is its name in words; ``at`` when something last happened to it; ``error`` the reason of the last failure."""

    id: int
    queue: str
    task: str
    label: str
    status: JobStatus
    attempts: int
    scheduled_at: datetime | None
    at: datetime | None
    error: str

    @property
    def can_retry(self) -> bool:
        """Say whether it may be run again: it failed, or its worker is gone."""
        return self.status in {JobStatus.FAILED, JobStatus.STALLED}


@dataclass(frozen=True)
class Planned:
    """A job that comes by itself. ``cron`` is its timetable; ``last_at`` when it was last put into the queue, if ever."""

    task: str
    label: str
    cron: str
    last_at: datetime | None
    last_status: JobStatus | None


@dataclass(frozen=True)
class Worker:
    """Whether a worker lives: how many do, and when one was last heard."""

    alive: int
    heard_at: datetime | None


@dataclass(frozen=True)
class Queue:
    """The room at one glance."""

    counts: dict[JobStatus, int]
    jobs: tuple[JobView, ...]
    following: int | None
    worker: Worker
    planned: tuple[Planned, ...]


def queue(*, actor: Actor, at: datetime, status: JobStatus | None = None, before: int | None = None) -> Queue:
    """Return the jobs, the newest first, with counts by status, the workers and what is planned. A fixed number of queries.

    Needs the right ``kernel:job:manage``. ``before`` goes on from the job with this number.
    """
    actor.must("kernel:job:manage")
    rows = _in(status, at) if status else ProcrastinateJob.objects.all()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    shown = list(_told(rows, at).order_by("-pk")[: PAGE + 1])
    return Queue(
        counts={word: _in(word, at).order_by()[:COUNTED].count() for word in JobStatus},
        jobs=tuple(_view(row) for row in shown[:PAGE]),
        following=shown[PAGE - 1].pk if len(shown) > PAGE else None,
        worker=worker(at=at),
        planned=_planned(),
    )


def worker(*, at: datetime) -> Worker:
    """Return whether a worker lives. One query."""
    beats = list(ProcrastinateWorker.objects.values_list("last_heartbeat", flat=True))
    return Worker(alive=sum(beat > at - SILENT for beat in beats), heard_at=max(beats, default=None))


def stalled(*, at: datetime) -> QuerySet[ProcrastinateJob]:
    """Return the jobs that were begun by a worker that is gone."""
    return _in(JobStatus.STALLED, at)


def _in(status: JobStatus, at: datetime) -> QuerySet[ProcrastinateJob]:
    rows = ProcrastinateJob.objects
    gone = Q(worker__isnull=True) | Q(worker__last_heartbeat__lte=at - SILENT)
    if status is JobStatus.STALLED:
        return rows.filter(gone, status="doing")
    if status is JobStatus.DOING:
        return rows.filter(status="doing", worker__last_heartbeat__gt=at - SILENT)
    if status is JobStatus.CANCELLED:
        return rows.filter(status__in=["cancelled", "aborted"])
    return rows.filter(status=status.value)


def _told(rows: QuerySet[ProcrastinateJob], at: datetime) -> QuerySet[ProcrastinateJob]:
    """Add to each row what a list shows beside it; the arguments, which may name people, stay in the database."""
    events = ProcrastinateEvent.objects.filter(job=OuterRef("pk")).order_by("-at", "-pk")
    faults = Fault.objects.filter(job_id=OuterRef("pk")).order_by("-pk")
    living = ProcrastinateWorker.objects.filter(pk=OuterRef("worker_id"), last_heartbeat__gt=at - SILENT)
    return rows.defer("args").annotate(
        moved_at=Subquery(events.values("at")[:1]), error=Subquery(faults.values("error")[:1]), is_held=Exists(living)
    )


def _view(row: Any) -> JobView:
    status = _word(row.status)
    return JobView(
        id=row.pk,
        queue=row.queue_name,
        task=row.task_name,
        label=task_label(row.task_name),
        status=JobStatus.STALLED if status is JobStatus.DOING and not row.is_held else status,
        attempts=row.attempts,
        scheduled_at=row.scheduled_at,
        at=row.moved_at,
        error=row.error or "",
    )


def _word(status: str) -> JobStatus:
    return JobStatus(status) if status in JobStatus.values() else JobStatus.CANCELLED


def _planned() -> tuple[Planned, ...]:
    """Return what comes by itself, as the code of this process says, with the last time the queue knows of."""
    last = {
        (row["task_name"], row["periodic_id"]): row["last"]
        for row in ProcrastinatePeriodicDefer.objects.values("task_name", "periodic_id").annotate(last=Max("defer_timestamp"))
    }
    statuses = dict(
        ProcrastinateJob.objects.filter(procrastinateperiodicdefer__isnull=False)
        .order_by("procrastinateperiodicdefer__defer_timestamp")
        .values_list("task_name", "status")
    )
    found = []
    for (name, periodic_id), task in sorted(app.periodic_registry.periodic_tasks.items()):
        stamp = last.get((name, periodic_id))
        at = datetime.fromtimestamp(stamp, tz=UTC) if stamp else None
        found.append(Planned(name, task_label(name), task.cron, at, _word(statuses[name]) if name in statuses else None))
    return tuple(found)
