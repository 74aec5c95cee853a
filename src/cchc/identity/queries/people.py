"""The people of an office: found, listed, one of them whole."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import is_password_usable
from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.identity.models import Person, Post
from cchc.identity.queries.posts import PostView, views
from cchc.identity.terms import Account
from cchc.kernel.actor import Actor
from cchc.kernel.text import fold

PAGE = 50


@dataclass(frozen=True)
class PersonRow:
    """A person as lists show them; ``posts`` are those held on the day asked, ``account`` says how they sign in."""

    id: UUID
    login: str
    full_name: str
    email: str
    account: Account
    last_login: datetime | None
    posts: tuple[PostView, ...] = ()


@dataclass(frozen=True)
class PostHeld:
    """A post through time: from ``since`` to before ``until`` (None: still)."""

    post: PostView
    role_name: str
    since: date
    until: date | None

    @property
    def last(self) -> date | None:
        """Return the last day, as people write it."""
        return None if self.until is None else self.until - timedelta(days=1)

    def runs(self, on: date) -> bool:
        """Say whether it is held on the day or is to begin."""
        return self.until is None or on < self.until


@dataclass(frozen=True)
class Found:
    """A page of people, how many match in all, and where the next page begins (None: nowhere)."""

    rows: tuple[PersonRow, ...]
    matching: int
    following: int | None


def find_people(
    *, actor: Actor, on: date, q: str = "", unit_id: int | None = None, role: str = "", idle: bool = False, start: int = 0
) -> Found:
    """Return the people of the actor's units in Vietnamese order, fifty at a time: by name or sign-in name, unit, role.

    ``idle`` leaves those who hold no post on the day. Three queries.
    """
    posts = Post.objects.filter(person=OuterRef("pk"), period__contains=on)
    people = _mine(actor)
    for word in (fold(q) or q.strip().lower()).split():
        people = people.filter(search_key__contains=word)
    if idle:
        people = people.exclude(Exists(posts))
    if unit_id is not None or role:
        wanted = posts.filter(**{key: value for key, value in (("unit_id", unit_id), ("role__code", role)) if value})
        people = people.filter(Exists(wanted))
    matching = people.count()
    page = list(people.order_by("vi_key", "pk")[start : start + PAGE])
    held: dict[UUID, list[PostView]] = {}
    for view in views(
        Post.objects.filter(person__in=[person.pk for person in page], period__contains=on)
        .select_related("person", "unit", "role")
        .order_by("pk")
    ):
        held.setdefault(view.person_id, []).append(view)
    rows = tuple(_row(person, held.get(person.pk, ())) for person in page)
    return Found(rows=rows, matching=matching, following=start + PAGE if start + PAGE < matching else None)


def person_row(person_id: UUID, *, actor: Actor) -> PersonRow | None:
    """Return a person whom the actor may see, or None. One query."""
    person = _mine(actor).filter(pk=person_id).first()
    return None if person is None else _row(person, ())


def posts_through_time(person_id: UUID) -> tuple[PostHeld, ...]:
    """Return all posts of a person, the latest first. One query."""
    rows = list(Post.objects.filter(person_id=person_id).select_related("person", "unit", "role").order_by("-period", "-pk"))
    return tuple(PostHeld(view, row.role.name, row.period.lower, row.period.upper) for row, view in zip(rows, views(rows), strict=True))


def outside(person_id: UUID, *, units: Collection[int], on: date) -> str:
    """Return the name of a unit outside ``units`` in which the person holds a post on the day or later; nothing when there is none."""
    running = Post.objects.filter(person_id=person_id).filter(Q(period__endswith__isnull=True) | Q(period__endswith__gt=on))
    post = running.exclude(unit_id__in=list(units)).select_related("unit").first()
    return "" if post is None else post.unit.full_name


def logins(starting: Iterable[str] = ()) -> frozenset[str]:
    """Return the sign-in names in use, all or those given. One query."""
    wanted = list(starting)
    people = Person.objects.filter(login__in=wanted) if wanted else Person.objects.all()
    return frozenset(people.values_list("login", flat=True))


def _mine(actor: Actor) -> QuerySet[Person]:
    """Return the people who hold or held a post in the actor's units, or whose account was opened there and who never held one."""
    if actor.is_system:
        return Person.objects.all()
    here = Post.objects.filter(person=OuterRef("pk"), unit_id__in=actor.units)
    anywhere = Post.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(here) | (Q(home_id__in=actor.units) & ~Exists(anywhere)))


def _row(person: Person, posts: Iterable[PostView]) -> PersonRow:
    if not person.is_active:
        account = Account.CLOSED
    elif not is_password_usable(person.password):
        account = Account.NO_PASSWORD
    else:
        account = Account.ONE_TIME if person.must_change_password else Account.OPEN
    return PersonRow(person.pk, person.login, person.full_name, person.email, account, person.last_login, tuple(posts))
