"""A message to an applicant: kept with the act, sent by a job, tried again, and never sent twice by us."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from cchc.audit import api as audit
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotAllowed, NotFound, Refused
from cchc.notifications import api as notifications
from cchc.notifications.api import Draft, Recipient, Status
from tests.notifications.mailbox import Mailbox, mail_server
from tests.world import NOW, World

NGOC = Recipient(name="Đỗ Thị Bích Ngọc", phone="0912000342", email="ngoc.do@example.vn")
STREAM = "case:H27.112-261120-0042"
SYSTEM = Actor.system("kiểm thử")
OFFICE = Actor(post="Lãnh đạo Trung tâm @ H27.112.01", name="Lê Văn Trung", rights=frozenset({"notifications:message:read"}))
SUBJECT = "Ngày hẹn trả kết quả dời sang thứ Năm 26/11/2026"


def keep(world: World, *, key: str = "calendar:57", recipient: Recipient = NGOC, **changes: Any) -> notifications.MessageView:
    given = {
        "stream": STREAM,
        "kind": "calendar_moved",
        "label": "Dời ngày hẹn do lịch nghỉ",
        "subject": SUBJECT,
        "text": "Kính gửi bà Ngọc,\n\nNgày hẹn cũ trùng ngày nghỉ. Xin lỗi vì phải dời.",
        "unit_id": world.centre.id,
        **changes,
    }
    return notifications.notify(actor=world.counter, at=NOW, key=key, recipient=recipient, **given)


def officer(world: World) -> Actor:
    return Actor(
        post=OFFICE.post, name=OFFICE.name, rights=OFFICE.rights, units=frozenset({world.commune.id, world.centre.id, world.office.id})
    )


def jobs_for(message: notifications.MessageView) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name="cchc.notifications.send", args__message_id=str(message.id)))


def again(message: notifications.MessageView) -> notifications.MessageView:
    return next(found for found in notifications.messages_of(message.stream) if found.id == message.id)


def test_is_kept_and_gets_a_job(world: World) -> None:
    message = keep(world)
    assert message.status is Status.WAITING
    assert message.is_new
    assert again(message).recipient == NGOC
    assert [job.queue_name for job in jobs_for(message)] == ["messages"]


def test_arrives_as_it_was_written(world: World, mailbox: Mailbox) -> None:
    message = keep(world)
    assert notifications.send(message_id=message.id, at=NOW + timedelta(minutes=1), is_last=False) == ""
    (letter,), (envelope,) = mailbox.letters, mailbox.envelopes
    # A header folded after its name begins with the space of the fold, which no reader shows.
    assert letter["Subject"].strip() == SUBJECT
    assert letter.get_content().splitlines()[2] == "Ngày hẹn cũ trùng ngày nghỉ. Xin lỗi vì phải dời."
    assert letter.get_content_charset() == "utf-8"
    assert letter["To"].addresses[0].display_name == "Đỗ Thị Bích Ngọc"
    assert letter["From"].addresses[0].display_name == "Một cửa xã Vũ Quang"
    assert letter["Date"].datetime == NOW + timedelta(minutes=1)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<{message.id}.0@vuquang.example>"
    assert envelope == ["ngoc.do@example.vn"]
    # The raw header travels in ASCII, as old servers ask.
    assert mailbox.raw[0].partition(b"\r\n\r\n")[0].isascii()
    sent = again(message)
    assert (sent.status, sent.attempts, sent.sent_at) == (Status.SENT, 1, NOW + timedelta(minutes=1))
    assert [line.what for line in sent.history] == ["kept", "sent"]


def test_is_sent_once_by_two_jobs(world: World, mailbox: Mailbox) -> None:
    message = keep(world)
    for _ in range(2):
        notifications.send(message_id=message.id, at=NOW, is_last=False)
    assert len(mailbox.letters) == 1


def test_with_the_same_key_is_the_same_message(world: World) -> None:
    first = keep(world)
    second = keep(world, subject="Khác")
    assert (second.id, second.is_new, second.subject) == (first.id, False, SUBJECT)
    assert len(notifications.messages_of(STREAM)) == 1
    assert len(jobs_for(first)) == 1
    assert keep(world, key="calendar:58").id != first.id
    assert keep(world, stream="case:khac").id != first.id


def test_leaves_nothing_when_the_act_is_rolled_back(world: World) -> None:
    with transaction.atomic():
        message = keep(world)
        transaction.set_rollback(True)
    assert notifications.messages_of(STREAM) == ()
    assert jobs_for(message) == []


def test_without_an_address_waits_for_somebody_to_phone(world: World) -> None:
    message = keep(world, recipient=Recipient("Đỗ Thị Bích Ngọc", phone="0912000342"))
    assert message.status is Status.NO_CHANNEL
    assert jobs_for(message) == []
    told = notifications.mark_told(actor=officer(world), at=NOW, message_id=message.id, how="Gọi điện, gặp chồng bà Ngọc")
    assert told.status is Status.TOLD
    line = again(message).history[-1]
    assert (line.what, line.who, line.detail) == (
        "told",
        "Lê Văn Trung, Lãnh đạo Trung tâm @ H27.112.01",
        "Gọi điện, gặp chồng bà Ngọc",
    )
    with pytest.raises(Conflict):
        notifications.mark_told(actor=officer(world), at=NOW, message_id=message.id, how="Gọi lần nữa")


@pytest.mark.parametrize(
    "email", ["", "khong-phai", "a@b", "a b@example.vn", "a@example..vn", "a@example.vn\nBcc: x@y.vn", "ngọc@example.vn", "a@" + "x" * 260]
)
def test_to_an_address_no_server_could_take_has_no_channel(world: World, email: str) -> None:
    assert keep(world, recipient=Recipient("Ngọc", email=email)).status is Status.NO_CHANNEL


def test_told_by_phone_meanwhile_is_not_sent(world: World, mailbox: Mailbox) -> None:
    message = keep(world)
    notifications.mark_told(actor=officer(world), at=NOW, message_id=message.id, how="Gọi điện")
    notifications.send(message_id=message.id, at=NOW, is_last=False)
    assert mailbox.letters == []


def test_needs_words_for_how_somebody_was_told(world: World) -> None:
    message = keep(world)
    for how in ("", "   ", "x" * 301):
        with pytest.raises(Refused) as refusal:
            notifications.mark_told(actor=officer(world), at=NOW, message_id=message.id, how=how)
        assert refusal.value.field == "how"


def test_is_tried_again_when_the_server_is_down_and_given_up_in_words(world: World, mailbox: Mailbox, settings: Any) -> None:
    message = keep(world)
    alive, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    reason = notifications.send(message_id=message.id, at=NOW, is_last=False)
    assert reason == "Không kết nối được máy chủ thư: máy chủ đang tắt hoặc sai cổng."
    assert (again(message).status, again(message).attempts, again(message).reason) == (Status.WAITING, 1, reason)
    assert notifications.send(message_id=message.id, at=NOW, is_last=True) == ""
    failed = again(message)
    assert (failed.status, failed.attempts, failed.reason) == (Status.FAILED, 2, reason)
    assert [line.what for line in failed.history] == ["kept", "refused", "given_up"]
    settings.EMAIL_PORT = alive
    assert notifications.resend(actor=officer(world), at=NOW, message_id=message.id).status is Status.WAITING
    assert len(jobs_for(message)) == 2
    notifications.send(message_id=message.id, at=NOW, is_last=False)
    assert again(message).status is Status.SENT
    assert mailbox.letters[0]["Message-ID"].startswith(f"<{message.id}.1@")


def test_is_given_up_at_once_when_the_server_refuses_for_good_and_the_reason_names_nobody(world: World, mailbox: Mailbox) -> None:
    message = keep(world)
    mailbox.refusals = ["550 5.1.1 <Ngoc.Do@example.vn> khong co hop thu nay"]
    assert notifications.send(message_id=message.id, at=NOW, is_last=False) == ""
    failed = again(message)
    assert failed.status is Status.FAILED
    assert "550" in failed.reason
    assert "n***@example.vn" in failed.reason
    assert "ngoc.do" not in failed.reason.lower()


def test_is_tried_again_when_the_server_asks_to_wait(world: World, mailbox: Mailbox) -> None:
    message = keep(world)
    mailbox.refusals = ["451 4.7.1 thu lai sau"]
    assert "451" in notifications.send(message_id=message.id, at=NOW, is_last=False)
    notifications.send(message_id=message.id, at=NOW, is_last=False)
    assert again(message).status is Status.SENT
    assert [letter["Message-ID"] for letter in mailbox.letters] == [f"<{message.id}.0@vuquang.example>"]


def test_without_a_mail_server_is_written_to_the_log_and_not_called_sent(
    world: World, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_HOST = ""
    message = keep(world)
    with caplog.at_level("INFO", logger="cchc.notifications.console"):
        notifications.send(message_id=message.id, at=NOW, is_last=False)
    assert SUBJECT in caplog.text
    assert "ngoc.do@" not in caplog.text
    assert again(message).status is Status.PRINTED
    assert again(message).status.label == "Đã ghi ra màn hình, chưa gửi thật"


def test_hides_identity_numbers_and_keeps_codes_and_telephones(world: World) -> None:
    text = "Số 042198000317, 042 198 000 317; hồ sơ H27.112-261120-0042; gọi 0239 3888 888 trước 26/11/2026."
    message = keep(world, text=text, subject="Của 042198000317")
    assert message.text == "Số •••317, •••317; hồ sơ H27.112-261120-0042; gọi 0239 3888 888 trước 26/11/2026."
    assert message.subject == "Của •••317"


def test_cannot_carry_a_second_header(world: World, mailbox: Mailbox) -> None:
    message = keep(world, subject="Tin\r\nBcc: nguoi@khac.vn", recipient=Recipient("Ngọc\nBcc: x@y.vn", email=NGOC.email))
    notifications.send(message_id=message.id, at=NOW, is_last=False)
    assert mailbox.letters[0]["Bcc"] is None
    assert mailbox.envelopes == [["ngoc.do@example.vn"]]


def test_is_forgotten_with_its_recipient(world: World, mailbox: Mailbox) -> None:
    waiting, told = keep(world), keep(world, key="khac", recipient=Recipient("Ngọc", phone="0912000342"))
    notifications.mark_told(actor=officer(world), at=NOW, message_id=told.id, how="Gặp bà Ngọc")
    with pytest.raises(NotAllowed):
        notifications.forget(actor=officer(world), at=NOW, stream=STREAM)
    assert notifications.forget(actor=SYSTEM, at=NOW, stream=STREAM) == 2
    assert notifications.forget(actor=SYSTEM, at=NOW, stream=STREAM) == 0
    for found in notifications.messages_of(STREAM):
        assert (found.recipient, found.subject, found.text, found.masked) == (None, "", "", "")
        assert all(not line.detail for line in found.history)
    assert [found.status for found in notifications.messages_of(STREAM)] == [Status.FORGOTTEN, Status.TOLD]
    notifications.send(message_id=waiting.id, at=NOW, is_last=False)
    assert mailbox.letters == []
    with pytest.raises(Refused, match="đã bị xóa"):
        notifications.resend(actor=officer(world), at=NOW, message_id=waiting.id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT json_agg(m) FROM notifications_message m)::text || (SELECT json_agg(p) FROM notifications_passage p)"
        )
        (everything,) = cursor.fetchone()
    assert "Ngọc" not in everything


def test_leaves_nothing_personal_in_the_journal(world: World) -> None:
    message = keep(world, recipient=Recipient("Ngọc", phone="0912000342"))
    notifications.mark_told(actor=officer(world), at=NOW, message_id=message.id, how="Gặp bà Ngọc")
    (entry,) = audit.entries(f"message:{message.id}")
    assert (entry.act, entry.public) == ("message_told", {"kind": "calendar_moved", "about": STREAM})


def test_of_another_office_is_not_there(world: World) -> None:
    message = keep(world)
    foreign = Actor(post="Khác", rights=OFFICE.rights, units=frozenset({world.other_commune.id}))
    for call in (
        lambda: notifications.message(message.id, actor=foreign),
        lambda: notifications.resend(actor=foreign, at=NOW, message_id=message.id),
        lambda: notifications.mark_told(actor=foreign, at=NOW, message_id=message.id, how="x"),
        lambda: notifications.message(UUID(int=7), actor=officer(world)),
    ):
        with pytest.raises(NotFound):
            call()
    assert notifications.messages(actor=foreign, filters=notifications.Filters()).rows == ()
    with pytest.raises(NotAllowed):
        notifications.messages(actor=world.officer, filters=notifications.Filters())


def test_waiting_already_is_not_sent_again(world: World) -> None:
    with pytest.raises(Conflict):
        notifications.resend(actor=officer(world), at=NOW, message_id=keep(world).id)


def test_is_kept_only_inside_an_act(fresh_database: Any, world: World) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        keep(world)


def test_said_by_two_at_once_is_kept_once(fresh_database: Any, world: World) -> None:
    began, views = threading.Event(), {}

    def second() -> None:
        try:
            began.wait(5)
            with transaction.atomic():
                views["second"] = keep(world, subject="Khác")
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        views["first"] = keep(world)
        began.set()
        # The other one must wait for this transaction.
        thread.join(0.5)
        assert "second" not in views
    thread.join(10)
    assert (views["second"].id, views["second"].is_new, views["second"].subject) == (views["first"].id, False, SUBJECT)
    assert len(jobs_for(views["first"])) == 1


def test_by_the_thousand_costs_as_many_statements_as_one(world: World) -> None:
    def drafts(number: int) -> list[Draft]:
        return [
            Draft(
                stream=f"case:{place}",
                kind="calendar_moved",
                label="Dời ngày hẹn",
                key=f"k{number}",
                recipient=NGOC if place % 2 else Recipient("Ngọc", phone="0912000342"),
                subject=SUBJECT,
                text="…",
                unit_id=world.centre.id,
            )
            for place in range(number)
        ]

    def price(number: int) -> int:
        with CaptureQueriesContext(connection) as spent:
            assert len(notifications.notify_many(actor=SYSTEM, at=NOW, drafts=drafts(number))) == number
        return len(spent)

    assert price(2) == price(1500) == 5
    assert ProcrastinateJob.objects.filter(task_name="cchc.notifications.send").count() == 751
    kept = notifications.notify_many(actor=SYSTEM, at=NOW, drafts=[*drafts(2), *drafts(2)])
    assert [view.is_new for view in kept] == [False] * 4
    assert notifications.notify_many(actor=SYSTEM, at=NOW, drafts=[]) == ()


def test_is_sent_by_the_worker_and_waits_in_the_queue_while_the_server_is_down(fresh_database: Any, world: World, tmp_path: Path) -> None:
    """The whole way: the operator's variables, a worker process, a real socket; first nobody listens, then somebody does."""

    def work(port: int) -> None:
        variables = {
            "DATABASE_URL": fresh_database.url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "CCHC_HOME": str(tmp_path),
            "CCHC_SMTP_HOST": "127.0.0.1",
            "CCHC_SMTP_PORT": str(port),
            "CCHC_SMTP_FROM": "motcua@vuquang.example",
        }
        command = [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"]
        paths = f"{django_settings.BASE_DIR}:{django_settings.BASE_DIR / 'src'}"
        subprocess.run(
            command,
            check=True,
            cwd=django_settings.BASE_DIR,
            env={**os.environ, **variables, "PYTHONPATH": paths},
            timeout=60,
            capture_output=True,
        )

    with transaction.atomic():
        message = keep(world)
    work(9)
    (job,) = jobs_for(message)
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at
    assert again(message).status is Status.WAITING
    assert "Không kết nối được" in again(message).reason
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second' WHERE id = %s", [job.pk])
    with mail_server() as box:
        work(box.port)
        assert [letter["Subject"].strip() for letter in box.letters] == [SUBJECT]
    assert again(message).status is Status.SENT
    assert jobs_for(message)[0].status == "succeeded"
