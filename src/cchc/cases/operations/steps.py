"""Steps of the internal process: on to the next unit, back to an earlier step, to another officer, and undone again."""

from datetime import datetime

from django.db import transaction

from cchc.cases.models import Case, Handover
from cchc.cases.operations.acting import Place, begin, conclude, only_the_holder
from cchc.cases.operations.moving import give
from cchc.cases.operations.placing import heirs_of, place_at, post_with, steps_of, unit_in, units_of
from cchc.cases.queries.bounds import bounds_on
from cchc.cases.queries.openings import recall_refusal, two_last
from cchc.cases.rules import flow
from cchc.cases.rules.flow import is_ahead
from cchc.cases.rules.lengths import must_fit
from cchc.cases.terms import Act, Stage, Step
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean

_OF_STEP = {Step.FORWARD: Stage.ACCEPTED}
_RIGHTS = {Step.PROCESS: identity.Right.PROCESS_CASE, Step.APPROVE: identity.Right.APPROVE_CASE}


@transaction.atomic
def pass_to_next(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    unit_id: int,
    ordinal: int | None = None,
    note: str = "",
    seen: int | None = None,
) -> None:
    """End the step and pass the file to the unit of the next working step (T8), whose term begins now.

    ``ordinal`` chooses among the published ways on; without it the first that is work. Refused where the process has no work ahead.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.PASS_ON, seen=seen)
    only_the_holder(actor, case)
    ways = [choice for choice in flow.forward_choices(steps_of(case), case.ordinal) if choice.step.kind in flow.WORK]
    chosen = next((choice for choice in ways if ordinal in (None, choice.step.ordinal)), None)
    if chosen is None:
        raise Refused("Quy trình của thủ tục không còn bước xử lý nào nữa. Hãy trình ký kết quả.", field="ordinal")
    unit = unit_in(case, unit_id, at=at)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=place_at(case, chosen.step, at=at, unit=unit.id),
        outcome=chosen.outcome,
        note=clean(note),
        public={"to_unit": unit.code, "outcome": chosen.outcome},
    )


@transaction.atomic
def send_back(*, actor: Actor, at: datetime, code: str, to_seq: int, reason: str, seen: int | None = None) -> None:
    """Return the file to an earlier step, to whoever did it then; to their unit where they no longer hold that post.

    ``to_seq`` is the hand-over of that step. A reason is required: who gets a file back must know what to mend. A unit that was
    merged meanwhile is replaced by the one that took it over.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.SEND_BACK, seen=seen)
    if case.step != Step.ASSIGN:
        only_the_holder(actor, case)
    reason = clean(reason)
    if not reason:
        raise Refused("Ghi rõ vì sao trả lại và cần sửa gì.", field="note")
    must_fit(note=reason)
    target = _earlier(case, to_seq)
    units = units_of(case, at)
    unit = target.to_unit_id if target.to_unit_id in units else next((heir.id for heir in heirs_of(target.to_unit_id, at=at)), None)
    if unit is None or unit not in units:
        raise Refused("Đơn vị của bước này không còn; chọn bước khác hoặc phân công lại.", field="to_seq")
    step = flow.at(steps_of(case), target.ordinal)
    holders = identity.holders_of(identity.Right.PROCESS_CASE, unit_ids=[unit], on=local_date(at))
    post = next((item for item in holders if item.id == target.to_post_id), None)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=place_at(case, step, at=at, unit=unit, post=post.id if post else None),
        step=Step.PROCESS if post else Step.ASSIGN,
        outcome=row.act.label,
        note=reason,
        public={"to_unit": post.unit_code if post else "", "to_title": post.title if post else ""},
        private={"to": post.name} if post else None,
    )


@transaction.atomic
def reassign(*, actor: Actor, at: datetime, code: str, post_id: int, reason: str, seen: int | None = None) -> None:
    """Give the file to another officer at the same step; its term runs on. A reason is required, so that nobody wonders."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.REASSIGN, seen=seen)
    if not clean(reason):
        raise Refused("Ghi lý do giao lại, ví dụ: nghỉ phép, chuyển công tác, cân đối khối lượng.", field="note")
    if post_id == case.holder_post_id:
        # No field: in a batch it concerns this file alone.
        raise Refused("Người này đang giữ hồ sơ. Chọn người khác.")
    post = post_with(_RIGHTS[case.step_term], case=case, at=at, post_id=post_id)
    place = Place(unit=post.unit_id, post=post.id, ordinal=case.ordinal, name=case.step_name, due_at=case.step_due_at)
    give(actor=actor, at=at, case=case, row=row, post=post, place=place, note=reason)


@transaction.atomic
def recall(*, actor: Actor, at: datetime, code: str, seen: int | None = None) -> None:
    """Take back what one has just done, while nobody has received or acted on it: the file is where it was, with its old term.

    The journal keeps both the act and its recall. Refused after the minutes that the office allows, and for acts that leave the office.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.RECALL, seen=seen)
    here, before = two_last(case)
    bounds = bounds_on(local_date(at), case.procedure_code)
    if sentence := recall_refusal(case, actor=actor, at=at, bounds=bounds, last_two=(here, before)):
        raise Refused(sentence)
    assert before is not None, "a case that was passed on was somewhere before"
    step = Step(before.step)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=Place(unit=before.to_unit_id, post=before.to_post_id, ordinal=before.ordinal, name=before.step_name, due_at=before.due_at),
        stage=_OF_STEP.get(step, Stage.PROCESSING),
        step=step,
        outcome=row.act.label,
        public={"undone": here.act},
    )


def _earlier(case: Case, seq: int) -> Handover:
    """Return the hand-over that began an earlier working step of the case."""
    found = Handover.objects.filter(case=case, seq=seq, step__in=[Step.PROCESS, Step.ASSIGN], ended_at__isnull=False).first()
    if found is None or found.to_unit_id is None or is_ahead(found.ordinal, case.ordinal):
        raise Refused("Chọn một bước trước đó của hồ sơ này.", field="to_seq")
    return found
