"""Who stands in for whom, and where nobody does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from cchc.identity.models import Delegation
from cchc.identity.queries.posts import PostView, held, views
from cchc.identity.terms import DelegationState, StandInProblem
from cchc.kernel.local import local_date


@dataclass(frozen=True)
class DelegationView:
    """A delegation: whose work, in whose hands, from ``since`` to before ``until``."""

    id: int
    post: PostView
    substitute: PostView
    since: date
    until: date
    reason: str
    created_at: datetime
    withdrawn_at: datetime | None

    @property
    def last(self) -> date:
        """Return the last day, as people write it."""
        return self.until - timedelta(days=1)

    def state(self, on: date) -> DelegationState:
        """Return where it stands on a day."""
        if self.withdrawn_at is not None and local_date(self.withdrawn_at) <= on:
            return DelegationState.WITHDRAWN
        if on < self.since:
            return DelegationState.COMING
        return DelegationState.NOW if on < self.until else DelegationState.PAST


@dataclass(frozen=True)
class StandIn:
    """A delegation in force by its days that nobody acts on, and why."""

    delegation: DelegationView
    problem: StandInProblem


def delegation(delegation_id: int) -> DelegationView:
    """Return one delegation. One query."""
    return _seen(_rows().filter(pk=delegation_id))[0]


def delegations_of(person_id: UUID) -> tuple[DelegationView, ...]:
    """Return the delegations of a person's posts and those received, the latest first. One query."""
    return _seen(_rows().filter(Q(post__person_id=person_id) | Q(substitute__person_id=person_id)).order_by("-period", "-pk"))


def substitutes_on(post_ids: Iterable[int], on: date) -> dict[int, PostView]:
    """Return who acts on a day for each of the posts that are delegated then. One query."""
    rows = _in_force(on).filter(post_id__in=list(post_ids), substitute__period__contains=on, substitute__person__is_active=True)
    return {view.post.id: view.substitute for view in _seen(rows)}


def stands_in_problems(unit_ids: Iterable[int], on: date) -> tuple[StandIn, ...]:
    """Return the delegations of posts in these units that are in force on a day but whose substitute cannot act. Three queries at most.

    The substitute's post has ended or their account is closed; or they are away in turn, and what was received does not travel on.
    """
    rows = _seen(_in_force(on).filter(post__unit_id__in=list(unit_ids)).order_by("post__person__vi_key", "pk"))
    if not rows:
        return ()
    substitutes = [row.substitute.id for row in rows]
    acting = set(held(on).filter(pk__in=substitutes).values_list("pk", flat=True))
    away = set(_in_force(on).filter(post_id__in=substitutes).values_list("post_id", flat=True))
    return tuple(
        StandIn(row, StandInProblem.ABSENT if row.substitute.id in acting else StandInProblem.ENDED)
        for row in rows
        if row.substitute.id not in acting or row.substitute.id in away
    )


def _in_force(on: date) -> QuerySet[Delegation]:
    return _rows().filter(period__contains=on, withdrawn_at__isnull=True, post__period__contains=on)


def _rows() -> QuerySet[Delegation]:
    sides = ("person", "unit", "role")
    return Delegation.objects.select_related(*(f"post__{side}" for side in sides), *(f"substitute__{side}" for side in sides))


def _seen(rows: Iterable[Delegation]) -> tuple[DelegationView, ...]:
    return tuple(
        DelegationView(
            id=row.pk,
            post=views([row.post])[0],
            substitute=views([row.substitute])[0],
            since=row.period.lower,
            until=row.period.upper,
            reason=row.reason,
            created_at=row.created_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )
