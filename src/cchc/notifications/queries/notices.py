"""Reminders as an official sees them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.kernel.actor import Actor
from cchc.notifications.models import Notice, Reading

PAGE = 50
# Reminders to a unit are for whoever leads it: the posts that may put off a promise in its name.
LEADS = "cases:case:extend"


@dataclass(frozen=True)
class NoticeView:
    """One reminder. ``is_unread`` is about the post that looks; ``is_for_unit`` when it came to the unit's heads."""

    id: int
    kind: str
    at: datetime
    text: str
    url: str
    urgent: bool
    is_unread: bool
    is_for_unit: bool


def notices_for(actor: Actor, *, limit: int = PAGE, unread_only: bool = False, before: int | None = None) -> tuple[NoticeView, ...]:
    """Return the reminders of the actor's post, of those it stands in for, and of its unit for heads; the newest first. One query."""
    rows = to(actor)
    if unread_only:
        rows = rows.filter(is_read=False)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(
        NoticeView(
            id=row.pk,
            kind=row.kind,
            at=row.at,
            text=row.text,
            url=row.url,
            urgent=row.urgent,
            is_unread=not row.is_read,  # type: ignore[attr-defined]
            is_for_unit=row.unit_id is not None,
        )
        for row in rows.order_by("-pk")[:limit]
    )


def count_unread(actor: Actor) -> int:
    """Return how many reminders the actor's post has not seen. One query; none for the system."""
    return to(actor).filter(is_read=False).count() if actor.post_id is not None else 0


def to(actor: Actor) -> QuerySet[Notice]:
    """Return the reminders that the actor may see, each with ``is_read``."""
    mine = Q(post_id__in=actor.hands)
    if actor.unit_id is not None and actor.may(LEADS):
        mine |= Q(unit_id=actor.unit_id)
    seen = Reading.objects.filter(notice=OuterRef("pk"), post_id=actor.post_id)
    return Notice.objects.filter(mine).annotate(is_read=Exists(seen))
