"""Ends other than a result: withdrawn, stopped, refused after appraisal; each in writing, and only while nothing has been decided."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cchc.cases.models import Case, Request
from cchc.cases.operations.acting import NOWHERE, begin, conclude, only_the_holder
from cchc.cases.operations.moving import finish
from cchc.cases.operations.owing import apologise_with_the_result
from cchc.cases.operations.papers import StopNotice, issue_refusal_after_appraisal, issue_stop
from cchc.cases.operations.placing import place_at
from cchc.cases.rules.lengths import must_fit
from cchc.cases.rules.timeliness import is_late
from cchc.cases.rules.transitions import Transition
from cchc.cases.terms import Act
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import moment_text
from cchc.kernel.text import clean
from cchc.worktime import api as worktime


@transaction.atomic
def withdraw(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    asked_by: str,
    reason: str,
    fee_remark: str,
    note: str = "",
    seen: int | None = None,
) -> None:
    """End a file because its applicant asks for it (T15): form 05, the papers go back, and what becomes of the fee.

    ``asked_by`` says who asked, when and how. Only while no result has been decided (Form 05 of Circular 03/2025).
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.WITHDRAW, seen=seen)
    problems = (
        {} if clean(asked_by) else {"asked_by": "Ghi ai yêu cầu rút, ngày nào, bằng cách nào (đơn, trực tuyến, điện thoại có xác nhận)."}
    )
    _end(actor, at, case, row, StopNotice(asked_by=clean(asked_by), reason=clean(reason), fee_remark=clean(fee_remark)), note, problems)


@transaction.atomic
def stop(*, actor: Actor, at: datetime, code: str, reason: str, fee_remark: str, note: str = "", seen: int | None = None) -> None:
    """Stop a file on the agency's own ground, which ``reason`` gives with its clause (T15)."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.STOP, seen=seen)
    problems = {} if clean(reason) else {"reason": "Ghi lý do dừng và căn cứ pháp luật."}
    _end(actor, at, case, row, StopNotice(reason=clean(reason), fee_remark=clean(fee_remark)), note, problems)


@transaction.atomic
def refuse_after_appraisal(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    reason: str,
    guidance: str = "",
    note: str = "",
    seen: int | None = None,
) -> None:
    """Refuse what was appraised and may not be granted (T12), signed by the competent person, within the term.

    The file and the notice go back to the counter and are given back like a result (I9). After the term it is still written, and late:
    overdue never takes away the right to an answer (I8).
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.REFUSE_AFTER_APPRAISAL, seen=seen)
    only_the_holder(actor, case)
    must_fit(reason=reason, guidance=guidance)
    if not clean(reason):
        raise Invalid({"reason": "Ghi lý do không giải quyết và căn cứ. Luật đòi nêu lý do bằng văn bản."})
    finish(actor=actor, at=at, case=case, rule=row.basis)
    request = Request.objects.create(
        case=case, act=row.act, at=at, reason=clean(reason), guidance=clean(guidance), ground=row.basis, post_id=actor.post_id
    )
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=place_at(case, None, at=at, unit=case.counter_id),
        outcome=row.act.label,
        note=clean(note),
        public={"finished_at": at.isoformat(), "in_term": not is_late(late_from=case.late_from, moment=at)},
        private={"reason": clean(reason), "guidance": clean(guidance)},
    )
    issue_refusal_after_appraisal(actor=actor, at=at, case=case, request=request)


@transaction.atomic
def hand_over_refusal(*, actor: Actor, at: datetime, code: str, receiver: str, note: str = "", seen: int | None = None) -> UUID | None:
    """Give the file and the notice of refusal back to the applicant.

    A refusal that came late is a late answer: the apology nobody made goes with it, as with a result, and its paper is returned.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.HAND_OVER_REFUSAL, seen=seen)
    if not clean(receiver):
        raise Refused("Nhập họ tên người nhận lại hồ sơ.", field="receiver")
    must_fit(receiver=receiver)
    case.returned_at = at
    apology = apologise_with_the_result(actor=actor, at=at, case=case)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=NOWHERE,
        outcome=row.act.label,
        note=clean(note),
        public={"returned_at": at.isoformat()},
        private={"receiver": clean(receiver)},
    )
    return apology


def _end(actor: Actor, at: datetime, case: Case, row: Transition, notice: StopNotice, note: str, problems: dict[str, str]) -> None:
    must_fit(reason=notice.reason, fee_remark=notice.fee_remark, asked_by=notice.asked_by)
    if not notice.fee_remark:
        problems["fee_remark"] = "Ghi rõ phí, lệ phí: hoàn trả bao nhiêu, hoặc không hoàn và vì sao."
    if problems:
        raise Invalid(problems)
    if case.clock_id is not None:
        worktime.finish_clock(
            actor=actor, at=at, clock_id=case.clock_id, rule=row.basis, reason=f"{row.act.label.lower()} lúc {moment_text(at)}"
        )
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        outcome=row.act.label,
        note=clean(note),
        private={"asked_by": notice.asked_by, "reason": notice.reason, "fee_remark": notice.fee_remark},
    )
    issue_stop(actor=actor, at=at, case=case, notice=notice, basis=row.basis)
