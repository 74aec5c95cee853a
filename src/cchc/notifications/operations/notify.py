"""Keep a message to an applicant, and let a job send it once the transaction is committed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from cchc.kernel.actor import Actor
from cchc.kernel.text import clean
from cchc.notifications.models import Letter, Message, Passage
from cchc.notifications.queries.messages import MessageView
from cchc.notifications.rules.recipients import Recipient, without_identity_numbers
from cchc.notifications.terms import Channel, Happening, Status

SEND_TASK = "cchc.notifications.send"
_BATCH = 2000


@dataclass(frozen=True)
class Draft:
    """A message to be kept by ``notify_many``; the fields are the parameters of ``notify``."""

    stream: str
    kind: str
    label: str
    key: str
    recipient: Recipient
    subject: str
    text: str
    unit_id: int


def notify(
    *,
    actor: Actor,
    at: datetime,
    stream: str,
    kind: str,
    label: str,
    key: str,
    recipient: Recipient,
    subject: str,
    text: str,
    unit_id: int,
) -> MessageView:
    """Keep one message and return it; see ``notify_many``."""
    draft = Draft(stream=stream, kind=kind, label=label, key=key, recipient=recipient, subject=subject, text=text, unit_id=unit_id)
    return notify_many(actor=actor, at=at, drafts=[draft])[0]


def notify_many(*, actor: Actor, at: datetime, drafts: Sequence[Draft]) -> tuple[MessageView, ...]:
    """Keep messages in the caller's transaction, with a job for each that can be sent; return them in order.

    The same stream and key again is the same message: the first stays, ``is_new`` is False, and nothing is sent twice. A recipient
    without an e-mail address is kept as «no channel», for somebody to phone. Identity numbers in subject and text are hidden: mail
    travels open. ``kind`` is a short word of the caller's, ``label`` its Vietnamese name. Five statements for up to two thousand.

    No right is asked: a message is part of an act of a module above, which has asked, and which journals that somebody was told.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Tin chỉ ghi trong giao dịch của việc được báo.")
    first: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        first.setdefault((draft.stream, draft.key), draft)
    kept: dict[tuple[str, str], MessageView] = {}
    wanted = list(first.values())
    for start in range(0, len(wanted), _BATCH):
        kept.update(_keep(wanted[start : start + _BATCH], actor=actor, at=at))
    return tuple(kept[draft.stream, draft.key] for draft in drafts)


def defer(codes: Sequence[UUID]) -> None:
    """Put a job into the queue for each message; the rows live and die with the open transaction."""
    # Named, not imported: jobs stand above operations.
    from procrastinate.contrib.django import app  # noqa: PLC0415 (the application exists only once Django is ready)

    if codes:
        app.configure_task(SEND_TASK, queue="messages").batch_defer(*({"message_id": str(code)} for code in codes))


def _keep(drafts: Sequence[Draft], *, actor: Actor, at: datetime) -> dict[tuple[str, str], MessageView]:
    rows = [_row(draft, actor=actor, at=at) for draft in drafts]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    codes = {row.code for row in rows}
    # Streams and keys are asked for apart, which may find a few more; the pairs decide.
    found = Message.objects.filter(stream__in={row.stream for row in rows}, key__in={row.key for row in rows}).select_related("letter")
    stored = {(row.stream, row.key): row for row in found}
    pairs = [(draft, stored[draft.stream, draft.key]) for draft in drafts]
    new = [(draft, row) for draft, row in pairs if row.code in codes]
    letters = Letter.objects.bulk_create([_letter(draft, row) for draft, row in new])
    for (_draft, row), letter in zip(new, letters, strict=True):
        row.letter = letter
    Passage.objects.bulk_create(
        Passage(message=row, at=at, what=Happening.KEPT if row.status == Status.WAITING else Happening.KEPT_UNSENT, who=actor.post)
        for _draft, row in new
    )
    defer([row.code for _draft, row in new if row.status == Status.WAITING])
    return {key: MessageView.of(row, is_new=row.code in codes) for key, row in stored.items()}


def _row(draft: Draft, *, actor: Actor, at: datetime) -> Message:
    reachable = bool(draft.recipient.cleaned().address)
    return Message(
        stream=draft.stream,
        key=draft.key,
        kind=draft.kind,
        label=draft.label,
        unit_id=draft.unit_id,
        status=Status.WAITING if reachable else Status.NO_CHANNEL,
        channel="" if reachable else Channel.PERSON,
        created_at=at,
        created_by=actor.post,
    )


def _letter(draft: Draft, row: Message) -> Letter:
    recipient = draft.recipient.cleaned()
    return Letter(
        message=row,
        name=recipient.name,
        phone=recipient.phone,
        email=recipient.email,
        subject=without_identity_numbers(clean(draft.subject)),
        text=without_identity_numbers("\n".join(clean(line) for line in draft.text.splitlines()).strip()),
    )
