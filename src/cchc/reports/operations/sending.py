"""Sign, send up, receive from below, return for correction."""

from datetime import datetime, timedelta

from django.db import transaction

from cchc.documents import api as documents
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.notifications import api as notifications
from cchc.organisations import api as organisations
from cchc.reports.models import Explanation, Version
from cchc.reports.operations.acting import begin, name_of, write_down
from cchc.reports.queries.kept import report
from cchc.reports.queries.pdf import to_pdf
from cchc.reports.queries.units import holders_in, receiver_of
from cchc.reports.rules.freezing import signed
from cchc.reports.rules.life import days_late
from cchc.reports.terms import Act

LONGEST_LETTER = 60


@transaction.atomic
def sign_report(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    seq: int,
    kind: documents.SigningKind = documents.SigningKind.OWN,
    head_title: str = "",
    letter: str = "",
) -> None:
    """Sign the locked numbers; the PDF is drawn once and kept.

    Needs ``reports:report:sign``. ``kind`` and ``head_title`` give the lines over the signature (Decree 30/2020/NĐ-CP Art. 13), ``letter``
    is the number of the letter that the report goes with, when the clerk has given one. Raises ``Invalid`` for a wrong signature.
    """
    version, row = begin(actor=actor, at=at, code=code, act=Act.SIGN, seq=seq)
    if len(letter) > LONGEST_LETTER:
        raise Invalid({"letter": f"Số văn bản dài quá {LONGEST_LETTER} ký tự."})
    block = documents.signature(kind=kind, title=actor.title, name=actor.name, head_title=head_title)
    view = report(code, actor=actor, at=at, seq=seq)
    content = to_pdf(signed(view.printed, lines=block.lines, signer=block.name, is_draft=False), at=at)
    kept = documents.keep_file(
        actor=actor, at=at, stream=version.report.stream, name=f"{code}-{seq}.pdf", content=content, kind=documents.FileKind.SIGNED
    )
    version.state, version.signed_at, version.signed_by = row.after, at, name_of(actor)
    version.signer, version.signer_lines, version.letter, version.pdf = block.name, list(block.lines), clean(letter), kept.id
    version.save(update_fields=["state", "signed_at", "signed_by", "signer", "signer_lines", "letter", "pdf"])
    texts = [[item.row, item.column, item.text] for item in Explanation.objects.filter(version=version).order_by("row", "column")]
    public = {"letter": version.letter, "pdf": kept.sha256}
    write_down(actor=actor, at=at, version=version, act=Act.SIGN, public=public, texts=texts)


@transaction.atomic
def send_report(*, actor: Actor, at: datetime, code: str, seq: int) -> None:
    """Send a signed report to the agency above. How late it is goes into the journal; who receives there is reminded.

    Needs ``reports:report:prepare``. Where no agency above is registered here, the file is carried to it by other ways, and «sent» says
    only that the office has done so.
    """
    version, row = begin(actor=actor, at=at, code=code, act=Act.SEND, seq=seq)
    version.state, version.sent_at, version.sent_by = row.after, at, name_of(actor)
    version.save(update_fields=["state", "sent_at", "sent_by"])
    receiver = receiver_of(version.report.unit_id, local_date(at))
    public = {
        "to": receiver.code if receiver else "",
        "due_on": f"{version.report.due_on}" if version.report.due_on else "",
        "days_late": days_late(version.report.due_on, local_date(at)),
    }
    write_down(actor=actor, at=at, version=version, act=Act.SEND, public=public)
    if receiver is not None:
        _remind(at, version, receiver.id, identity.Right.RECEIVE_REPORT, f"{_sender(version)} gửi báo cáo, chờ tiếp nhận")


@transaction.atomic
def receive_report(*, actor: Actor, at: datetime, code: str, seq: int) -> None:
    """Receive what was sent: its numbers count in the consolidated form from then on. Needs ``reports:report:receive`` in the agency above."""
    version, row = begin(actor=actor, at=at, code=code, act=Act.RECEIVE, seq=seq)
    version.state, version.received_at, version.received_by = row.after, at, name_of(actor)
    version.save(update_fields=["state", "received_at", "received_by"])
    write_down(actor=actor, at=at, version=version, act=Act.RECEIVE, public={})


@transaction.atomic
def return_report(*, actor: Actor, at: datetime, code: str, seq: int, reason: str) -> None:
    """Return a report for correction: the version stays as it is, and the unit locks a new one. Its people are reminded.

    Needs ``reports:report:receive`` in the agency above.
    """
    version, row = begin(actor=actor, at=at, code=code, act=Act.RETURN, seq=seq, reason=reason)
    version.state, version.ended_at, version.ended_by, version.reason = row.after, at, name_of(actor), clean(reason)
    version.save(update_fields=["state", "ended_at", "ended_by", "reason"])
    write_down(actor=actor, at=at, version=version, act=Act.RETURN, public={}, reason=reason)
    _remind(at, version, version.report.unit_id, identity.Right.PREPARE_REPORT, f"Báo cáo bị trả lại để sửa: {clean(reason)}", urgent=True)


def _sender(version: Version) -> str:
    return organisations.units_on([version.report.unit_id], version.report.end - timedelta(days=1))[version.report.unit_id].full_name


def _remind(at: datetime, version: Version, agency_id: int, right: str, text: str, *, urgent: bool = False) -> None:
    code = version.report.code
    key, url = f"report:{code}:{version.seq}:{version.state}", f"/so-lieu/bao-cao/ban/{code}/"
    posts = holders_in([agency_id], right, local_date(at))
    reminders = [
        notifications.Reminder(kind="report", key=key, text=f"{text} ({code})", url=url, post_id=post.id, urgent=urgent)
        for post, _ in posts
    ]
    notifications.remind_many(at=at, reminders=reminders)
