"""Check the whole journal in a job: asked for on a page, which may be left meanwhile."""

from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Now

from cchc.audit.models import Entry, Verification
from cchc.audit.operations.record import record
from cchc.audit.queries.checks import READ, CheckView, check_of
from cchc.audit.queries.verification import Report, verify
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict

CHECK_TASK = "cchc.audit.check"
# As many faults are kept to be shown; the command line names them all.
KEPT = 100
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('cchc.audit.check', 0))"


@transaction.atomic
def ask_check(*, actor: Actor, at: datetime) -> CheckView:
    """Have the whole journal checked in a job, and return the check. ``Conflict`` while another one runs."""
    actor.must(READ)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    last = Verification.objects.order_by("-pk").first()
    if last and check_of(last, at).is_running:
        raise Conflict("Đang có một lần kiểm tra chạy. Chờ lần ấy xong, kết quả hiện ở trang này; có thể rời trang rồi quay lại.")
    row = Verification.objects.create(asked_at=at, asked_by=actor.post, moved_at=at, total=Entry.objects.count())
    record(stream="audit", act="check_asked", at=at, actor=actor, public={"check": row.pk})
    # Named, not imported: jobs stand above operations. The row of the job lives and dies with this transaction.
    from procrastinate.contrib.django import app  # noqa: PLC0415 (the application exists only once Django is ready)

    app.configure_task(CHECK_TASK, queue="audit").defer(number=row.pk)
    return check_of(row, at)


def run_check(number: int) -> None:
    """Do it, outside any transaction, so that others see how far it is. Run twice it ends the same; one that has ended is left alone."""
    row = Verification.objects.filter(pk=number)
    if not row.filter(ended_at=None).update(started_at=Now(), moved_at=Now()):
        return

    def tell(report: Report) -> None:
        row.update(entries=report.entries, streams=report.streams, seals=report.seals, fault_count=len(report.faults), moved_at=Now())

    report = verify(progress=tell)
    tell(report)
    row.update(faults=[asdict(fault) for fault in report.faults[:KEPT]], ended_at=Now())
