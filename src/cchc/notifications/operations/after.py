"""What an official does with a message that was kept: send again, say that the person was told, forget."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cchc.audit import api as audit
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotFound, Refused
from cchc.kernel.text import clean
from cchc.notifications.models import Letter, Message, Passage
from cchc.notifications.operations.notify import defer
from cchc.notifications.queries.messages import MessageView
from cchc.notifications.terms import Channel, Happening, Status

_LONGEST = 300


@transaction.atomic
def resend(*, actor: Actor, at: datetime, message_id: UUID) -> MessageView:
    """Let a message be sent once more, with all its attempts anew. Needs the right ``notifications:message:read`` in its unit.

    Raises ``Conflict`` when it waits already, ``Refused`` when there is no address to send to.
    """
    message, view = _locked(message_id, actor)
    if message.status == Status.WAITING:
        raise Conflict("Tin này đang chờ gửi rồi; mở lại trang để xem.")
    if view.recipient is None:
        raise Refused("Nội dung và người nhận đã bị xóa, không gửi lại được.")
    if not view.may_resend:
        raise Refused("Người nhận không có địa chỉ thư dùng được. Gọi điện rồi ghi lại là đã báo.")
    message.status, message.sent_at, message.attempts = Status.WAITING, None, 0
    message.save(update_fields=["status", "sent_at", "attempts"])
    Passage.objects.create(message=message, at=at, what=Happening.RESENT, who=_signed(actor))
    defer([message.code])
    _journal(actor, at, message, "message_resent")
    return MessageView.of(message)


@transaction.atomic
def mark_told(*, actor: Actor, at: datetime, message_id: UUID, how: str) -> MessageView:
    """Say that the person was told by phone or face to face; ``how`` in a few words. Needs ``notifications:message:read`` in its unit.

    A message still waiting is not sent any more. Raises ``Conflict`` when it was told, sent or forgotten meanwhile.
    """
    message, view = _locked(message_id, actor)
    words = clean(how)
    if not words:
        raise Refused("Ghi ngắn gọn đã báo cho ai, bằng cách nào; ví dụ: gọi điện, gặp người nộp.", field="how")
    if len(words) > _LONGEST:
        raise Refused(f"Viết gọn trong {_LONGEST} ký tự.", field="how")
    if not view.may_be_told:
        raise Conflict(f"Tin này đã ở trạng thái «{view.status.label}», không cần ghi báo thêm.")
    message.status, message.channel, message.sent_at = Status.TOLD, Channel.PERSON, at
    message.save(update_fields=["status", "channel", "sent_at"])
    Passage.objects.create(message=message, at=at, what=Happening.TOLD, who=_signed(actor), detail=words)
    _journal(actor, at, message, "message_told")
    return MessageView.of(message)


@transaction.atomic
def forget(*, actor: Actor, at: datetime, stream: str) -> int:
    """Erase who was told what in a stream; return how many messages were forgotten now. What still waits is not sent any more.

    Kind, times and attempts stay. Needs the right ``audit:private:erase``. The caller erases the journal's private parts in the same
    transaction, and that is where the act is recorded.
    """
    actor.must("audit:private:erase")
    rows = list(Message.objects.select_for_update(of=("self",)).filter(stream=stream, letter__isnull=False))
    Letter.objects.filter(message__in=rows).delete()
    Passage.objects.filter(message__in=rows).exclude(detail="").update(detail="")
    Message.objects.filter(pk__in=[row.pk for row in rows], status__in=[Status.WAITING, Status.NO_CHANNEL, Status.FAILED]).update(
        status=Status.FORGOTTEN
    )
    Passage.objects.bulk_create(Passage(message=row, at=at, what=Happening.FORGOTTEN, who=_signed(actor)) for row in rows)
    return len(rows)


def _locked(message_id: UUID, actor: Actor) -> tuple[Message, MessageView]:
    actor.must("notifications:message:read")
    message = Message.objects.select_for_update(of=("self",)).select_related("letter").filter(code=message_id).first()
    if message is None or not actor.may("notifications:message:read", unit_id=message.unit_id):
        raise NotFound("Không có tin này trong cơ quan của vị trí đang làm việc. Mở lại danh sách tin.")
    return message, MessageView.of(message)


def _signed(actor: Actor) -> str:
    """Return who acted, as the history keeps it."""
    return f"{actor.name}, {actor.post}" if actor.name and not actor.is_system else actor.post


def _journal(actor: Actor, at: datetime, message: Message, act: str) -> None:
    audit.record(stream=f"message:{message.code}", act=act, at=at, actor=actor, public={"kind": message.kind, "about": message.stream})
