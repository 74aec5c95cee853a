"""The own work of one officer: for the officer, and for the direct head who says what for. Nothing here compares two people."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc.figures.models import OfficerLook
from cchc.figures.queries.values import Line, line_of
from cchc.figures.rules.cells import FEWEST_OF_OFFICER
from cchc.figures.rules.registry import OfficerAsked, officer_measures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.figures import Figure
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.kernel.text import vi_key
from cchc.organisations import api as organisations

# Who may put off a promise in the name of a unit leads it, as for reminders.
LEADS = identity.Right.EXTEND_CASE
LOOKS = 100


@dataclass(frozen=True)
class OfficerField:
    """The numbers of one field of work; those of fewer than thirty records are not in it."""

    field: str
    numbers: tuple[tuple[Figure, Line], ...]


@dataclass(frozen=True)
class LookView:
    """Who has looked at an officer's figures, when, of which days, and what for."""

    at: datetime
    by: str
    start: date
    last: date
    purpose: str


def own_numbers(*, actor: Actor, period: Period) -> tuple[OfficerField, ...]:
    """Return the figures of the actor's own post in a closed period, field by field; nothing for who holds no post."""
    return () if actor.post_id is None else numbers_of(actor.post_id, period)


def looks_at(actor: Actor) -> tuple[LookView, ...]:
    """Return who has looked at the figures of the actor's own post, the newest first. One query."""
    rows = OfficerLook.objects.filter(post_id=actor.post_id).select_related("looked_by__person").order_by("-pk")[:LOOKS]
    return tuple(
        LookView(row.at, f"{row.looked_by.person.full_name}, {row.looked_by.title}", row.start, row.last, row.purpose) for row in rows
    )


def officers_under(actor: Actor, *, at: datetime) -> tuple[identity.PostView, ...]:
    """Return the posts whose direct head the actor is, or stands in for, in Vietnamese order of names: never by any number."""
    if actor.unit_id is None or not actor.may(LEADS, unit_id=actor.unit_id):
        return ()
    day = local_date(at)
    below = [view.id for view in organisations.descendants_on(actor.unit_id, day) if view.ancestor_ids[:1] == (actor.unit_id,)]
    posts = identity.holders_of(identity.Right.READ_CASE, unit_ids=[actor.unit_id, *below], on=day)
    return tuple(post for post in posts if is_direct_head(actor, post, on=day))


def is_direct_head(actor: Actor, post: identity.PostView, *, on: date) -> bool:
    """Say whether the actor leads the unit of the post; of who leads a unit, whether the actor leads the one above it."""
    leaders = identity.holders_of(LEADS, unit_ids=[post.unit_id], on=on)
    if post.id in {leader.id for leader in leaders}:
        above = organisations.unit_on(post.unit_id, on).ancestor_ids[:1]
        leaders = identity.holders_of(LEADS, unit_ids=above, on=on)
    return post.id not in actor.hands and bool(actor.hands & {leader.id for leader in leaders})


def numbers_of(post_id: int, period: Period) -> tuple[OfficerField, ...]:
    """Return the figures of a post, field by field in alphabetical order. Who may see them is asked before."""
    found: dict[str, list[tuple[Figure, Line]]] = {}
    for item in officer_measures():
        for field, ratio in item.count(OfficerAsked(post_id, period)).items():
            line = line_of(item.figure, (field,), ratio)
            if line.size >= FEWEST_OF_OFFICER:
                found.setdefault(field, []).append((item.figure, line))
    return tuple(OfficerField(field, tuple(found[field])) for field in sorted(found, key=vi_key))
