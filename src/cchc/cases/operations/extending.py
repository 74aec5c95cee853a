"""Extend the promise with an apology: before it is broken, so many times as the law allows, signed, with a date that holds."""

from datetime import date, datetime

from django.db import transaction

from cchc.cases.models import Apology, Case
from cchc.cases.operations.acting import begin, write_down
from cchc.cases.operations.owing import add, unit_to_blame
from cchc.cases.operations.papers import apology_letter, unit_then
from cchc.cases.operations.receiving import mirror
from cchc.cases.operations.telling import tell_applicant
from cchc.cases.queries.bounds import bounds_on
from cchc.cases.queries.openings import extension_refusal
from cchc.cases.rules.lengths import must_fit
from cchc.cases.terms import Act, ApologyKind
from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import local_date, moment_text
from cchc.kernel.text import clean
from cchc.worktime import api as worktime


@transaction.atomic
def extend(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    until: date,
    reason: str,
    late_unit_id: int | None = None,
    seen: int | None = None,
) -> None:
    """Make a new promise for the end of ``until``, a later working day, with the written apology of form 04 (T14).

    ``late_unit_id`` is the unit because of which it takes longer; the one that holds the file when not given. The first promise
    stays in every figure. Raises ``Refused`` after the last day for it, after the promise, or beyond the number allowed (the ground
    is named), ``Invalid`` without a reason. Source: Decree 61/2018 Art. 19(9), in place of Decree 118/2025.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.EXTEND, seen=seen)
    clock_id, before = _promise_to_extend(case, at=at, reason=reason)
    late_before = case.late_from
    clock = worktime.extend_clock(actor=actor, at=at, clock_id=clock_id, until=until, rule=row.basis, reason=clean(reason))
    mirror(case, clock)
    case.extensions += 1
    case.unextended = case.unextended or late_before
    unit = _late_unit(case, late_unit_id, at=at)
    write_down(
        actor=actor,
        at=at,
        case=case,
        row=row,
        public={
            "due_before": before.isoformat(),
            "late_unit": unit_then(unit, local_date(at)).code,
            "extensions": case.extensions,
            # Public, as the letter is: whoever checks the promise sees why it moved.
            "reason": clean(reason),
        },
    )
    apology = add(
        actor=actor,
        at=at,
        case=case,
        kind=ApologyKind.EXTENSION,
        reason=clean(reason),
        late_unit=unit,
        due_before=before,
        due_after=case.due_at,
    )
    tell_applicant(
        actor=actor,
        at=at,
        case=case,
        kind="extended",
        label="Xin lỗi và hẹn lại ngày trả",
        key=f"extended:{apology.seq}",
        subject=f"Hồ sơ {case.code}: xin lỗi và hẹn lại ngày trả kết quả",
        text=(
            f"Hồ sơ {case.code} ({case.title}) chưa giải quyết xong như đã hẹn {moment_text(before)}. Lý do: {clean(reason)}."
            f" Chúng tôi xin lỗi ông/bà và hẹn trả kết quả lúc {moment_text(case.due_at)}."
        ),
    )


def draft_extension(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    until: date,
    reason: str,
    late_unit_id: int | None = None,
    seen: int | None = None,
) -> bytes:
    """Return the letter that ``extend`` would issue, as a PDF marked DỰ THẢO: nothing is written, no number is taken.

    Asks for the same right and refuses what ``extend`` refuses.
    """
    with transaction.atomic():
        case, row = begin(actor=actor, at=at, code=code, act=Act.EXTEND, seen=seen)
        clock_id, before = _promise_to_extend(case, at=at, reason=reason)
        clock = worktime.clock(clock_id)
        line = worktime.next_entry(
            limit=clock.limit,
            entries=clock.entries,
            act=worktime.ClockAct.EXTENDED,
            at=at,
            calendar=worktime.load_calendar(),
            schedule=worktime.schedule(clock.schedule_code),
            rule=row.basis,
            until=until,
        )
        apology = Apology(
            kind=ApologyKind.EXTENSION,
            reason=clean(reason),
            late_unit_id=_late_unit(case, late_unit_id, at=at),
            due_before=before,
            due_after=line.due.due_at,
        )
        letter = apology_letter(actor=actor, at=at, case=case, apology=apology)
    return documents.draft(at=at, data=letter)


def _promise_to_extend(case: Case, *, at: datetime, reason: str) -> tuple[int, datetime]:
    """Return the clock and the promise that is extended; refuse what the law or the form does not allow."""
    if case.clock_id is None or case.due_at is None:
        raise Refused("Hồ sơ này không có thời hạn nên không có lời hẹn để gia hạn.")
    must_fit(reason=reason)
    if not clean(reason):
        raise Invalid({"reason": "Ghi lý do chậm; lý do in trong văn bản xin lỗi."})
    if sentence := extension_refusal(case, at=at, bounds=bounds_on(local_date(at), case.procedure_code)):
        raise Refused(sentence)
    return case.clock_id, case.due_at


def _late_unit(case: Case, unit_id: int | None, *, at: datetime) -> int:
    return unit_to_blame(case, unit_id, at=at) if unit_id is not None else case.holder_unit_id or case.agency_id
