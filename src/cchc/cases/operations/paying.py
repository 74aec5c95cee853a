"""Waiting for a financial obligation: the clock stops while the applicant pays what another agency has set (T13)."""

from datetime import datetime

from django.db import transaction

from cchc.cases.operations.acting import Place, begin, conclude, only_the_holder
from cchc.cases.operations.supplementing import back_to_the_officer, go_on
from cchc.cases.operations.telling import tell_applicant
from cchc.cases.queries.bounds import bounds_on
from cchc.cases.rules.lengths import must_fit
from cchc.cases.terms import Act, RuleKey
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid
from cchc.kernel.local import local_date
from cchc.kernel.text import clean, money
from cchc.worktime import api as worktime

WAITING_FOR = "chờ nghĩa vụ tài chính"
MOST = 10**13


@transaction.atomic
def ask_payment(*, actor: Actor, at: datetime, code: str, amount: int, reason: str, note: str = "", seen: int | None = None) -> None:
    """Wait until the applicant has paid ``amount`` dong; ``reason`` names the notice (number, day, who set it). The clock stops.

    That such waiting does not count is sector law (land, tax) and a setting, never a rule of ours.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.ASK_PAYMENT, seen=seen)
    only_the_holder(actor, case)
    must_fit(reason=reason)
    problems = {}
    if not 0 < amount < MOST:
        problems["amount"] = "Nhập số tiền phải nộp, lớn hơn 0."
    if not clean(reason):
        problems["reason"] = "Ghi số, ngày thông báo nộp tiền và cơ quan ra thông báo."
    if problems:
        raise Invalid(problems)
    if case.clock_id is not None:
        worktime.pause_clock(actor=actor, at=at, clock_id=case.clock_id, rule=row.basis, reason=WAITING_FOR)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=Place(unit=case.counter_id, ordinal=case.ordinal, name=case.step_name),
        outcome=row.act.label,
        note=clean(note),
        public={"waiting_for": WAITING_FOR},
        private={"amount": amount, "reason": clean(reason)},
    )
    tell_applicant(
        actor=actor,
        at=at,
        case=case,
        kind="payment_asked",
        label="Yêu cầu nghĩa vụ tài chính",
        key=f"payment:{case.revision}",
        subject=f"Hồ sơ {case.code}: cần nộp nghĩa vụ tài chính",
        text=f"Hồ sơ {case.code} ({case.title}) cần nộp {money(amount)} theo {clean(reason)}. Nộp xong, mang chứng từ đến nơi đã nộp hồ sơ.",
    )


@transaction.atomic
def confirm_payment(*, actor: Actor, at: datetime, code: str, receipt: str, note: str = "", seen: int | None = None) -> None:
    """Take in the proof of payment (number and day of the receipt): the clock goes on, the officer gets the file again."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.CONFIRM_PAYMENT, seen=seen)
    if not clean(receipt):
        raise Invalid({"receipt": "Ghi số, ngày của chứng từ nộp tiền."})
    must_fit(number=receipt)
    mode = bounds_on(local_date(at), case.procedure_code)[RuleKey.PAYMENT_RESUME]
    mode = go_on(actor=actor, at=at, case=case, mode=mode, reason="đã nộp nghĩa vụ tài chính")
    place, step, name = back_to_the_officer(case, at=at)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=place,
        step=step,
        outcome=row.act.label,
        note=clean(note),
        public={"mode": mode.value, "ground": mode.source},
        private={"receipt": clean(receipt), **({"to": name} if name else {})},
    )
