"""Keys of the API: issued for a post, revoked."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from cchc.audit import api as audit
from cchc.identity.models import ApiKey
from cchc.identity.operations.keeping import post_in_hand
from cchc.identity.queries.posts import held
from cchc.identity.rules.keys import LONGEST_DAYS, digest_of, new_secret, prefix_of
from cchc.identity.terms import Right
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean


@transaction.atomic
def issue_key(*, actor: Actor, at: datetime, post_id: int, name: str, until: date) -> str:
    """Make a key that acts as the post until before ``until``, and return its secret: the only time anybody sees it.

    ``name`` says what the key is for. Refuses a post that nobody holds today, and a key without an end within a year.
    """
    day = local_date(at)
    post = post_in_hand(post_id, right=Right.ISSUE_KEY, actor=actor)
    title = clean(name)
    if not title or len(title) > 120:  # noqa: PLR2004 (the column's length)
        raise Refused("Nhập khóa dùng để làm gì, không quá 120 ký tự.", field="name")
    if not day < until <= day + timedelta(days=LONGEST_DAYS):
        raise Refused(f"Khóa phải có hạn, từ một ngày đến {LONGEST_DAYS} ngày kể từ hôm nay.", field="until")
    if not held(day).filter(pk=post.pk).exists():
        raise Refused("Vị trí công tác này hôm nay không có ai giữ, nên không cấp khóa được.", field="post_id")
    secret = new_secret(hexadecimal=secrets.token_hex, urlsafe=secrets.token_urlsafe)
    ApiKey.objects.create(post=post, name=title, prefix=prefix_of(secret), digest=digest_of(secret), created_at=at, until=until)
    audit.record(
        stream=f"person:{post.person_id}",
        act="key_issued",
        at=at,
        actor=actor,
        public={"key": prefix_of(secret), "unit": post.unit_id, "role": post.role.code, "until": until.isoformat()},
        private={"name": title},
    )
    return secret


@transaction.atomic
def revoke_key(*, actor: Actor, at: datetime, prefix: str, reason: str = "") -> None:
    """End a key at once, and keep why in the journal. What it opened before stays in nobody's way: the key only reads."""
    key = ApiKey.objects.select_for_update().filter(prefix=prefix.strip()).first()
    if key is None:
        raise NotFound(f"Không có khóa API «{prefix}».", field="prefix")
    post = post_in_hand(key.post_id, right=Right.ISSUE_KEY, actor=actor)
    if key.revoked_at is not None:
        raise Refused("Khóa này đã thu hồi từ trước.", field="prefix")
    why = {"reason": clean(reason)} if clean(reason) else None
    key.revoked_at = at
    key.save(update_fields=["revoked_at"])
    audit.record(stream=f"person:{post.person_id}", act="key_revoked", at=at, actor=actor, public={"key": key.prefix}, private=why)
