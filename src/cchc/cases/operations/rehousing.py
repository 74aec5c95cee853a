"""When a unit ends: what it held goes to the unit that takes it over, with an entry in each file's journal."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cchc.audit import api as audit
from cchc.cases.models import Case
from cchc.cases.operations.acting import Place, locked, pass_on, promise
from cchc.cases.operations.placing import heirs_of
from cchc.cases.terms import Act
from cchc.kernel.actor import Actor
from cchc.organisations import api as organisations


def rehouse(*, unit_id: int, code: str, at: datetime) -> int:
    """Move the live cases of an ended unit to its successor; return how many. Idempotent: what was moved is not found again.

    The successor is the one that takes over what cannot be divided. Cases of the past stay with the unit that existed then. Without a
    successor nothing moves, and the heads see the files with a holder that no longer exists.
    """
    heirs = heirs_of(unit_id, at=at)
    if not heirs:
        return 0
    wanted = Q(agency_id=unit_id) | Q(counter_id=unit_id) | Q(holder_unit_id=unit_id)
    codes = list(Case.objects.live().filter(wanted, imported=False).order_by("code").values_list("code", flat=True))
    for case_code in codes:
        _move(case_code, unit_id, code, heirs[0], at)
    return len(codes)


@transaction.atomic
def _move(case_code: str, unit_id: int, code: str, heir: organisations.UnitView, at: datetime) -> None:
    case = locked(case_code)
    actor = Actor.system("sắp xếp đơn vị")
    moment = max(at, case.since)
    if case.agency_id == unit_id:
        case.agency_id = heir.id
    if case.counter_id == unit_id:
        case.counter_id = heir.id
    if case.holder_unit_id == unit_id:
        place = Place(unit=heir.id, ordinal=case.ordinal, name=case.step_name, due_at=case.step_due_at)
        pass_on(actor=actor, at=moment, case=case, act=Act.REHOUSE, place=place, step=case.step_term, outcome=Act.REHOUSE.label)
        case.holder_unit_id, case.since = heir.id, moment
    case.revision += 1
    case.save()
    audit.record(
        stream=case.stream,
        act=Act.REHOUSE.value,
        at=moment,
        actor=actor,
        public={"stage": case.stage, "step": case.step, **promise(case), "from_unit": code, "to_unit": heir.code},
    )
