"""Opinions of other units, each with its term; the clock of the case runs on, and who answers late is reported."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from cchc.audit import api as audit
from cchc.cases.models import Case, Consultation
from cchc.cases.operations.acting import begin, mark_received, only_the_holder, write_down
from cchc.cases.queries.bounds import bounds_on
from cchc.cases.rules.lengths import must_fit
from cchc.cases.terms import CLOSED, Act, RuleKey
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, Invalid, NotFound, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.notifications import api as notifications
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime


@transaction.atomic
def consult(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    unit_id: int,
    question: str,
    term: str = "",
    seen: int | None = None,
) -> int:
    """Ask another unit, of this agency or another, for its opinion within ``term`` (``2wd``; empty: the default); return its number.

    Raises ``Invalid`` for an empty question or a term nobody can read, ``Refused`` for a unit that has ended. Source: Decree
    61/2018 Art. 19(3), (5) (content and term are recorded), in place of Decree 118/2025.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.CONSULT, seen=seen)
    only_the_holder(actor, case)
    must_fit(question=question)
    if not clean(question):
        raise Invalid({"question": "Ghi nội dung cần lấy ý kiến."})
    day = local_date(at)
    limit = worktime.TimeLimit.parse(term or bounds_on(day, case.procedure_code)[RuleKey.CONSULTATION_TERM].value)
    unit = organisations.unit_on(unit_id, day)
    if day not in unit.period:
        raise Refused("Đơn vị này không còn tồn tại. Chọn đơn vị kế thừa.", field="unit_id")
    due = worktime.due(start=at, limit=limit, calendar=worktime.load_calendar(), schedule=organisations.schedule_of(unit_id, on=day))
    last = case.consultations.aggregate(last=Max("seq"))["last"] or 0
    asked = Consultation.objects.create(
        case=case, seq=last + 1, unit_id=unit_id, question=clean(question), asked_at=at, asked_by_id=actor.post_id, due_at=due.due_at
    )
    write_down(
        actor=actor,
        at=at,
        case=case,
        row=row,
        public={"to_unit": unit.code, "consultation": asked.seq, "answer_due_at": due.due_at.isoformat()},
        private={"question": asked.question},
    )
    mark_received(actor=actor, at=at, case=case)
    notifications.remind(
        at=at,
        unit_id=unit_id,
        kind="consultation",
        key=f"consultation:{case.code}:{asked.seq}",
        text=f"Được lấy ý kiến về hồ sơ {case.code}: {case.title}",
        url="/desk/consultations/",
    )
    return asked.seq


@transaction.atomic
def answer_consultation(*, actor: Actor, at: datetime, code: str, seq: int, answer: str) -> None:
    """Write the opinion of the unit that was asked: somebody who processes or assigns there. Answered once; late answers count too.

    The case need not be readable to who answers: the question says what is asked. Raises ``NotFound``, ``NotAllowed``, ``Invalid``.
    """
    found = Consultation.objects.select_for_update(of=("self",)).select_related("case__register").filter(case__code=code, seq=seq).first()
    if found is None:
        raise NotFound("Không có việc lấy ý kiến này.")
    if not actor.may(identity.Right.ASSIGN_CASE, unit_id=found.unit_id):
        actor.must(identity.Right.PROCESS_CASE, unit_id=found.unit_id)
    if found.answered_at is not None:
        raise Conflict("Ý kiến này đã được trả lời.")
    if Case.objects.filter(pk=found.case_id, stage__in=sorted(CLOSED)).exists():
        raise Refused("Hồ sơ đã kết thúc, không cần ý kiến nữa.")
    must_fit(answer=answer)
    if not clean(answer):
        raise Invalid({"answer": "Ghi ý kiến trả lời."})
    found.answer, found.answered_at, found.answered_by_id = clean(answer), at, actor.post_id
    found.save()
    audit.record(
        stream=found.case.stream,
        act=Act.ANSWER.value,
        at=at,
        actor=actor,
        public={"consultation": seq, "in_time": at <= found.due_at},
        private={"answer": found.answer},
    )
    if found.asked_by_id is not None:
        notifications.remind(
            at=at,
            post_id=found.asked_by_id,
            kind="consultation_answered",
            key=f"answered:{code}:{seq}",
            text=f"Đã có ý kiến trả lời cho hồ sơ {code}",
            url=f"/desk/cases/{code}/",
        )
