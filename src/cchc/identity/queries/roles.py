"""Roles, their rights, and who holds them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from cchc.identity.models import Role
from cchc.identity.queries.posts import PostView, held, views
from cchc.identity.terms import RoleOrigin
from cchc.kernel.errors import NotFound


@dataclass(frozen=True)
class RoleView:
    """A role; ``changed_at`` is empty while its rights are those of the reference data."""

    code: str
    name: str
    rights: frozenset[str]
    origin: RoleOrigin
    reference: frozenset[str]
    changed_at: datetime | None

    @property
    def can_restore(self) -> bool:
        """Say whether there is a reference bundle to go back to."""
        return self.origin is RoleOrigin.REFERENCE and self.changed_at is not None


def roles() -> tuple[RoleView, ...]:
    """Return all roles: those of the reference data first, in the order they were given. One query."""
    return _seen(Role.objects.order_by("-origin", "pk"))


def role(code: str) -> RoleView:
    """Return one role. Raises ``NotFound``."""
    found = _seen(Role.objects.filter(code=code))
    if not found:
        raise NotFound("Không có vai trò này.")
    return found[0]


def role_holders(*, unit_ids: Collection[int], on: date, code: str = "") -> dict[str, tuple[PostView, ...]]:
    """Return who holds each role (or one) in these units on a day, by the role's code. One query."""
    rows = held(on).filter(unit_id__in=list(unit_ids)).order_by("person__vi_key", "pk")
    found: dict[str, list[PostView]] = {}
    for view in views(rows.filter(role__code=code) if code else rows):
        found.setdefault(view.role, []).append(view)
    return {key: tuple(posts) for key, posts in found.items()}


def _seen(rows: QuerySet[Role]) -> tuple[RoleView, ...]:
    return tuple(
        RoleView(
            code=row.code,
            name=row.name,
            rights=frozenset(row.rights),
            origin=RoleOrigin(row.origin),
            reference=frozenset(row.reference),
            changed_at=row.changed_at,
        )
        for row in rows
    )
