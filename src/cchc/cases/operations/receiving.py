"""At the counter: accept and promise, ask for a supplement, refuse, accept what was supplemented, or do it all at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from cchc.audit import api as audit
from cchc.cases.events import CaseReceived, CaseReturned
from cchc.cases.models import Case, Request, Result
from cchc.cases.operations.acting import NOWHERE, Place, begin, conclude, pass_on, promise, worked
from cchc.cases.operations.creating import attach, create, once
from cchc.cases.operations.following import follow
from cchc.cases.operations.intake_form import Intake, PaperGiven, Prepared, prepare
from cchc.cases.operations.moving import finish
from cchc.cases.operations.papers import issue_receipt, issue_refusal, issue_supplement
from cchc.cases.rules.intake import papers_problem
from cchc.cases.rules.lengths import items_problem, length_problems, must_fit
from cchc.cases.rules.timeliness import late_from
from cchc.cases.rules.transitions import Transition, row
from cchc.cases.terms import Act, Step
from cchc.documents import api as documents
from cchc.kernel import bus
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.local import local, local_date
from cchc.kernel.text import clean
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

# Running numbers of Sổ theo dõi hồ sơ (form 07 of Circular 03/2025), per one-stop unit and year.
REGISTER_SERIES = "STD"
# Each kind of certification has a book of its own, numbered by the agency and the year.
BOOK_SERIES = "SCT-{}"


@transaction.atomic
def receive(*, actor: Actor, at: datetime, intake: Intake, key: str = "") -> str:
    """Accept a complete file: code, promise, clock, receipt (T2); return the case code.

    The same ``key`` again returns the same code. Raises ``Invalid`` for wrong answers or missing papers, ``Refused`` for a
    procedure this counter may not take. Source: Decree 118/2025 Art. 17(3).
    """

    def make() -> Case:
        prepared = _complete(prepare(actor=actor, at=at, intake=intake))
        case = _accept_new(actor=actor, at=at, prepared=prepared, transition=row(Act.RECEIVE), holder_unit=prepared.counter_id)
        issue_receipt(actor=actor, at=at, case=case)
        bus.publish(CaseReceived(code=case.code, at=at))
        return case

    return once(key=key, actor=actor, act=Act.RECEIVE, intake=intake, answers={}, make=make).code


@transaction.atomic
def receive_immediate(
    *,
    actor: Actor,
    at: datetime,
    intake: Intake,
    receiver: str = "",
    number: str = "",
    receipt: bool = False,
    key: str = "",
) -> str:
    """Accept, do and hand over on the spot, in one act; return the case code.

    For procedures whose result comes the same day. No receipt unless the applicant asks, still recorded (Decree 61/2018
    Art. 17(4)). A procedure with a certification book gets its number of the year in it.
    """

    def make() -> Case:
        prepared = _complete(prepare(actor=actor, at=at, intake=intake))
        must_fit(receiver=receiver, number=number)
        limit = procedures.limit_for(prepared.version, intake.channel, prepared.case_type.id if prepared.case_type else None)
        if limit is None or not limit.is_same_day:
            raise Refused("Thủ tục này không trả kết quả ngay. Bấm «Tiếp nhận» để hẹn ngày trả.", field="procedure")
        transition = row(Act.IMMEDIATE)
        case = _accept_new(
            actor=actor,
            at=at,
            prepared=prepared,
            transition=transition,
            holder_unit=None,
            receiver=receiver or intake.owner.full_name,
            number=number,
        )
        if receipt:
            issue_receipt(actor=actor, at=at, case=case)
        bus.publish(CaseReceived(code=case.code, at=at))
        bus.publish(CaseReturned(code=case.code, at=at))
        return case

    answers = {"receiver": receiver, "number": number, "receipt": receipt}
    return once(key=key, actor=actor, act=Act.IMMEDIATE, intake=intake, answers=answers, make=make).code


@transaction.atomic
def ask_supplement(*, actor: Actor, at: datetime, intake: Intake, items: Sequence[str], reason: str, key: str = "") -> str:
    """Write down, once and in full, what is missing (T4); no clock runs. Return the case code."""

    def make() -> Case:
        wanted = [clean(item) for item in items if clean(item)]
        problems = {}
        if not wanted:
            problems["items"] = "Ghi rõ từng giấy tờ, nội dung cần bổ sung; mỗi dòng một việc."
        if not clean(reason):
            problems["reason"] = "Ghi lý do yêu cầu bổ sung. Luật đòi nêu lý do bằng văn bản."
        if sentence := items_problem(wanted):
            problems["items"] = sentence
        problems |= length_problems(reason=reason)
        if problems:
            raise Invalid(problems)
        return _turn_away(actor=actor, at=at, intake=intake, act=Act.ASK_SUPPLEMENT, reason=clean(reason), items=wanted, guidance="")

    answers = {"items": list(items), "reason": reason}
    return once(key=key, actor=actor, act=Act.ASK_SUPPLEMENT, intake=intake, answers=answers, make=make).code


@transaction.atomic
def refuse(*, actor: Actor, at: datetime, intake: Intake, reason: str, guidance: str = "", key: str = "") -> str:
    """Refuse a file in writing, with the reason and where to go instead (T5). Return the case code."""

    def make() -> Case:
        if not clean(reason):
            raise Invalid({"reason": "Ghi lý do từ chối. Luật đòi nêu lý do bằng văn bản."})
        must_fit(reason=reason, guidance=guidance)
        return _turn_away(actor=actor, at=at, intake=intake, act=Act.REFUSE, reason=clean(reason), items=[], guidance=clean(guidance))

    answers = {"reason": reason, "guidance": guidance}
    return once(key=key, actor=actor, act=Act.REFUSE, intake=intake, answers=answers, make=make).code


@transaction.atomic
def accept_supplemented(*, actor: Actor, at: datetime, code: str, papers: Sequence[PaperGiven], seen: int | None = None) -> None:
    """Accept a file that was incomplete at the counter, now that everything is there: same code, and the clock starts (T2)."""
    case, transition = begin(actor=actor, at=at, code=code, act=Act.ACCEPT_SUPPLEMENTED, seen=seen)
    given = {item.ordinal: item for item in papers}
    absent = []
    for line in case.papers.all():
        item = given.get(line.ordinal)
        if item is not None and item.given:
            line.given, line.originals, line.certified, line.copies = True, item.originals, item.certified, item.copies
            line.save()
        if line.required and not line.given:
            absent.append(line.name)
    if absent:
        raise Invalid({"papers": f"Vẫn còn thiếu: {'; '.join(absent)}. Hồ sơ chưa tiếp nhận được."})
    version = procedures.version(case.version_id)
    _start_promise(actor=actor, at=at, case=case, version=version, rule=transition.basis)
    Request.objects.filter(case=case, act=Act.ASK_SUPPLEMENT).update(answered_at=at)
    conclude(
        actor=actor,
        at=at,
        case=case,
        row=transition,
        place=_at_counter(case, version, actor.unit_id or case.counter_id),
        public=_terms_of(case, version),
    )
    issue_receipt(actor=actor, at=at, case=case)
    bus.publish(CaseReceived(code=case.code, at=at))


def _complete(prepared: Prepared) -> Prepared:
    if sentence := papers_problem(prepared.papers):
        raise Invalid({"papers": sentence})
    return prepared


def _accept_new(
    *,
    actor: Actor,
    at: datetime,
    prepared: Prepared,
    transition: Transition,
    holder_unit: int | None,
    receiver: str = "",
    number: str = "",
) -> Case:
    case = create(at=at, prepared=prepared, row=transition, holder_unit=holder_unit)
    _start_promise(actor=actor, at=at, case=case, version=prepared.version, rule=transition.basis)
    public = _terms_of(case, prepared.version)
    if transition.act == Act.IMMEDIATE:
        case.immediate = True
        case.returned_at = at
        finish(actor=actor, at=at, case=case, rule=transition.basis)
        public |= {"finished_at": at.isoformat(), "returned_at": at.isoformat()}
        if prepared.version.register is procedures.Register.CERTIFICATION:
            series = BOOK_SERIES.format(case.procedure_code)
            case.book_number = documents.next_number(unit_id=prepared.agency.id, series=series, year=local(at).year)
            public |= {"book": series, "book_number": case.book_number}
    place = _at_counter(case, prepared.version, holder_unit) if holder_unit is not None else NOWHERE
    case.ordinal, case.step_name, case.step_due_at = place.ordinal, place.name, place.due_at
    case.save()
    follow(case, before=None, at=at)
    attach(at=at, case=case, prepared=prepared)
    pass_on(actor=actor, at=at, case=case, act=transition.act, place=place, step=transition.step or Step.CLOSED)
    if transition.act == Act.IMMEDIATE:
        Result.objects.create(
            case=case,
            number=clean(number),
            title=f"Kết quả: {case.title}"[:1000],
            signed_at=at,
            signed_by_id=actor.post_id,
            receiver=clean(receiver),
            handed_at=at,
            handed_by_id=actor.post_id,
        )
    _journal_first(actor=actor, at=at, case=case, prepared=prepared, transition=transition, public=public)
    return case


def _turn_away(
    *,
    actor: Actor,
    at: datetime,
    intake: Intake,
    act: Act,
    reason: str,
    items: list[str],
    guidance: str,
) -> Case:
    prepared = prepare(actor=actor, at=at, intake=intake)
    transition = row(act)
    holder = prepared.counter_id if act == Act.ASK_SUPPLEMENT else None
    case = create(at=at, prepared=prepared, row=transition, holder_unit=holder)
    case.save()
    attach(at=at, case=case, prepared=prepared)
    pass_on(actor=actor, at=at, case=case, act=act, place=Place(unit=holder), step=transition.step or Step.CLOSED)
    request = Request.objects.create(
        case=case,
        act=act,
        at=at,
        items=items,
        reason=reason,
        guidance=guidance,
        post_id=actor.post_id,
    )
    _journal_first(
        actor=actor,
        at=at,
        case=case,
        prepared=prepared,
        transition=transition,
        public={"procedure": case.procedure_code, "version": prepared.version.number, "items": len(items)},
        more={"items": items, "reason": reason, "guidance": guidance},
    )
    if act == Act.ASK_SUPPLEMENT:
        issue_supplement(actor=actor, at=at, case=case, request=request)
    else:
        issue_refusal(actor=actor, at=at, case=case, request=request)
    return case


def _start_promise(*, actor: Actor, at: datetime, case: Case, version: procedures.VersionView, rule: str) -> None:
    """Start the clock from acceptance and mirror its promise on the case; a procedure without a term makes none."""
    day = local_date(at)
    schedule = organisations.schedule_of(case.agency_id, on=day)
    case.received_at, case.received_by_id = at, actor.post_id
    case.forward_by = worktime.forward_by(received=at, calendar=worktime.load_calendar(), schedule=schedule, cutoff=worktime.cutoff(day))
    case.register_number = documents.next_number(unit_id=case.counter_id, series=REGISTER_SERIES, year=local(at).year)
    limit = procedures.limit_for(version, procedures.Channel(case.channel), case.case_type_id)
    if limit is None:
        return
    clock = worktime.start_clock(actor=actor, at=at, stream=case.stream, limit=limit, schedule=schedule, rule=rule)
    case.limit, case.clock_id = str(limit), clock.id
    mirror(case, clock)
    case.counted_from = at
    case.first_due_at, case.first_due_date, case.first_late_from = case.due_at, case.due_date, case.late_from


def mirror(case: Case, clock: worktime.ClockView) -> None:
    """Write the promise of the clock on the case; the first promise is written once, by the start, and stays."""
    due = clock.promised
    case.due_at, case.due_date = due.due_at, due.due_date
    case.late_from = late_from(due_at=due.due_at, due_date=due.due_date, precise=clock.limit.compares_instants)


def _at_counter(case: Case, version: procedures.VersionView, unit: int) -> Place:
    """Return the place of an accepted file: the counter, in the first step of the process, until it must be forwarded."""
    first = version.steps[0] if version.steps and version.steps[0].kind is procedures.StepKind.INTAKE else None
    if first is None:
        return Place(unit=unit)
    return Place(unit=unit, ordinal=first.ordinal, name=first.name, due_at=case.forward_by)


def _terms_of(case: Case, version: procedures.VersionView) -> dict[str, Any]:
    """Return what a promise rests on, for the public part of the journal."""
    return {
        "procedure": case.procedure_code,
        "version": version.number,
        "channel": case.channel,
        "limit": case.limit,
        "received_at": case.received_at.isoformat() if case.received_at else None,
    }


def _journal_first(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    prepared: Prepared,
    transition: Transition,
    public: dict[str, Any],
    more: dict[str, Any] | None = None,
) -> audit.EntryView:
    intake = prepared.intake
    return audit.record(
        stream=case.stream,
        act=transition.act.value,
        at=at,
        actor=actor,
        public={
            "stage": case.stage,
            "step": case.step,
            "basis": transition.basis,
            "agency": prepared.agency.code,
            # Units may bear one code at different times, and that may be entered late: the id tells them apart.
            "agency_id": prepared.agency.id,
            "filed_by": case.filed_by,
            **promise(case),
            **worked(case),
            **public,
        },
        private={
            "owner": intake.owner.full_name,
            "identity_number": intake.owner.identity_number,
            "submitter": intake.submitter.full_name if intake.submitter else "",
            "request": intake.request,
            "papers": [paper.name for paper in prepared.papers if paper.given],
            "fees": [{"name": line.name, "amount": line.amount} for line in prepared.quote.lines],
            **(more or {}),
        },
    )
