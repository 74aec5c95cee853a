"""A supplement after appraisal: asked for once, in full and in time, and the clock that goes on when the papers are there.

The request goes out in the name of the one-stop unit (Decree 61/2018 Art. 5(1)(e), 19(4), in place of Decree 118/2025): the file lies
at the counter until the applicant comes back, and the officer who asked gets it again.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cchc.cases.models import Case, Handover, Request
from cchc.cases.operations.acting import Place, begin, conclude, only_the_holder
from cchc.cases.operations.papers import issue_receipt, issue_refusal, issue_supplement
from cchc.cases.operations.placing import heirs_of, place_at, steps_of, units_of
from cchc.cases.operations.receiving import mirror
from cchc.cases.operations.telling import tell_applicant
from cchc.cases.queries.bounds import bounds_on
from cchc.cases.queries.openings import supplement_refusal
from cchc.cases.rules import flow
from cchc.cases.rules.bounds import RESTART, SHIFT, Bound
from cchc.cases.rules.lengths import items_problem, length_problems, must_fit
from cchc.cases.rules.timeliness import is_late
from cchc.cases.terms import Act, RuleKey, Step
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.worktime import api as worktime

WAITING_FOR = "chờ bổ sung hồ sơ"
BROKEN_STAYS = "quy tắc của phần mềm: lời hẹn đã lỡ trước khi chờ vẫn là lời hẹn bị lỡ, không tính lại"


@transaction.atomic
def return_for_supplement(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    items: Sequence[str],
    reason: str,
    note: str = "",
    seen: int | None = None,
) -> None:
    """Ask for what appraisal found missing (T9): the clock stops, form 02 goes out through the one-stop unit.

    Raises ``Refused`` when a limit in force forbids it (once after intake, twice in all, within the working days from intake), each
    with its ground, and ``Invalid`` for an empty list or reason.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.RETURN_FOR_SUPPLEMENT, seen=seen)
    only_the_holder(actor, case)
    wanted = [clean(item) for item in items if clean(item)]
    problems = length_problems(reason=reason)
    if not wanted:
        problems["items"] = "Ghi rõ từng giấy tờ, nội dung cần bổ sung; mỗi dòng một việc."
    if not clean(reason):
        problems["reason"] = "Ghi lý do yêu cầu bổ sung. Luật đòi nêu lý do bằng văn bản."
    if sentence := items_problem(wanted):
        problems["items"] = sentence
    if problems:
        raise Invalid(problems)
    bounds = bounds_on(local_date(at), case.procedure_code)
    if sentence := supplement_refusal(case, at=at, bounds=bounds):
        raise Refused(sentence)
    request = Request.objects.create(
        case=case,
        act=row.act,
        at=at,
        items=wanted,
        reason=clean(reason),
        ground=bounds[RuleKey.SUPPLEMENT_WITHIN].source,
        post_id=actor.post_id,
    )
    if case.clock_id is not None:
        worktime.pause_clock(actor=actor, at=at, clock_id=case.clock_id, rule=row.basis, reason=WAITING_FOR)
    case.supplements += 1
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=row,
        place=Place(unit=case.counter_id, ordinal=case.ordinal, name=case.step_name),
        outcome=row.act.label,
        note=clean(note),
        public={"items": len(wanted), "asked": case.supplements, "waiting_for": WAITING_FOR},
        private={"items": wanted, "reason": clean(reason)},
    )
    paper = issue_supplement(actor=actor, at=at, case=case, request=request, mode=bounds[RuleKey.SUPPLEMENT_RESUME])
    tell_applicant(
        actor=actor,
        at=at,
        case=case,
        kind="supplement_asked",
        label="Yêu cầu bổ sung hồ sơ",
        key=f"supplement:{case.supplements}",
        subject=f"Hồ sơ {case.code}: cần bổ sung giấy tờ",
        text="\n".join(
            [
                f"Hồ sơ {case.code} ({case.title}) cần bổ sung, hoàn thiện (phiếu số {paper.number}):",
                *(f"- {item}" for item in wanted),
                f"Lý do: {clean(reason)}",
                "Mời ông/bà nộp tại nơi đã nộp hồ sơ. Thời gian chờ bổ sung không tính vào thời hạn giải quyết.",
            ]
        ),
    )


@transaction.atomic
def resume(*, actor: Actor, at: datetime, code: str, note: str = "", seen: int | None = None) -> None:
    """Take in the papers that were asked for: the clock goes on as configured, and a new slip bears the new promise (T10).

    The file goes back to the officer who asked; to their unit where they no longer hold the post.
    """
    case, row = begin(actor=actor, at=at, code=code, act=Act.RESUME, seen=seen)
    mode = bounds_on(local_date(at), case.procedure_code)[RuleKey.SUPPLEMENT_RESUME]
    mode = go_on(actor=actor, at=at, case=case, mode=mode, reason="nhận đủ giấy tờ bổ sung")
    Request.objects.filter(case=case, act=Act.RETURN_FOR_SUPPLEMENT, answered_at__isnull=True).update(answered_at=at)
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
        private={"to": name} if name else None,
    )
    issue_receipt(actor=actor, at=at, case=case, replaces=f"Thay giấy hẹn cũ: thời hạn {_how(mode)} từ khi nhận đủ giấy tờ bổ sung.")


@transaction.atomic
def refuse_unsupplemented(*, actor: Actor, at: datetime, code: str, reason: str, guidance: str = "", seen: int | None = None) -> None:
    """End a file whose applicant did not bring what was asked for (T11), in writing, with the reason."""
    case, row = begin(actor=actor, at=at, code=code, act=Act.REFUSE_UNSUPPLEMENTED, seen=seen)
    if not clean(reason):
        raise Invalid({"reason": "Ghi lý do từ chối. Luật đòi nêu lý do bằng văn bản."})
    must_fit(reason=reason, guidance=guidance)
    if case.clock_id is not None:
        worktime.finish_clock(actor=actor, at=at, clock_id=case.clock_id, rule=row.basis, reason="không bổ sung hồ sơ")
    request = Request.objects.create(
        case=case, act=row.act, at=at, reason=clean(reason), guidance=clean(guidance), ground=row.basis, post_id=actor.post_id
    )
    conclude(actor=actor, at=at, case=case, row=row, outcome=row.act.label, private={"reason": clean(reason), "guidance": clean(guidance)})
    issue_refusal(actor=actor, at=at, case=case, request=request)


def go_on(*, actor: Actor, at: datetime, case: Case, mode: Bound, reason: str) -> Bound:
    """Let a waiting clock run again, mirror the promise on the case, and return the mode that was applied.

    Waiting mends nothing: a promise that was broken when the waiting began stays broken, whatever the mode in force, and an extension
    that had saved it already stays an extension.
    """
    if case.clock_id is None:
        return mode
    since = worktime.clock(case.clock_id).projection.paused_at or at
    if mode.value == RESTART and is_late(late_from=case.late_from, moment=since):
        mode = Bound(mode.key, SHIFT, BROKEN_STAYS)
    how, before = worktime.ResumeMode(mode.value), case.late_from
    clock = worktime.resume_clock(actor=actor, at=at, clock_id=case.clock_id, mode=how, rule=mode.source, reason=reason)
    mirror(case, clock)
    was_saved = is_late(late_from=case.unextended, moment=since)
    if how is worktime.ResumeMode.RESTART:
        case.counted_from = at
        # A term counted from zero is a new promise: nothing of it was extended.
        case.unextended = case.unextended if was_saved else None
    elif case.unextended is not None and not was_saved and before is not None and case.late_from is not None:
        case.unextended += case.late_from - before
    return mode


def back_to_the_officer(case: Case, *, at: datetime) -> tuple[Place, Step, str]:
    """Return the place of whoever had the file before it waited, the step, and their name; their unit where the post has ended."""
    held = Handover.objects.filter(case=case, step=Step.PROCESS, to_unit__isnull=False).order_by("-seq").first()
    unit = _unit_now(case, held.to_unit_id, at=at) if held else case.agency_id
    step = flow.at(steps_of(case), held.ordinal if held else case.ordinal)
    holders = identity.holders_of(identity.Right.PROCESS_CASE, unit_ids=[unit], on=local_date(at))
    post = next((item for item in holders if held and item.id == held.to_post_id), None)
    place = place_at(case, step, at=at, unit=unit, post=post.id if post else None)
    return place, Step.PROCESS if post else Step.ASSIGN, post.name if post else ""


def _unit_now(case: Case, unit_id: int, *, at: datetime) -> int:
    """Return the unit, or the one that took it over; the agency where none is left."""
    units = units_of(case, at)
    if unit_id in units:
        return unit_id
    return next((heir.id for heir in heirs_of(unit_id, at=at) if heir.id in units), case.agency_id)


def _how(mode: Bound) -> str:
    if mode.source == BROKEN_STAYS:
        return "giữ nguyên lời hẹn đã lỡ trước"
    return "tính lại từ đầu" if mode.value == RESTART else "tính tiếp phần còn lại"
