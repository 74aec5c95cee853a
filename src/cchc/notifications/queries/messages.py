"""Messages as the office and the pages of a case show them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.local import at as instant
from cchc.notifications.models import Message, Passage
from cchc.notifications.rules.recipients import Recipient, masked_email, masked_phone
from cchc.notifications.terms import Channel, Happening, Status

PAGE = 50


@dataclass(frozen=True)
class PassageView:
    """One line of a message's history."""

    at: datetime
    what: Happening
    who: str
    detail: str


@dataclass(frozen=True)
class MessageView:
    """One message. ``id`` is its public code. ``recipient`` is None once forgotten, and subject and text are empty then.

    ``reason`` says why the last attempt failed. ``is_new`` is False when ``notify`` found that the message had been kept before.
    """

    id: UUID
    stream: str
    kind: str
    label: str
    key: str
    unit_id: int
    status: Status
    channel: Channel | None
    attempts: int
    created_at: datetime
    created_by: str
    sent_at: datetime | None
    recipient: Recipient | None
    subject: str
    text: str
    history: tuple[PassageView, ...] = ()
    is_new: bool = False

    @property
    def masked(self) -> str:
        """Return the recipient as lists show them: ``Đỗ Thị Bích Ngọc, •••342, n***@example.vn``; nothing once forgotten."""
        if self.recipient is None:
            return ""
        parts = (self.recipient.name, masked_phone(self.recipient.phone), masked_email(self.recipient.email))
        return ", ".join(part for part in parts if part)

    @property
    def reason(self) -> str:
        """Return why the last attempt failed, or nothing."""
        failures = {Happening.REFUSED, Happening.GIVEN_UP}
        return next((line.detail for line in reversed(self.history) if line.what in failures), "")

    @property
    def may_resend(self) -> bool:
        """Say whether sending again makes sense: there is an address, and the message is neither waiting nor gone."""
        again = {Status.FAILED, Status.PRINTED, Status.SENT, Status.NO_CHANNEL, Status.TOLD}
        return self.recipient is not None and bool(self.recipient.address) and self.status in again

    @property
    def may_be_told(self) -> bool:
        """Say whether somebody may still be phoned: everything but what a server took, or was told or forgotten already."""
        return self.recipient is not None and self.status in {Status.NO_CHANNEL, Status.FAILED, Status.PRINTED, Status.WAITING}

    @classmethod
    def of(cls, row: Message, *, history: bool = False, is_new: bool = False) -> "MessageView":
        """Build the view of a row; the letter is read where it was not selected with it."""
        letter = row.letter if hasattr(row, "letter") else None
        return cls(
            id=row.code,
            stream=row.stream,
            kind=row.kind,
            label=row.label,
            key=row.key,
            unit_id=row.unit_id,
            status=Status(row.status),
            channel=Channel(row.channel) if row.channel else None,
            attempts=row.attempts,
            created_at=row.created_at,
            created_by=row.created_by,
            sent_at=row.sent_at,
            recipient=Recipient(letter.name, letter.phone, letter.email) if letter else None,
            subject=letter.subject if letter else "",
            text=letter.text if letter else "",
            history=tuple(PassageView(p.at, Happening(p.what), p.who, p.detail) for p in row.passages.all()) if history else (),
            is_new=is_new,
        )


@dataclass(frozen=True)
class Filters:
    """What narrows the list; days are whole days in Viet Nam, both included."""

    status: Status | None = None
    unit_id: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Messages:
    """One page of the list, and what it may be narrowed by. ``following`` is where the next page begins."""

    rows: tuple[MessageView, ...] = ()
    following: int | None = None
    kinds: tuple[tuple[str, str], ...] = ()
    unit_ids: tuple[int, ...] = field(default=())


def messages(*, actor: Actor, filters: Filters, before: int | None = None) -> Messages:
    """Return the messages of the actor's agency, the newest first. Four queries. Needs the right ``notifications:message:read``."""
    actor.must("notifications:message:read")
    mine = _of(actor)
    rows = mine.select_related("letter").order_by("-pk")
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.unit_id is not None:
        rows = rows.filter(unit_id=filters.unit_id)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.since:
        rows = rows.filter(created_at__gte=instant(filters.since, time.min))
    if filters.until:
        rows = rows.filter(created_at__lt=instant(filters.until + timedelta(days=1), time.min))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return Messages(
        rows=tuple(MessageView.of(row) for row in found[:PAGE]),
        following=found[PAGE - 1].pk if len(found) > PAGE else None,
        kinds=tuple(dict(mine.order_by("kind", "-pk").values_list("kind", "label").distinct("kind")).items()),
        unit_ids=tuple(mine.order_by("unit_id").values_list("unit_id", flat=True).distinct()),
    )


def message(message_id: UUID, *, actor: Actor) -> MessageView:
    """Return one message with its history. Needs the right ``notifications:message:read`` in its unit. Two queries."""
    actor.must("notifications:message:read")
    row = _of(actor).select_related("letter").prefetch_related(_history()).filter(code=message_id).first()
    if row is None:
        raise NotFound("Không có tin này trong cơ quan của vị trí đang làm việc. Mở lại danh sách tin.")
    return MessageView.of(row, history=True)


def messages_of(stream: str) -> tuple[MessageView, ...]:
    """Return the messages of a stream with their history, in the order they were kept. Two queries; the caller asks the right."""
    rows = Message.objects.filter(stream=stream).select_related("letter").prefetch_related(_history()).order_by("pk")
    return tuple(MessageView.of(row, history=True) for row in rows)


def _of(actor: Actor) -> QuerySet[Message]:
    return Message.objects.all() if actor.is_system else Message.objects.filter(unit_id__in=actor.units)


def _history() -> Prefetch:
    return Prefetch("passages", queryset=Passage.objects.order_by("pk"))
