"""The straight way of a case through the office: forward, assign, submit, approve, hand over. Each is one small act."""

from datetime import datetime

from django.db import transaction

from cchc.cases.events import CaseFinished, CaseReturned
from cchc.cases.models import Case, Result
from cchc.cases.operations.acting import begin, conclude
from cchc.cases.rules.lengths import must_fit
from cchc.cases.rules.transitions import Transition
from cchc.cases.terms import Act
from cchc.identity import api as identity
from cchc.kernel import bus
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime


@transaction.atomic
def forward(*, actor: Actor, at: datetime, code: str, unit_id: int, note: str = "", seen: int | None = None) -> None:
    """Pass an accepted case to the unit that will process it (T6).

    Whether it left by the hour of the 15:00 rule (Decree 118/2025 Art. 18(2)) is written in the journal.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.FORWARD, seen=seen)
    day = local_date(at)
    if unit_id not in _units_of(case, at):
        raise Refused("Chọn một phòng, ban của cơ quan giải quyết hồ sơ này.", field="unit_id")
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        holder_unit=unit_id,
        holder_post=None,
        note=clean(note),
        public={
            "to_unit": organisations.unit_on(unit_id, day).code,
            "forward_by": case.forward_by.isoformat() if case.forward_by else None,
            "in_time": case.forward_by is None or at <= case.forward_by,
        },
    )


@transaction.atomic
def assign(*, actor: Actor, at: datetime, code: str, post_id: int, note: str = "", seen: int | None = None) -> None:
    """Give the case to the officer who will process it (T8)."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.ASSIGN, seen=seen)
    _give(actor=actor, at=at, case=case, row=row, right=identity.Right.PROCESS_CASE, post_id=post_id, note=note)


@transaction.atomic
def submit(*, actor: Actor, at: datetime, code: str, post_id: int, note: str = "", seen: int | None = None) -> None:
    """Put the drafted result before the signer (T8). Only who holds the case may."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.SUBMIT, seen=seen)
    _only_the_holder(actor, case)
    _give(actor=actor, at=at, case=case, row=row, right=identity.Right.APPROVE_CASE, post_id=post_id, note=note)


@transaction.atomic
def approve(*, actor: Actor, at: datetime, code: str, number: str = "", note: str = "", seen: int | None = None) -> None:
    """Sign the result: processing ends, the clock ends, the case goes back to the counter (T16)."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.APPROVE, seen=seen)
    _only_the_holder(actor, case)
    must_fit(number=number)
    finish(actor=actor, at=at, case=case, rule=row.basis)
    Result.objects.create(case=case, number=clean(number), title=f"Kết quả: {case.title}"[:1000], signed_at=at, signed_by_id=actor.post_id)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        holder_unit=case.counter_id,
        holder_post=None,
        note=clean(note),
        public={"finished_at": at.isoformat(), "number": clean(number)},
    )
    bus.publish(CaseFinished(code=case.code, at=at))


@transaction.atomic
def hand_over(*, actor: Actor, at: datetime, code: str, receiver: str, note: str = "", seen: int | None = None) -> None:
    """Give the result to the applicant or whoever brings the receipt and an authorisation (T17)."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.HAND_OVER, seen=seen)
    if not clean(receiver):
        raise Refused("Nhập họ tên người nhận kết quả.", field="receiver")
    must_fit(receiver=receiver)
    case.returned_at = at
    Result.objects.filter(case=case).update(receiver=clean(receiver), handed_at=at, handed_by=actor.post_id)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        holder_unit=None,
        holder_post=None,
        note=clean(note),
        public={"returned_at": at.isoformat(), "result_channel": case.result_channel},
        private={"receiver": clean(receiver)},
    )
    bus.publish(CaseReturned(code=case.code, at=at))


def finish(*, actor: Actor, at: datetime, case: Case, rule: str) -> None:
    """End the clock and write when the result was there."""
    if case.clock_id is not None:
        worktime.finish_clock(actor=actor, at=at, clock_id=case.clock_id, rule=rule)
    case.finished_at = at


def _give(*, actor: Actor, at: datetime, case: Case, row: Transition, right: identity.Right, post_id: int, note: str) -> None:
    """Pass the case into the hands of one person who holds the right."""
    post = _post_with(right, case=case, at=at, post_id=post_id)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        holder_unit=post.unit_id,
        holder_post=post.id,
        note=clean(note),
        public={"to_unit": post.unit_code, "to_title": post.title},
        private={"to": post.name},
    )


def _units_of(case: Case, at: datetime) -> frozenset[int]:
    """Return the competent agency and everything below it on that day."""
    return frozenset({case.agency_id}) | organisations.descendant_ids_on(case.agency_id, local_date(at))


def _post_with(right: identity.Right, *, case: Case, at: datetime, post_id: int) -> identity.PostView:
    holders = identity.holders_of(right, unit_ids=_units_of(case, at), on=local_date(at))
    found = next((post for post in holders if post.id == post_id), None)
    if found is None:
        raise Refused(f"Chọn một người có quyền «{right.label}» trong cơ quan giải quyết hồ sơ này.", field="post_id")
    return found


def _only_the_holder(actor: Actor, case: Case) -> None:
    if not actor.is_system and case.holder_post_id not in (None, actor.post_id):
        raise Refused("Hồ sơ đang do người khác giữ; chỉ người được giao mới làm được việc này.")
