"""Posts of people, holders of rights, and the actor that a post makes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from cchc.identity.models import Delegation, Person, Post
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed
from cchc.kernel.local import local_date
from cchc.kernel.standing import kept
from cchc.organisations import api as organisations

# A unit of these kinds answers for cases in its own name; offices, divisions and one-stop units work for the one above them.
AGENCY_KINDS = frozenset(
    {
        organisations.UnitKind.MINISTRY,
        organisations.UnitKind.PROVINCE,
        organisations.UnitKind.DEPARTMENT,
        organisations.UnitKind.DISTRICT,
        organisations.UnitKind.COMMUNE,
    },
)


@dataclass(frozen=True)
class PostView:
    """A post as lists show it."""

    id: int
    person_id: UUID
    name: str
    title: str
    unit_id: int
    unit_name: str
    unit_code: str
    role: str


def posts_of(person_id: UUID, *, on: date) -> tuple[PostView, ...]:
    """Return the posts a person holds on a day, the oldest first."""
    return views(_held_by(person_id, on))


def posts_of_login(login: str, *, on: date) -> tuple[PostView, ...]:
    """Return the posts held on a day by the person with this sign-in name, the oldest first. One query."""
    return views(held(on).filter(person__login=login.strip().lower()).order_by("pk"))


def post(post_id: int) -> PostView:
    """Return one post, whenever it was held."""
    return views(Post.objects.filter(pk=post_id).select_related("person", "unit", "role"))[0]


@kept
def holders_of(right: str, *, unit_ids: Iterable[int], on: date) -> tuple[PostView, ...]:
    """Return the posts in these units whose role grants the right on that day, in Vietnamese order of names."""
    return views(held(on).filter(role__rights__contains=[right], unit_id__in=list(unit_ids)).order_by("person__vi_key", "pk"))


def people_of(unit_ids: Iterable[int], on: date) -> tuple[PostView, ...]:
    """Return every post held in these units on a day, whatever its role, in Vietnamese order of names. One query."""
    return views(held(on).filter(unit_id__in=list(unit_ids)).order_by("person__vi_key", "pk"))


def post_on(post_id: int, on: date) -> PostView | None:
    """Return the post when somebody with an open account holds it on that day, else None. One query."""
    return next(iter(views(held(on).filter(pk=post_id))), None)


def count_posts(unit_ids: Iterable[int], on: date) -> int:
    """Return how many posts are held in these units on a day. One query; for asking before a unit is closed."""
    return held(on).filter(unit_id__in=list(unit_ids)).count()


def anybody() -> bool:
    """Say whether anybody is registered here. One query."""
    return Person.objects.exists()


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the full names of people by id. One query."""
    return dict(Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "full_name"))


def actor_for(person: Person, *, at: datetime, post_id: int | None = None) -> Actor:
    """Return the actor of a signed-in person in the chosen post, or in the first one held.

    Rights hold in the agency of the post's unit (the commune, the department) and all units below it. While the post stands in for
    absent ones, the rights of their roles are added: the actor may do then, in the same agency, what either may; ``post``, and so the
    journal, stays the actor's own. Raises ``NotAllowed`` for a person without a post on that day. Five queries at most.
    """
    day = local_date(at)
    own = _held_by(person.pk, day)
    chosen = next((item for item in own if item.pk == post_id), own[0] if own else None)
    if chosen is None or not person.is_active:
        raise NotAllowed("", f"{person.full_name} không giữ vị trí nào trong ngày {day:%d/%m/%Y}. Đề nghị quản trị giao vị trí công tác.")
    agency = agency_of(chosen.unit_id, on=day)
    absent = dict(_stood_in_for(chosen.pk, on=day))
    return Actor(
        post=f"{chosen.title} @ {chosen.unit.agency_code or chosen.unit.code}",
        person=person.pk,
        name=person.full_name,
        title=chosen.title,
        post_id=chosen.pk,
        unit_id=chosen.unit_id,
        rights=frozenset(chosen.role.rights).union(*absent.values()),
        units=frozenset({agency.id}) | organisations.descendant_ids_on(agency.id, day),
        stands_in=frozenset(absent),
    )


@kept
def _held_by(person_id: UUID, on: date) -> tuple[Post, ...]:
    return tuple(held(on).filter(person_id=person_id).order_by("pk"))


@kept
def agency_of(unit_id: int, *, on: date) -> organisations.UnitView:
    """Return the agency a unit belongs to on a day: itself, or the nearest commune, department or province above it."""
    own = organisations.unit_on(unit_id, on)
    if own.kind in AGENCY_KINDS:
        return own
    above = organisations.units_on(own.ancestor_ids, on)
    return next((above[unit] for unit in own.ancestor_ids if above[unit].kind in AGENCY_KINDS), own)


def _stood_in_for(post_id: int, *, on: date) -> Iterable[tuple[int, list[str]]]:
    """Return the absent posts the post stands in for on a day, with their rights. One query.

    Only what was delegated straight to it: what an absent colleague had received in turn does not travel on.
    """
    return Delegation.objects.filter(
        substitute_id=post_id, period__contains=on, withdrawn_at__isnull=True, post__period__contains=on
    ).values_list("post_id", "post__role__rights")


def held(on: date) -> QuerySet[Post]:
    """Return the posts held on a day by people whose account is open."""
    return Post.objects.filter(period__contains=on, person__is_active=True).select_related("person", "unit", "role")


def views(posts: Iterable[Post]) -> tuple[PostView, ...]:
    """Return the views of posts that bring person, unit and role along."""
    return tuple(
        PostView(
            id=item.pk,
            person_id=item.person_id,
            name=item.person.full_name,
            title=item.title,
            unit_id=item.unit_id,
            unit_name=item.unit.full_name,
            unit_code=item.unit.agency_code or item.unit.code,
            role=item.role.code,
        )
        for item in posts
    )
