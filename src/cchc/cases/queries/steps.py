"""The way a case has gone: who held it how long, which steps lie behind and ahead, where it may be sent back to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from cchc.cases.models import Case, Handover
from cchc.cases.rules import flow
from cchc.cases.terms import Act, Step
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

Steps = tuple[procedures.StepView, ...]
WORKING = (Step.ASSIGN, Step.PROCESS)


@dataclass(frozen=True)
class Holding:
    """One holding: who, at which step, from when to when (None: now), in working minutes, and whether its own term was kept."""

    seq: int
    act: Act
    unit: str
    person: str
    title: str
    step: str
    ordinal: int | None
    given_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    outcome: str
    note: str
    minutes: int
    late: bool
    waits: bool


@dataclass(frozen=True)
class HolderTime:
    """How long one holder had the case in all, in working minutes; ``share`` of the whole, 0 to 1. Waiting for the applicant is its own."""

    who: str
    minutes: int
    share: float
    waits: bool


@dataclass(frozen=True)
class StepLine:
    """A step of the published process in this case's life: done, here or to come."""

    ordinal: int
    name: str
    unit_text: str
    role_text: str
    time_text: str
    state: str
    due_at: datetime | None


def holdings_of(case: Case, *, at: datetime) -> tuple[Holding, ...]:
    """Return the holdings of a case, oldest first. One query, and the agency's hours."""
    rows = list(Handover.objects.filter(case=case).select_related("to_unit", "to_post__person").order_by("seq"))
    schedule, calendar = organisations.schedule_of(case.agency_id, on=local_date(at)), worktime.load_calendar()

    def worked(start: datetime, end: datetime) -> int:
        return worktime.elapsed(start=start, end=end, calendar=calendar, schedule=schedule).working_minutes

    return tuple(_holding(row, worked, at) for row in rows if row.to_unit_id is not None)


def holder_times(holdings: Iterable[Holding]) -> tuple[HolderTime, ...]:
    """Return the time by holder, the longest first: what a late file shows before anything else."""
    sums: dict[tuple[str, bool], int] = {}
    for item in holdings:
        key = ("người nộp hồ sơ", True) if item.waits else (item.person or item.unit, False)
        sums[key] = sums.get(key, 0) + item.minutes
    whole = sum(sums.values()) or 1
    found = [HolderTime(who, minutes, minutes / whole, waits) for (who, waits), minutes in sums.items()]
    return tuple(sorted(found, key=lambda item: -item.minutes))


def step_lines(case: Case, steps: Steps, holdings: Iterable[Holding]) -> tuple[StepLine, ...]:
    """Return the published process with where the case is in it; nothing where none is published."""
    been = {item.ordinal for item in holdings if item.ordinal is not None}
    return tuple(
        StepLine(
            ordinal=step.ordinal,
            name=step.name,
            unit_text=step.unit_text,
            role_text=step.role_text,
            time_text=step.time.text if step.time else "",
            state=_state(step, case, been),
            due_at=case.step_due_at if step.ordinal == case.ordinal else None,
        )
        for step in steps
    )


def ways_back(case: Case, holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """Return the earlier working holdings a file may be sent back to: the last of each holder, the newest first."""
    found: dict[tuple[str, str, int | None], Holding] = {}
    for item in holdings:
        if item.ended_at is None or item.step not in _WORKING_LABELS or flow.is_ahead(item.ordinal, case.ordinal):
            continue
        if (item.unit, item.person) != _here(case):
            found[item.unit, item.person, item.ordinal] = item
    # Where somebody of a unit worked on the step, the unit itself, which assigned it, is no other way.
    worked = {(item.unit, item.ordinal) for item in found.values() if item.person}
    ways = [item for item in found.values() if item.person or (item.unit, item.ordinal) not in worked]
    return tuple(sorted(ways, key=lambda item: -item.seq))


def last_officer_seq(code: str) -> int:
    """Return the hand-over by which the last officer got a case; raise ``Refused`` when nobody has worked on it."""
    rows = Handover.objects.filter(case__code=code, case__register__code="own", step=Step.PROCESS, ended_at__isnull=False).exclude(
        ordinal__gt=F("case__ordinal")
    )
    found = rows.order_by("-seq").values_list("seq", flat=True).first()
    if found is None:
        raise Refused("Chưa có ai xử lý hồ sơ này để trả lại.", field="to_seq")
    return found


def choices_of(case: Case) -> tuple[flow.Choice, ...]:
    """Return the published ways on from where the case is. One query."""
    return flow.forward_choices(procedures.steps_of(case.version_id), case.ordinal) if case.version_id else ()


_WORKING_LABELS = {step.label for step in WORKING}
_WAITING_STEPS = {Step.APPLICANT, Step.SUPPLEMENT, Step.PAYMENT}


def _here(case: Case) -> tuple[str, str]:
    return (
        case.holder_unit.name if case.holder_unit else "",
        case.holder_post.person.full_name if case.holder_post else "",
    )


def _state(step: procedures.StepView, case: Case, been: set[int]) -> str:
    """Return here, done or todo. A file that was sent back does its steps again, so what lies ahead of it is not done.

    A step before one that was reached lies behind, also where nobody held the file in it by itself.
    """
    if step.ordinal == case.ordinal:
        return "here"
    if case.returned_at is not None:
        return "done"
    reached = case.ordinal or max(been, default=0)
    return "done" if step.ordinal < reached or (case.ordinal is None and step.ordinal in been) else "todo"


def _holding(row: Handover, worked: Callable[[datetime, datetime], int], at: datetime) -> Holding:
    end = row.ended_at or at
    step = Step(row.step) if row.step else None
    return Holding(
        seq=row.seq,
        act=Act(row.act),
        unit=row.to_unit.name if row.to_unit else "",
        person=row.to_post.person.full_name if row.to_post else "",
        title=row.to_post.title if row.to_post else "",
        step=step.label if step else "",
        ordinal=row.ordinal,
        given_at=row.at,
        received_at=row.received_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        note=row.note,
        minutes=worked(row.at, end),
        late=row.due_at is not None and end > row.due_at,
        waits=step in _WAITING_STEPS,
    )
