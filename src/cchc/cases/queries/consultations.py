"""Opinions asked of one's unit: what waits for an answer, and what was answered."""

from dataclasses import dataclass
from datetime import datetime

from cchc.cases.models import Consultation
from cchc.cases.terms import CLOSED
from cchc.kernel.actor import Actor

PAGE = 100


@dataclass(frozen=True)
class Asked:
    """One opinion asked of a unit: which file, what is asked, by whom, until when."""

    code: str
    title: str
    seq: int
    unit: str
    asked_by: str
    asking_agency: str
    question: str
    asked_at: datetime
    due_at: datetime
    late: bool
    answered_at: datetime | None
    answer: str


def count_asked(*, actor: Actor) -> int:
    """Return how many opinions are asked of the actor's own unit and not given yet. One query."""
    if actor.unit_id is None or not actor.may("cases:case:read"):
        return 0
    rows = Consultation.objects.filter(unit_id=actor.unit_id, answered_at__isnull=True)
    return rows.exclude(case__stage__in=sorted(CLOSED)).count()


def asked_of(*, actor: Actor, at: datetime, answered: bool = False) -> tuple[Asked, ...]:
    """Return what is asked of the actor's units, the most urgent first; with ``answered`` the latest answers. One query.

    Other agencies may ask: only the question and the title of their file are shown, never the file.
    """
    actor.must("cases:case:read")
    rows = Consultation.objects.filter(unit_id__in=sorted(actor.units), answered_at__isnull=not answered)
    rows = rows.select_related("case__agency", "unit", "asked_by__person")
    rows = rows.order_by("-answered_at") if answered else rows.exclude(case__stage__in=sorted(CLOSED)).order_by("due_at")
    return tuple(
        Asked(
            code=item.case.code,
            title=item.case.title,
            seq=item.seq,
            unit=item.unit.full_name,
            asked_by=item.asked_by.person.full_name if item.asked_by else "",
            asking_agency=item.case.agency.full_name if item.case.agency else "",
            question=item.question,
            asked_at=item.asked_at,
            due_at=item.due_at,
            late=(item.answered_at or at) > item.due_at,
            answered_at=item.answered_at,
            answer=item.answer,
        )
        for item in rows[:PAGE]
    )
