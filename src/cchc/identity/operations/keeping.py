"""What keeps an office from locking itself out, and one office's people from another office's hands."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from cchc.identity.models import Person, Post
from cchc.identity.queries.people import outside, person_row
from cchc.identity.queries.posts import agency_of, held
from cchc.identity.terms import Right
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, NotFound, Refused
from cchc.organisations import api as organisations

# Without somebody who holds these, nobody can let anybody in again.
KEYS = (Right.EDIT_PERSON, Right.APPOINT, Right.EDIT_ROLE)


def kept_person(person_id: UUID, *, actor: Actor, on: date) -> Person:
    """Return the person, locked, when all of their work lies in the actor's units; somebody else's people are not touched from here.

    Otherwise whoever appoints an official of a higher office to a small post of their own could take over the whole account.
    """
    if person_row(person_id, actor=actor) is None:
        raise NotFound("Không có người này trong cơ quan của ông bà.")
    if not actor.is_system and (elsewhere := outside(person_id, units=actor.units, on=on)):
        raise NotAllowed(
            Right.EDIT_PERSON, f"Người này còn giữ vị trí ở {elsewhere}: tài khoản do cơ quan cấp trên của cả hai nơi quản lý."
        )
    return Person.objects.select_for_update(of=("self",)).get(pk=person_id)


def must_leave_keys(
    rights: Iterable[str], *, unit_id: int, on: date, without_posts: Collection[int] = (), without_person: UUID | None = None
) -> None:
    """Refuse when nobody of the unit's agency would be left with one of the keys among ``rights`` on that day."""
    lost = [right for right in KEYS if right in set(rights)]
    if not lost:
        return
    agency = agency_of(unit_id, on=on)
    rest = held(on).exclude(pk__in=list(without_posts))
    if without_person is not None:
        rest = rest.exclude(person_id=without_person)
    below = {agency.id} | organisations.descendant_ids_on(agency.id, on)
    # Posts in communes below answer for those communes only.
    candidates = list(rest.filter(unit_id__in=below, role__rights__overlap=lost).values_list("unit_id", "role__rights"))
    own = {unit: agency_of(unit, on=on).id == agency.id for unit in {unit for unit, _ in candidates}}
    left = {right for unit, rights_left in candidates if own[unit] for right in rights_left}
    if missing := [right for right in lost if right not in left]:
        raise Refused(
            f"Đây là người cuối cùng của {agency.full_name} có quyền «{missing[0].label}». "
            "Giao vị trí có quyền này cho người khác trước, rồi làm lại."
        )


def must_leave_holders(lost: Iterable[str], *, role_id: int, actor: Actor, on: date) -> None:
    """Refuse taking a key from a role when nobody in the actor's units would hold it by another role."""
    for right in KEYS:
        if right not in set(lost):
            continue
        having = held(on).filter(role__rights__contains=[right])
        if not actor.is_system:
            having = having.filter(unit_id__in=actor.units)
        if having.filter(role_id=role_id).exists() and not having.exclude(role_id=role_id).exists():
            raise Refused(
                f"Không ai khác còn quyền «{right.label}» nếu bỏ quyền này khỏi vai trò. Giao quyền cho một vai trò khác đang có người giữ trước.",
                field="rights",
            )


def post_in_hand(post_id: int, *, right: str, actor: Actor) -> Post:
    """Return the post, locked, when the actor has the right in its unit."""
    post = Post.objects.select_for_update(of=("self",)).select_related("person", "unit", "role").filter(pk=post_id).first()
    if post is None:
        raise NotFound("Không có vị trí công tác này.")
    actor.must(right, unit_id=post.unit_id)
    return post
