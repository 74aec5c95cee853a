"""After the calendar changed: promises whose day has become a day off move to the next working day, and nothing else moves.

The rule is worktime's (``settle_clock``); here the case mirrors it, the journal says who and why, and the applicant is told. A run is
a row that begins with the edit and is filled in by a job, one case in a transaction: killed in the middle, it goes on where it was.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from cchc.audit import api as audit
from cchc.cases.models import Case, SettledPromise, Settlement
from cchc.cases.operations.acting import locked, save
from cchc.cases.operations.receiving import mirror
from cchc.cases.operations.telling import tell_applicant
from cchc.cases.rules.timeliness import is_late
from cchc.cases.terms import RUNNING, SETTLE_RULE, Act
from cchc.kernel.actor import Actor
from cchc.kernel.local import moment_text
from cchc.worktime import api as worktime

CHUNK = 50


@transaction.atomic
def open_settlement(*, calendar_version: str, at: datetime, actor_post: str, reason: str) -> int:
    """Open the run that an edit of the calendar asks for at ``at``, or find it; return its id.

    Both days of a swap are one edit. A swap that was withdrawn and is entered again gives the same calendar, and is another edit.
    """
    row, _ = Settlement.objects.get_or_create(
        calendar_version=calendar_version, asked_at=at, defaults={"actor_post": actor_post, "reason": reason}
    )
    return row.pk


def settle(*, settlement_id: int, at: datetime, progress: Callable[[int, int], None] | None = None) -> int:
    """Move what the calendar in force has closed; return how many promises moved in this run, those of an interrupted one included.

    Idempotent: what was moved is no longer found, and each move, its journal entry and its message stand in one transaction. A
    calendar edited meanwhile is followed: each case is settled on the calendar as it is then. Waiting cases have no promise to move,
    and a promise whose time had passed before the edit was kept or broken already: it stays.
    """
    run = Settlement.objects.get(pk=settlement_id)
    if run.started_at is None:
        run.started_at, run.open_cases = at, Case.objects.filter(stage__in=sorted(RUNNING), clock__isnull=False).count()
        run.save(update_fields=["started_at", "open_cases"])
    seen, last = 0, None
    # What cannot be moved (clocks of others than cases) is passed by, never met again.
    while found := worktime.unsettled(unbroken_at=run.asked_at, limit=CHUNK, after_id=last):
        clocks = [move.clock_id for move in found]
        cases = dict(Case.objects.filter(clock_id__in=clocks).values_list("clock_id", "code"))
        seen += sum(_settle_one(run, cases.get(clock_id, ""), at) for clock_id in clocks)
        last = clocks[-1]
        if progress:
            progress(seen, seen + len(found))
    if seen or run.finished_at is None:
        # A run asked for again that finds nothing keeps the time at which it ended.
        run.finished_at = at
        run.save(update_fields=["finished_at"])
    return run.moves.count()


@transaction.atomic
def _settle_one(run: Settlement, code: str, at: datetime) -> bool:
    if not code:
        return False
    case = locked(code)
    if case.clock_id is None or case.due_at is None or case.due_date is None:
        return False
    if is_late(late_from=case.late_from, moment=run.asked_at):
        # Asked again under the lock: somebody may have acted on the case since it was found.
        return False
    actor = Actor.system("tính lại hẹn do lịch làm việc thay đổi")
    moment = max(at, case.since)
    before = case.due_at
    clock = worktime.settle_clock(actor=actor, at=moment, clock_id=case.clock_id, rule=SETTLE_RULE, reason=run.reason)
    if clock.promised.due_at == before:
        return False
    mirror(case, clock)
    save(case, at=moment)
    told = tell_applicant(
        actor=actor,
        at=moment,
        case=case,
        kind="calendar_moved",
        label="Dời ngày hẹn do lịch nghỉ thay đổi",
        key=f"calendar:{run.calendar_version}:{run.pk}",
        subject=f"Hồ sơ {case.code}: ngày hẹn trả kết quả thay đổi",
        text=(
            f"Hồ sơ {case.code} ({case.title}) đã hẹn trả lúc {moment_text(before)}. Ngày đó nay là ngày nghỉ ({run.reason})."
            f" Hẹn mới: {moment_text(case.due_at)}. Giấy hẹn đã in vẫn dùng được."
        ),
    )
    audit.record(
        stream=case.stream,
        act=Act.SETTLE.value,
        at=moment,
        actor=actor,
        public={
            "stage": case.stage,
            "step": case.step,
            "basis": SETTLE_RULE,
            "due_at": case.due_at.isoformat(),
            "due_date": case.due_date.isoformat() if case.due_date else None,
            "due_before": before.isoformat(),
            "calendar_version": run.calendar_version,
            "asked_by": run.actor_post,
            "reason": run.reason,
            "told": told,
        },
    )
    SettledPromise.objects.create(settlement=run, case=case, due_before=before, due_after=case.due_at, told=told)
    return True
