"""The checks of the whole journal that people asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc.audit.models import Verification
from cchc.audit.queries.verification import Fault
from cchc.kernel.actor import Actor

READ = "audit:seal:read"
SHOWN = 10
# A check that has not moved for so long has lost its worker. Between two signs of life lie some seconds.
LOST_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class CheckView:
    """One check: who asked for it, how far it is, what it found. ``faults`` are the first ones of ``fault_count``."""

    number: int
    asked_at: datetime
    asked_by: str
    ended_at: datetime | None
    is_running: bool
    is_lost: bool
    total: int
    entries: int
    streams: int
    seals: int
    fault_count: int
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Say whether it ended and found nothing."""
        return self.ended_at is not None and not self.fault_count

    @property
    def share(self) -> float:
        """Return how far it is, from 0 to 1."""
        return min(self.entries / self.total, 1.0) if self.total else 0.0


def checks(*, actor: Actor, at: datetime, size: int = SHOWN) -> tuple[CheckView, ...]:
    """Return the last checks, the newest first. Needs the right ``audit:seal:read``. One query."""
    actor.must(READ)
    return tuple(check_of(row, at) for row in Verification.objects.order_by("-pk")[:size])


def check_of(row: Verification, at: datetime) -> CheckView:
    """Return a check as of ``at``."""
    is_lost = row.ended_at is None and at - row.moved_at > LOST_AFTER
    return CheckView(
        number=row.pk,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        ended_at=row.ended_at,
        is_running=row.ended_at is None and not is_lost,
        is_lost=is_lost,
        total=row.total,
        entries=row.entries,
        streams=row.streams,
        seals=row.seals,
        fault_count=row.fault_count,
        faults=tuple(Fault(**fault) for fault in row.faults),
    )
