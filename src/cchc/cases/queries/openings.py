"""What may be done with a case now, by whom, and why something may not: asked by its page, and once more by the operation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc.cases.models import Case, Handover
from cchc.cases.queries.bounds import bounds_on
from cchc.cases.queries.steps import Holding, Steps, ways_back
from cchc.cases.rules import flow
from cchc.cases.rules.bounds import Bound, extension_problem, last_extension_day, last_supplement_day, supplement_problem
from cchc.cases.rules.timeliness import is_late
from cchc.cases.rules.transitions import Transition, open_from
from cchc.cases.terms import RUNNING, Act, ApologyKind, RuleKey, Stage
from cchc.kernel.actor import Actor
from cchc.kernel.local import day_text, local_date, moment_text
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime

Bounds = Mapping[RuleKey, Bound]
ASKS = frozenset({Act.ASK_SUPPLEMENT, Act.RETURN_FOR_SUPPLEMENT})
# What may be taken back while nobody has acted on it: none of these touches the clock or makes a paper that leaves the office.
RECALLABLE = frozenset({Act.FORWARD, Act.ASSIGN, Act.PASS_ON, Act.SUBMIT, Act.REASSIGN, Act.SEND_BACK})
# Acts that only whoever has the file in hand may do; the head's assigning and the counter's acts are not among them.
_IN_HAND = frozenset(
    {
        Act.SUBMIT,
        Act.APPROVE,
        Act.PASS_ON,
        Act.CONSULT,
        Act.RETURN_FOR_SUPPLEMENT,
        Act.ASK_PAYMENT,
        Act.REFUSE_AFTER_APPRAISAL,
    }
)
# These have a place of their own on the page, beside what they concern.
_ELSEWHERE = frozenset({Act.NOTE})


@dataclass(frozen=True)
class Barred:
    """An act that this person might do and the law or the process does not allow now, with its reason."""

    act: Act
    why: str


@dataclass(frozen=True)
class Openings:
    """The acts open to one reader, in the order of the table, and those barred with their reasons.

    ``extend_by`` is the last day on which the promise may be extended, where this reader may.
    """

    acts: tuple[Transition, ...]
    barred: tuple[Barred, ...]
    extend_by: date | None = None


def openings(case: Case, *, actor: Actor, at: datetime, steps: Steps, holdings: tuple[Holding, ...]) -> Openings:
    """Return what this reader may do with a loaded case. At most five queries; none for somebody without rights."""
    acts, barred = [], []
    offered = [row for row in open_from(case.stage_term, case.step_term) if actor.may(row.right, unit_id=case.agency_id)]
    bounds = bounds_on(local_date(at), case.procedure_code) if any(row.act in _BOUND for row in offered) else {}
    for row in offered:
        if row.act in _ELSEWHERE or not _fits(row, case, actor, steps, holdings):
            continue
        why = _why_not(row.act, case, actor=actor, at=at, bounds=bounds)
        if why is None:
            continue
        if why:
            barred.append(Barred(row.act, why))
        else:
            acts.append(row)
    may_extend = any(row.act is Act.EXTEND for row in acts)
    return Openings(tuple(acts), tuple(barred), last_day_to_extend(case, at=at, bounds=bounds) if may_extend else None)


def supplement_refusal(case: Case, *, at: datetime, bounds: Bounds) -> str:
    """Return why no supplement may be asked for now, or nothing. Two queries at most."""
    sentence = supplement_problem(
        after=case.supplements,
        in_all=sum(item.act in ASKS for item in case.requests.all()),
        most_after=bounds[RuleKey.SUPPLEMENTS_AFTER],
        most_in_all=bounds[RuleKey.SUPPLEMENTS_ALL],
    )
    if sentence:
        return sentence
    if case.received_at is None:
        return ""
    within = bounds[RuleKey.SUPPLEMENT_WITHIN]
    last = last_supplement_day(received=local_date(case.received_at), within=within, is_working=_table(case, at).is_working)
    if local_date(at) > last:
        return (
            f"Chỉ yêu cầu bổ sung đến hết {day_text(last)} ({within.source}); hồ sơ nhận lúc {moment_text(case.received_at)}."
            " Giải quyết với giấy tờ đang có, hoặc trình từ chối và nêu rõ lý do."
        )
    return ""


def extension_refusal(case: Case, *, at: datetime, bounds: Bounds) -> str:
    """Return why the promise may not be extended now, or nothing."""
    if case.due_date is None or case.clock_id is None:
        return "Hồ sơ này không có thời hạn nên không có lời hẹn để gia hạn."
    notice = bounds[RuleKey.EXTENSION_NOTICE]
    return extension_problem(
        today=local_date(at),
        late=is_late(late_from=case.late_from, moment=at),
        due_date=case.due_date,
        last_day=last_extension_day(due_date=case.due_date, notice=notice, is_working=_table(case, at).is_working),
        made=case.extensions,
        most=bounds[RuleKey.EXTENSIONS],
        notice=notice,
    )


def last_day_to_extend(case: Case, *, at: datetime, bounds: Bounds) -> date:
    """Return the last day for an extension, for the price of the act."""
    assert case.due_date is not None, "asked of a case with a promise"
    return last_extension_day(due_date=case.due_date, notice=bounds[RuleKey.EXTENSION_NOTICE], is_working=_table(case, at).is_working)


def recall_refusal(
    case: Case, *, actor: Actor, at: datetime, bounds: Bounds, last_two: tuple[Handover, Handover | None] | None = None
) -> str:
    """Return why the last act may not be taken back by this person now, or nothing. One query at most."""
    here, before = last_two or two_last(case)
    if here.act not in RECALLABLE or before is None or not before.step:
        return "Việc vừa làm với hồ sơ này không rút lại được."
    if here.from_post_id not in actor.hands:
        return "Chỉ người vừa làm mới rút lại được việc của mình."
    if here.received_at is not None:
        return "Bên nhận đã ký nhận hồ sơ, không rút lại được nữa. Đề nghị bên nhận trả lại."
    minutes = bounds[RuleKey.UNDO_MINUTES].number
    if at - here.at > timedelta(minutes=minutes):
        return f"Chỉ rút lại được trong {minutes} phút. Đề nghị bên nhận trả lại."
    return ""


def two_last(case: Case) -> tuple[Handover, Handover | None]:
    """Return the hand-over that is open, and the one before it."""
    rows = list(Handover.objects.filter(case=case).order_by("-seq")[:2])
    return rows[0], rows[1] if len(rows) > 1 else None


_BOUND = frozenset({Act.RETURN_FOR_SUPPLEMENT, Act.EXTEND, Act.RECALL})


def _fits(row: Transition, case: Case, actor: Actor, steps: Steps, holdings: tuple[Holding, ...]) -> bool:
    """Say whether an act the table allows makes sense for this reader and this process."""
    in_hand = case.holder_post_id is None or case.holder_post_id in actor.hands
    if row.act in _IN_HAND and not in_hand:
        return False
    if row.act is Act.PASS_ON:
        return flow.may_pass_on(steps, case.ordinal)
    if row.act is Act.SUBMIT:
        return flow.may_submit(steps, case.ordinal)
    if row.act is Act.SEND_BACK:
        # A file that was only assigned has nowhere to go back to; the head takes it away by reassigning.
        return (in_hand or (row.sources[0][1] is not None and case.holder_post_id is None)) and bool(ways_back(case, holdings))
    if row.act is Act.ANNOUNCE:
        return case.announced_at is None and finished_early(case)
    return not (row.act is Act.CORRECT and case.stage == Stage.AWAITING_SUPPLEMENT and case.received_at is None and case.imported)


def _why_not(act: Act, case: Case, *, actor: Actor, at: datetime, bounds: Bounds) -> str | None:
    """Return the reason against an act, an empty text when there is none, None when it is not even worth a sentence."""
    if act is Act.RETURN_FOR_SUPPLEMENT:
        return supplement_refusal(case, at=at, bounds=bounds)
    if act is Act.EXTEND:
        return extension_refusal(case, at=at, bounds=bounds)
    if act is Act.RECALL:
        return None if recall_refusal(case, actor=actor, at=at, bounds=bounds) else ""
    return ""


def is_broken(case: Case, *, at: datetime) -> bool:
    """Say whether the promise is broken: by the result, by now while it runs, by the moment it stopped running for all the rest.

    No query unless the day has passed with no result on a case that waits or has ended; then two.
    """
    if not is_late(late_from=case.late_from, moment=case.finished_at or at):
        return False
    if case.finished_at is not None or case.stage in RUNNING or case.clock_id is None:
        return True
    clock = worktime.clock(case.clock_id)
    if clock.on_time is not None:
        return not clock.on_time
    return is_late(late_from=case.late_from, moment=clock.projection.paused_at or at)


def owes_apology(case: Case, *, at: datetime) -> bool:
    """Say whether a promise is broken and nobody has apologised for it yet."""
    late = is_broken(case, at=at)
    said = {ApologyKind.LATE, ApologyKind.OMITTED}
    return late and case.returned_at is None and not any(item.kind in said for item in case.apologies.all())


def finished_early(case: Case) -> bool:
    """Say whether the result was there before the promised day."""
    return case.finished_at is not None and case.due_date is not None and local_date(case.finished_at) < case.due_date


def _table(case: Case, at: datetime) -> worktime.Timetable:
    return worktime.Timetable(worktime.load_calendar(), organisations.schedule_of(case.agency_id, on=local_date(at)))
