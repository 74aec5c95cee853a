"""Runs after a changed calendar: which dates moved, which stayed, who was told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from cchc.cases.models import SettledPromise, Settlement
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound

PAGE = 30
MOST = 1000


@dataclass(frozen=True)
class SettlementRow:
    """A run. ``open_cases`` were running when it began; what did not move stayed."""

    id: int
    calendar_version: str
    asked_at: datetime
    actor_post: str
    reason: str
    started_at: datetime | None
    finished_at: datetime | None
    open_cases: int
    moved: int
    told: int

    @property
    def to_phone(self) -> int:
        """Return how many applicants nothing reaches but a telephone call."""
        return self.moved - self.told

    @property
    def stayed(self) -> int:
        """Return how many running promises were left where they were."""
        return max(self.open_cases - self.moved, 0)


@dataclass(frozen=True)
class SettledLine:
    """A promise that moved."""

    code: str
    title: str
    due_before: datetime
    due_after: datetime
    told: bool


def settlements(*, actor: Actor) -> tuple[SettlementRow, ...]:
    """Return the latest runs, the newest first. One query."""
    actor.must("worktime:calendar:edit")
    return tuple(_row(item) for item in _rows().order_by("-asked_at", "-pk")[:PAGE])


def settlement(
    *, actor: Actor, settlement_id: int, told: bool | None = None, most: int | None = MOST
) -> tuple[SettlementRow, tuple[SettledLine, ...]]:
    """Return a run with the promises it moved in the actor's agencies, at most ``most``. Two queries.

    ``told`` narrows to those whose applicant gets a message, or must be phoned.
    """
    actor.must("worktime:calendar:edit")
    found = _rows().filter(pk=settlement_id).first()
    if found is None:
        raise NotFound("Không có lần tính lại này.")
    moves = SettledPromise.objects.filter(settlement=found, case__agency_id__in=sorted(actor.units)).select_related("case")
    if told is not None:
        moves = moves.filter(told=told)
    lines = tuple(
        SettledLine(item.case.code, item.case.title, item.due_before, item.due_after, item.told)
        for item in moves.order_by("case__code")[:most]
    )
    return _row(found), lines


def _rows():  # noqa: ANN202 (an annotated set of runs)
    return Settlement.objects.annotate(moved=Count("moves"), told=Count("moves", filter=Q(moves__told=True)))


def _row(item: Settlement) -> SettlementRow:
    return SettlementRow(
        id=item.pk,
        calendar_version=item.calendar_version,
        asked_at=item.asked_at,
        actor_post=item.actor_post,
        reason=item.reason,
        started_at=item.started_at,
        finished_at=item.finished_at,
        open_cases=item.open_cases,
        moved=item.moved,  # type: ignore[attr-defined]
        told=item.told,  # type: ignore[attr-defined]
    )
