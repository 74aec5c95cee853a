"""Send one message: by the mail server when there is one, else into the worker's log, and say which."""

import logging
import smtplib
from datetime import datetime
from email.utils import format_datetime, formataddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from cchc.kernel.local import local
from cchc.notifications.models import Letter, Message, Passage
from cchc.notifications.rules.recipients import Recipient, masked_email, without_addresses
from cchc.notifications.terms import Channel, Happening, Status

_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_PERMANENT = range(500, 600)
_WHO = "Hệ thống (gửi tin)"
_console = logging.getLogger("cchc.notifications.console")


class NotSentYet(Exception):  # noqa: N818 (the job is tried again; nothing is wrong with it)
    """The mail server could not take the message now. What is told here names nobody."""


@transaction.atomic
def send(*, message_id: UUID, at: datetime, is_last: bool) -> str:
    """Send a waiting message, keep what came of it, and return a reason when it has to be tried again, else nothing.

    Only a waiting message is sent, under its row's lock: two jobs for one message send it once, and what was told, forgotten or sent
    meanwhile is left alone. A server's refusal for good (5xx) ends it, as does ``is_last``. A worker killed after the server took the
    message and before the commit sends it again when its job is taken up: the fixed Message-ID lets the server drop the twin.
    """
    message = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(code=message_id, status=Status.WAITING).first()
    letter = Letter.objects.filter(message=message).first() if message else None
    if message is None or letter is None:
        return ""
    message.attempts += 1
    recipient = Recipient(letter.name, letter.phone, letter.email)
    if not settings.EMAIL_HOST:
        _console.info("Tin %s tới %s <%s>\n%s\n\n%s", message.code, letter.name, masked_email(letter.email), letter.subject, letter.text)
        return _went(message, Status.PRINTED, Channel.CONSOLE, Happening.PRINTED, at=at)
    try:
        _mail(message, letter, at=at)
    except (smtplib.SMTPException, OSError) as error:
        return _failed(message, without_addresses(_words(error), recipient), at=at, gives_up=is_last or _is_permanent(error))
    return _went(message, Status.SENT, Channel.EMAIL, Happening.SENT, at=at)


def _mail(message: Message, letter: Letter, *, at: datetime) -> None:
    with get_connection(
        backend=_BACKEND,
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        username=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        use_tls=settings.EMAIL_USE_TLS,
        use_ssl=settings.EMAIL_USE_SSL,
        timeout=settings.EMAIL_TIMEOUT,
    ) as server:
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
        # The same for every attempt, so that a server may drop a twin; another one when an official sends it again on purpose.
        again = message.passages.filter(what=Happening.RESENT).count()
        EmailMessage(
            subject=letter.subject,
            body=letter.text + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[formataddr((letter.name, letter.email), charset="utf-8") if letter.name else letter.email],
            headers={
                "Message-ID": f"<{message.code}.{again}@{domain}>",
                "Date": format_datetime(local(at)),
                "Auto-Submitted": "auto-generated",
                "Content-Language": "vi",
            },
            connection=server,
        ).send()


def _went(message: Message, status: Status, channel: Channel, what: Happening, *, at: datetime) -> str:
    message.status, message.channel, message.sent_at = status, channel, at
    message.save(update_fields=["status", "channel", "sent_at", "attempts"])
    Passage.objects.create(message=message, at=at, what=what, who=_WHO)
    return ""


def _failed(message: Message, reason: str, *, at: datetime, gives_up: bool) -> str:
    message.channel = Channel.EMAIL
    if gives_up:
        message.status = Status.FAILED
    message.save(update_fields=["status", "channel", "attempts"])
    Passage.objects.create(message=message, at=at, what=Happening.GIVEN_UP if gives_up else Happening.REFUSED, who=_WHO, detail=reason)
    return "" if gives_up else reason


def _is_permanent(error: Exception) -> bool:
    """Say whether trying again is useless: the server refused for good. A refused sign-in may be mended by the operator meanwhile."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    return any(code in _PERMANENT for code, _said in _answers(error))


def _answers(error: Exception) -> list[tuple[int, str]]:
    """Return what the server said: a code and words for each answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [(code, _text(said)) for code, said in error.recipients.values()]
    if isinstance(error, smtplib.SMTPResponseException):
        return [(error.smtp_code, _text(error.smtp_error))]
    return []


def _words(error: Exception) -> str:
    """Return the reason as a sentence for the office."""
    said = "; ".join(f"{code} {text}" for code, text in _answers(error))
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"Máy chủ thư không cho đăng nhập ({said}). Kiểm tra tên và mật khẩu đã cài đặt."
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"Máy chủ thư không nhận địa chỉ này ({said})."
    if said:
        return f"Máy chủ thư từ chối ({said})."
    if isinstance(error, TimeoutError):
        return "Máy chủ thư không trả lời kịp."
    if isinstance(error, ConnectionRefusedError):
        return "Không kết nối được máy chủ thư: máy chủ đang tắt hoặc sai cổng."
    return f"Không gửi được qua máy chủ thư ({type(error).__name__})."


def _text(said: bytes | str) -> str:
    return (said.decode("utf-8", "replace") if isinstance(said, bytes) else said).replace("\n", " ").strip()[:300]
