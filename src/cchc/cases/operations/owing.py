"""The apology that goes with a late result, and which unit was late: the one that held the file when the promise broke."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from cchc.audit import api as audit
from cchc.cases.models import Apology, Case, Handover
from cchc.cases.operations.papers import issue_apology
from cchc.cases.operations.placing import units_of
from cchc.cases.queries.openings import is_broken
from cchc.cases.terms import Act, ApologyKind
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused


def apologise_with_the_result(*, actor: Actor, at: datetime, case: Case) -> UUID | None:
    """Make the apology that is missing when a late result is handed over, and return its paper; None where none is owed.

    The result is never withheld for it. The row says that it was omitted, by the unit that was late, named.
    """
    if not is_broken(case, at=at) or case.apologies.filter(kind=ApologyKind.LATE).exists():
        return None
    apology = add(
        actor=actor,
        at=at,
        case=case,
        kind=ApologyKind.OMITTED,
        reason="Trả kết quả sau ngày hẹn; đơn vị chậm chưa lập văn bản xin lỗi.",
        late_unit=late_unit_of(case),
    )
    return apology.paper


def add(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    kind: ApologyKind,
    reason: str,
    remedy: str = "",
    late_unit: int | None = None,
    due_before: datetime | None = None,
    due_after: datetime | None = None,
) -> Apology:
    """Write an apology with its paper; what it does to the promise is the caller's act."""
    last = case.apologies.aggregate(last=Max("seq"))["last"] or 0
    apology = Apology(
        case=case,
        seq=last + 1,
        kind=kind,
        at=at,
        reason=reason,
        remedy=remedy,
        late_unit_id=late_unit,
        due_before=due_before,
        due_after=due_after,
        post_id=actor.post_id,
    )
    apology.paper = issue_apology(actor=actor, at=at, case=case, apology=apology).id
    apology.save()
    if kind is ApologyKind.OMITTED:
        unit = apology.late_unit
        audit.record(
            stream=case.stream,
            act=Act.APOLOGISE.value,
            at=at,
            actor=actor,
            public={"kind": kind.value, "late_unit": unit.code if unit else "", "omitted": True},
        )
    return apology


def unit_to_blame(case: Case, unit_id: int, *, at: datetime) -> int:
    """Return the unit named as the late one; refuse one that has nothing to do with the case: it would count against it."""
    known = units_of(case, at)
    concerned = unit_id in known or case.handovers.filter(to_unit=unit_id).exists() or case.consultations.filter(unit=unit_id).exists()
    if not concerned:
        raise Refused("Chọn một đơn vị của cơ quan giải quyết, đã giữ hồ sơ, hoặc được lấy ý kiến về hồ sơ này.", field="late_unit_id")
    return unit_id


def late_unit_of(case: Case) -> int | None:
    """Return the unit that held the case when its promise broke, else the one that has it now, else the agency. One query."""
    if case.late_from is not None:
        held = Handover.objects.filter(case=case, at__lte=case.late_from, to_unit__isnull=False)
        found = held.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=case.late_from)).order_by("-seq").first()
        if found is not None:
            return found.to_unit_id
    return case.holder_unit_id or case.agency_id
