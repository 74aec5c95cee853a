"""Keys of the API: listed, and turned into the actor of their post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc.identity.models import ApiKey
from cchc.identity.queries.posts import PostView, agency_of, held, views
from cchc.identity.rules.keys import digest_of
from cchc.identity.terms import KeyState
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations


@dataclass(frozen=True)
class KeyView:
    """A key as lists show it; never its secret, which nobody has."""

    prefix: str
    name: str
    post: PostView
    created_at: datetime
    until: date
    last_used: date | None
    revoked_at: datetime | None
    state: KeyState

    @property
    def last(self) -> date:
        """Return the last day on which it opens, as people write it."""
        return self.until - timedelta(days=1)


@dataclass(frozen=True)
class KeyHolder:
    """Who comes with a key: the key's prefix, and the actor of its post."""

    prefix: str
    actor: Actor


def keys_of(unit_ids: Iterable[int] | None, *, on: date) -> tuple[KeyView, ...]:
    """Return the keys of posts in these units, or of all posts (None), the newest first. Two queries."""
    rows = ApiKey.objects.select_related("post__person", "post__unit", "post__role").order_by("-pk")
    if unit_ids is not None:
        rows = rows.filter(post__unit_id__in=list(unit_ids))
    found = list(rows)
    acting = set(held(on).filter(pk__in=[row.post_id for row in found]).values_list("pk", flat=True))
    return tuple(
        KeyView(
            prefix=row.prefix,
            name=row.name,
            post=views([row.post])[0],
            created_at=row.created_at,
            until=row.until,
            last_used=row.last_used,
            revoked_at=row.revoked_at,
            state=_state(row, on=on, acting=row.post_id in acting),
        )
        for row in found
    )


def holder_of_key(secret: str, *, at: datetime) -> KeyHolder:
    """Return who comes with the secret. The first use of a day is noted. Five queries at most.

    The actor has the rights of the post's own role and of nothing else: a key neither stands in for the absent nor goes over to another
    post of the same person. Raises ``Refused`` for a key that is unknown, over or revoked, and ``NotAllowed`` when nobody holds its post.
    """
    day, digest = local_date(at), digest_of(secret)
    row = ApiKey.objects.filter(digest=digest).first() if digest else None
    if row is None:
        raise Refused("Khóa API không đúng. Kiểm tra lại khóa đã được cấp.", field="key")
    if row.revoked_at is not None:
        raise Refused("Khóa API này đã bị thu hồi. Đề nghị quản trị cấp khóa mới.", field="key")
    if day >= row.until:
        raise Refused(f"Khóa API này đã hết hạn từ {row.until:%d/%m/%Y}. Đề nghị quản trị cấp khóa mới.", field="key")
    post = held(day).filter(pk=row.post_id).first()
    if post is None:
        raise NotAllowed(
            "", f"Vị trí công tác của khóa này không còn ai giữ trong ngày {day:%d/%m/%Y}. Đề nghị quản trị cấp khóa cho vị trí khác."
        )
    if row.last_used != day:
        ApiKey.objects.filter(pk=row.pk).update(last_used=day)
    agency = agency_of(post.unit_id, on=day)
    return KeyHolder(
        prefix=row.prefix,
        actor=Actor(
            post=f"{post.title} @ {post.unit.agency_code or post.unit.code}",
            person=post.person_id,
            name=post.person.full_name,
            title=post.title,
            post_id=post.pk,
            unit_id=post.unit_id,
            rights=frozenset(post.role.rights),
            units=frozenset({agency.id}) | organisations.descendant_ids_on(agency.id, day),
        ),
    )


def _state(row: ApiKey, *, on: date, acting: bool) -> KeyState:
    if row.revoked_at is not None:
        return KeyState.REVOKED
    if on >= row.until:
        return KeyState.EXPIRED
    return KeyState.OPEN if acting else KeyState.IDLE
