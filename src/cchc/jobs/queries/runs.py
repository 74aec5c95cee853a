"""How far long work is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc.jobs.models import LongRun
from cchc.jobs.terms import task_label


@dataclass(frozen=True)
class RunView:
    """One piece of long work. ``moved_at`` is when it last said how far it is; ``tries`` how often it was begun."""

    id: int
    name: str
    key: str
    started_at: datetime
    moved_at: datetime
    finished_at: datetime | None
    done: int
    total: int
    tries: int
    result: Mapping[str, Any]
    error: str

    @classmethod
    def of(cls, run: LongRun) -> "RunView":
        """Build the view of a row."""
        return cls(
            id=run.pk,
            name=run.name,
            key=run.key,
            started_at=run.started_at,
            moved_at=run.moved_at,
            finished_at=run.finished_at,
            done=run.done,
            total=run.total,
            tries=run.tries,
            result=run.result,
            error=run.error,
        )

    @property
    def label(self) -> str:
        """Return the name in words, where it has any."""
        return task_label(self.name)

    @property
    def is_running(self) -> bool:
        """Say whether it has neither finished nor failed; a worker that was killed leaves it so until the work begins again."""
        return self.finished_at is None

    @property
    def share(self) -> float:
        """Return how much is done, from 0 to 1; work of nothing is done."""
        return self.done / self.total if self.total else 1.0


def run(name: str, key: str) -> RunView | None:
    """Return one piece of work, or nothing when it never began. One query."""
    found = LongRun.objects.filter(name=name, key=key).first()
    return RunView.of(found) if found else None


def latest(name: str) -> RunView | None:
    """Return the piece of this name that began last, or nothing. One query."""
    found = LongRun.objects.filter(name=name).order_by("-started_at", "-pk").first()
    return RunView.of(found) if found else None


def recent_runs(*, limit: int = 20) -> tuple[RunView, ...]:
    """Return the pieces that began last, of every name, the newest first. One query."""
    return tuple(RunView.of(item) for item in LongRun.objects.order_by("-started_at", "-pk")[:limit])
