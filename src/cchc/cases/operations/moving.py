"""The straight way of a case through the office: forward, assign, submit, approve, hand over. Each is one small act."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cchc.cases.events import CaseFinished, CaseReturned
from cchc.cases.models import Case, Result
from cchc.cases.operations.acting import NOWHERE, Place, begin, conclude, only_the_holder, write_down
from cchc.cases.operations.owing import apologise_with_the_result
from cchc.cases.operations.placing import place_at, post_with, steps_of, unit_in
from cchc.cases.operations.telling import tell_applicant
from cchc.cases.queries.openings import finished_early
from cchc.cases.rules import flow
from cchc.cases.rules.lengths import must_fit
from cchc.cases.rules.transitions import Transition
from cchc.cases.terms import Act
from cchc.identity import api as identity
from cchc.kernel import bus
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date, moment_text
from cchc.kernel.text import clean
from cchc.worktime import api as worktime


@transaction.atomic
def forward(*, actor: Actor, at: datetime, code: str, unit_id: int, note: str = "", seen: int | None = None) -> None:
    """Pass an accepted case to the unit that will process it (T6).

    Whether it left by the hour of the 15:00 rule (Decree 118/2025 Art. 18(2)) is written in the journal. The term of the first
    working step begins here.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.FORWARD, seen=seen)
    unit = unit_in(case, unit_id, at=at)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=place_at(case, flow.first_work(steps_of(case)), at=at, unit=unit_id),
        note=clean(note),
        public={
            "to_unit": unit.code,
            "forward_by": case.forward_by.isoformat() if case.forward_by else None,
            "in_time": case.forward_by is None or at <= case.forward_by,
        },
    )


@transaction.atomic
def assign(*, actor: Actor, at: datetime, code: str, post_id: int, note: str = "", seen: int | None = None) -> None:
    """Give the case to the officer who will process it (T8). A step that is for assigning ends with it, and its work begins."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.ASSIGN, seen=seen)
    post = post_with(identity.Right.PROCESS_CASE, case=case, at=at, post_id=post_id)
    step = flow.work_after_assignment(steps_of(case), case.ordinal)
    goes_on = step is None or step.ordinal == case.ordinal
    place = place_at(case, step, at=at, unit=post.unit_id, post=post.id, keep_due=goes_on)
    give(actor=actor, at=at, case=case, row=row, post=post, place=place, note=note)


@transaction.atomic
def submit(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    post_id: int,
    outcome: str = "",
    note: str = "",
    seen: int | None = None,
) -> None:
    """Put the drafted result, or the drafted refusal, before the signer (T8). Only who holds the case may.

    ``outcome`` is the officer's proposal in the words of the process. Refused while the process has other work before the signature.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.SUBMIT, seen=seen)
    only_the_holder(actor, case)
    must_fit(outcome=outcome)
    steps = steps_of(case)
    if not flow.may_submit(steps, case.ordinal):
        names = ", ".join(f"«{choice.step.name}»" for choice in flow.forward_choices(steps, case.ordinal))
        raise Refused(f"Quy trình của thủ tục còn bước {names} trước khi trình ký. Bấm «{Act.PASS_ON.label}».")
    post = post_with(identity.Right.APPROVE_CASE, case=case, at=at, post_id=post_id)
    place = place_at(case, flow.signature(steps, case.ordinal), at=at, unit=post.unit_id, post=post.id)
    give(actor=actor, at=at, case=case, row=row, post=post, place=place, note=note, outcome=clean(outcome))


@transaction.atomic
def approve(*, actor: Actor, at: datetime, code: str, number: str = "", note: str = "", seen: int | None = None) -> None:
    """Sign the result: processing ends, the clock ends, the case goes back to the counter (T16).

    A result that is there before its day is announced to the applicant (Decree 61/2018 Art. 20(4)).
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.APPROVE, seen=seen)
    only_the_holder(actor, case)
    must_fit(number=number)
    finish(actor=actor, at=at, case=case, rule=row.basis)
    Result.objects.create(case=case, number=clean(number), title=f"Kết quả: {case.title}"[:1000], signed_at=at, signed_by_id=actor.post_id)
    early = case.due_date is not None and local_date(at) < case.due_date
    told = tell_ready(actor=actor, at=at, case=case) if early else False
    if told:
        case.announced_at = at
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=place_at(case, None, at=at, unit=case.counter_id),
        outcome=row.act.label,
        note=clean(note),
        public={"finished_at": at.isoformat(), "number": clean(number), **({"announced": True} if told else {})},
    )
    bus.publish(CaseFinished(code=case.code, at=at))


@transaction.atomic
def hand_over(*, actor: Actor, at: datetime, code: str, receiver: str, note: str = "", seen: int | None = None) -> UUID | None:
    """Give the result to the applicant or whoever brings the receipt and an authorisation (T17).

    A late result is never withheld for a missing apology: it is drawn with the result, returned as the paper's code, and the
    omission counts against the unit that was late. A corrected result is handed over again; the first time stays.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.HAND_OVER, seen=seen)
    if not clean(receiver):
        raise Refused("Nhập họ tên người nhận kết quả.", field="receiver")
    must_fit(receiver=receiver)
    first = case.returned_at is None
    case.returned_at = case.returned_at or at
    Result.objects.filter(case=case).update(receiver=clean(receiver), handed_at=at, handed_by=actor.post_id)
    apology = apologise_with_the_result(actor=actor, at=at, case=case) if first else None
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=NOWHERE,
        outcome=row.act.label,
        note=clean(note),
        public={"returned_at": at.isoformat(), "result_channel": case.result_channel},
        private={"receiver": clean(receiver)},
    )
    bus.publish(CaseReturned(code=case.code, at=at))
    return apology


@transaction.atomic
def announce(*, actor: Actor, at: datetime, code: str, note: str = "", seen: int | None = None) -> bool:
    """Tell the applicant that the result is there before its day; return whether a message could be sent.

    Where nobody can be written to, the act keeps that the officer told them otherwise; ``note`` says how.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.ANNOUNCE, seen=seen)
    if case.announced_at is not None:
        raise Refused("Đã báo người nộp có kết quả rồi.")
    if not finished_early(case):
        raise Refused("Kết quả không có trước ngày hẹn nên không phải báo sớm; trả kết quả theo giấy hẹn.")
    told = tell_ready(actor=actor, at=at, case=case)
    if not told and not clean(note):
        raise Refused(
            "Người nộp không để lại thư điện tử hay đăng ký nhận tin. Ghi rõ đã báo bằng cách nào (gọi điện, nhờ thôn…).", field="note"
        )
    case.announced_at = at
    write_down(actor=actor, at=at, case=case, row=row, note=clean(note), public={"told": told})
    return told


def tell_ready(*, actor: Actor, at: datetime, case: Case) -> bool:
    """Write the message that the result is there; return whether there is an address it can go to."""
    due = moment_text(case.due_at) if case.due_at else ""
    return tell_applicant(
        actor=actor,
        at=at,
        case=case,
        kind="result_early",
        label="Có kết quả trước hẹn",
        key=f"ready:{case.revision}",
        subject=f"Hồ sơ {case.code}: đã có kết quả",
        text=f"Hồ sơ {case.code} ({case.title}) đã có kết quả, trước ngày hẹn {due}. Mời ông/bà đến nhận; mang theo giấy hẹn và giấy tờ tùy thân.",
    )


def finish(*, actor: Actor, at: datetime, case: Case, rule: str) -> None:
    """End the clock and write when the result was there."""
    if case.clock_id is not None:
        worktime.finish_clock(actor=actor, at=at, clock_id=case.clock_id, rule=rule)
    case.finished_at = at


def give(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    row: Transition,
    post: identity.PostView,
    place: Place,
    note: str,
    outcome: str = "",
) -> None:
    """Pass the case into the hands of one person."""
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=place,
        outcome=outcome or row.act.label,
        note=clean(note),
        public={"to_unit": post.unit_code, "to_title": post.title, **({"outcome": outcome} if outcome else {})},
        private={"to": post.name},
    )
