"""What an intake would become if it were accepted now: fee and promise, computed by the same rules, nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from cchc.cases.operations.intake_form import level_of, procedure_for
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

# What a payment per page, copy, person or thing is counted by; as ``procedures.fee`` names them.
_QUANTITIES: dict[procedures.FeePer, tuple[str, ...]] = {
    procedures.FeePer.PAGE: ("copies", "pages"),
    procedures.FeePer.COPY: ("copies",),
    procedures.FeePer.PERSON: ("people",),
    procedures.FeePer.ITEM: ("items",),
}


@dataclass(frozen=True)
class Counter:
    """Where the actor receives files: the competent agency, the level of its procedures, its working hours."""

    agency: organisations.UnitView
    level: procedures.Level | None
    schedule: worktime.Schedule
    cutoff: time


@dataclass(frozen=True)
class Preview:
    """The promise and the fee as they stand at this moment.

    ``problems`` maps ``procedure``, ``channel``, ``case_type`` or ``quantities`` to a sentence; what it concerns is None then.
    ``counts`` names the quantities the fee is made of and says of each whether a fee that is owed needs it; ``quantities`` are
    those it was computed with. ``explanation`` is None where the law sets no term. ``forwarded_today`` says which side of the 15:00 rule this moment is on.
    """

    version: procedures.VersionView
    case_type: procedures.CaseTypeView | None
    quote: procedures.FeeQuote | None
    limit: worktime.TimeLimit | None
    explanation: worktime.Explanation | None
    remaining: worktime.Remaining | None
    forward_by: datetime
    forwarded_today: bool
    counts: Mapping[str, bool]
    quantities: Mapping[str, int]
    problems: Mapping[str, str]

    @property
    def immediate(self) -> bool:
        """Say whether it may be done and handed over at once."""
        return self.limit is not None and self.limit.is_same_day


def counter_of(*, actor: Actor, at: datetime) -> Counter:
    """Return the counter the actor sits at. Raises ``NotAllowed`` for somebody who may not receive files."""
    actor.must(identity.Right.RECEIVE_CASE)
    if actor.unit_id is None:
        raise Refused("Chỉ người giữ vị trí ở Bộ phận Một cửa mới tiếp nhận hồ sơ.")
    day = local_date(at)
    agency = identity.agency_of(actor.unit_id, on=day)
    return Counter(
        agency=agency,
        level=level_of(agency),
        schedule=organisations.schedule_of(agency.id, on=day),
        cutoff=worktime.cutoff(day),
    )


def preview(
    *,
    counter: Counter,
    at: datetime,
    procedure: str,
    channel: procedures.Channel = procedures.Channel.COUNTER,
    case_type: int = 1,
    quantities: Mapping[str, int] | None = None,
) -> Preview:
    """Return what accepting at ``at`` would promise and cost. Raises ``NotFound`` or ``Refused`` for the procedure itself.

    ``case_type`` is the place of the case type from 1; ``quantities`` as ``procedures.fee`` takes them, and one of each that is
    needed and was not given.
    """
    version = procedure_for(procedure, at=at, agency=counter.agency)
    problems: dict[str, str] = {}
    chosen = version.case_types[case_type - 1] if 1 <= case_type <= len(version.case_types) else None
    chosen_id = chosen.id if chosen else None
    counts = _counts(version.fees_for(channel, chosen_id))
    given = {name: count for name, count in (quantities or {}).items() if name in counts}
    asked = {**{name: 1 for name, is_needed in counts.items() if is_needed}, **given}
    limit, quote = None, None
    try:
        limit = procedures.limit_for(version, channel, chosen_id)
    except Refused as error:
        problems[error.field or "procedure"] = error.message
    try:
        quote = procedures.quote(version, channel, asked, case_type=chosen_id)
    except Refused as error:
        problems[error.field or "quantities"] = error.message
    calendar = worktime.load_calendar()
    told = worktime.explain(start=at, limit=limit, calendar=calendar, schedule=counter.schedule) if limit else None
    left = (
        worktime.remaining(now=at, due=told.due, limit_unit=told.limit.unit, calendar=calendar, schedule=counter.schedule) if told else None
    )
    forward_by = worktime.forward_by(received=at, calendar=calendar, schedule=counter.schedule, cutoff=counter.cutoff)
    return Preview(
        version=version,
        case_type=chosen,
        quote=quote,
        limit=limit,
        explanation=told,
        remaining=left,
        forward_by=forward_by,
        forwarded_today=local_date(forward_by) == local_date(at),
        counts=counts,
        quantities=asked,
        problems=problems,
    )


def _counts(fees: tuple[procedures.FeeView, ...]) -> dict[str, bool]:
    """Return the quantities these payments are made of, copies before pages; True where one that is owed needs it."""
    found: dict[str, bool] = {}
    for fee in fees:
        if fee.amount is None:
            continue
        for name in _QUANTITIES.get(fee.per, ("items",) if fee.is_optional else ()):
            found[name] = found.get(name, False) or not fee.is_optional
    return found
