"""The face of jobs."""

from cchc.jobs.operations.queue import note_fault, prune, rescue, retry
from cchc.jobs.operations.runs import advance, begin, fail, finish
from cchc.jobs.queries.queue import JobView, Planned, Queue, Worker, queue, worker
from cchc.jobs.queries.runs import RunView, latest, recent_runs, run
from cchc.jobs.terms import JobStatus, task_label

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "JobStatus",
    "JobView",
    "Planned",
    "Queue",
    "RunView",
    "Worker",
    "advance",
    "begin",
    "fail",
    "finish",
    "latest",
    "note_fault",
    "prune",
    "queue",
    "recent_runs",
    "rescue",
    "retry",
    "run",
    "task_label",
    "worker",
]
