"""Remind officials: each reminder once for its addressee, however often it is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.text import clean
from cchc.notifications.models import Notice, Reading
from cchc.notifications.queries.notices import to

# Reminders are no record: what happened to a case is in its ledger.
KEPT = timedelta(days=60)
_BATCH = 2000


@dataclass(frozen=True)
class Reminder:
    """A reminder for ``remind_many``; the fields are the parameters of ``remind``."""

    kind: str
    key: str
    text: str
    url: str
    post_id: int | None = None
    unit_id: int | None = None
    urgent: bool = False


def remind(
    *,
    at: datetime,
    kind: str,
    key: str,
    text: str,
    url: str,
    post_id: int | None = None,
    unit_id: int | None = None,
    urgent: bool = False,
) -> bool:
    """Remind one post, or the heads of one unit; return whether it was said for the first time. See ``remind_many``."""
    one = Reminder(kind=kind, key=key, text=text, url=url, post_id=post_id, unit_id=unit_id, urgent=urgent)
    return remind_many(at=at, reminders=[one]) == 1


@transaction.atomic
def remind_many(*, at: datetime, reminders: Sequence[Reminder]) -> int:
    """Keep reminders; return how many are new. The same key for the same addressee is kept once. Two statements per two thousand.

    Each names exactly one of post and unit, and leads to a page of ours (``/desk/…``); anything else raises ``ValueError``. No right is
    asked: whoever runs the clock reminds.
    """
    for item in reminders:
        if (item.post_id is None) == (item.unit_id is None):
            raise ValueError("Tin nhắc gửi tới đúng một nơi: một vị trí hoặc một đơn vị.")
        if not item.url.startswith("/") or item.url.startswith("//"):
            raise ValueError(f"Tin nhắc dẫn tới một trang của hệ thống, không phải «{item.url}».")
    unique = list({(item.post_id, item.unit_id, item.key): item for item in reversed(reminders)}.values())[::-1]
    number = 0
    for start in range(0, len(unique), _BATCH):
        chunk = unique[start : start + _BATCH]
        known = set(Notice.objects.filter(key__in={item.key for item in chunk}).values_list("post_id", "unit_id", "key"))
        new = [item for item in chunk if (item.post_id, item.unit_id, item.key) not in known]
        Notice.objects.bulk_create([_row(item, at) for item in new], ignore_conflicts=True)
        number += len(new)
    return number


@transaction.atomic
def mark_read(*, actor: Actor, at: datetime, notice_id: int | None = None) -> int:
    """Say that the actor has seen a reminder, or all of them; return how many were unread. Raises ``NotFound`` for one of somebody else."""
    if actor.post_id is None:
        return 0
    rows = to(actor)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
        if not rows.exists():
            raise NotFound("Không có tin nhắc này; có thể đã được dọn. Mở lại danh sách.")
    unread = list(rows.filter(is_read=False).values_list("pk", flat=True))
    Reading.objects.bulk_create((Reading(notice_id=pk, post_id=actor.post_id, at=at) for pk in unread), ignore_conflicts=True)
    return len(unread)


@transaction.atomic
def prune(*, at: datetime) -> int:
    """Throw away reminders older than sixty days; return how many."""
    old = Notice.objects.filter(at__lt=at - KEPT)
    Reading.objects.filter(notice__in=old).delete()
    return int(old.delete()[0])


def _row(item: Reminder, at: datetime) -> Notice:
    return Notice(
        post_id=item.post_id,
        unit_id=item.unit_id,
        key=item.key,
        kind=item.kind,
        at=at,
        text=clean(item.text),
        url=item.url,
        urgent=item.urgent,
    )
