"""When a unit ends: what it held goes to the unit that takes it over, with an entry in each file's journal."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cchc.audit import api as audit
from cchc.cases.models import Case, Consultation, Handover, HandoverSlip
from cchc.cases.operations.acting import Place, locked, pass_on, promise, save
from cchc.cases.operations.following import changed_at
from cchc.cases.operations.placing import heirs_of
from cchc.cases.terms import CLOSED, Act, Step
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations

MOVER = "sắp xếp đơn vị"


def rehouse(*, unit_id: int, code: str, at: datetime) -> int:
    """Move the live cases of an ended unit to its successor; return how many. Idempotent: what was moved is not found again.

    The successor is the one that takes over what cannot be divided. Cases of the past stay with the unit that existed then. Without a
    successor nothing moves, and the heads see the files with a holder that no longer exists. Opinions it was asked for and batches
    it was to sign for wait for the successor too.
    """
    heirs = heirs_of(unit_id, at=at)
    if not heirs:
        return 0
    wanted = Q(agency_id=unit_id) | Q(counter_id=unit_id) | Q(holder_unit_id=unit_id)
    codes = list(Case.objects.live().filter(wanted, imported=False).order_by("code").values_list("code", flat=True))
    for case_code in codes:
        _move(case_code, unit_id, code, heirs[0], at)
    _what_waits(unit_id, heirs[0])
    return len(codes)


def rehouse_ended(*, at: datetime) -> int:
    """Move what still lies with units that have ended by now: a merger decided ahead takes effect on its day. Return how many cases."""
    day = local_date(at)
    live = Case.objects.live().filter(imported=False)
    ids = {unit for name in ("agency_id", "counter_id", "holder_unit_id") for unit in live.values_list(name, flat=True).distinct() if unit}
    moved = 0
    for unit_id, unit in sorted(organisations.units_on(ids, day).items()):
        if unit.until is not None and unit.until <= day:
            moved += rehouse(unit_id=unit_id, code=unit.code, at=at)
    return moved


@transaction.atomic
def _move(case_code: str, unit_id: int, code: str, heir: organisations.UnitView, at: datetime) -> None:
    case = locked(case_code)
    actor = Actor.system(MOVER)
    moment = max(at, changed_at(case))
    if case.agency_id == unit_id:
        case.agency_id = heir.id
    if case.counter_id == unit_id:
        case.counter_id = heir.id
    if case.holder_unit_id == unit_id:
        _give(case, heir, actor=actor, at=moment)
    save(case, at=moment)
    audit.record(
        stream=case.stream,
        act=Act.REHOUSE.value,
        at=moment,
        actor=actor,
        public={
            "stage": case.stage,
            "step": case.step,
            **promise(case),
            "agency_id": case.agency_id,
            "from_unit": code,
            "to_unit": heir.code,
        },
    )


def _give(case: Case, heir: organisations.UnitView, *, actor: Actor, at: datetime) -> None:
    """Give the file to the successor. The post it lay with ended with the unit: a file in work is for the new head to assign."""
    step = Step.ASSIGN if case.step_term is Step.PROCESS else case.step_term
    before = Handover.objects.filter(case=case).order_by("-seq").first()
    place = Place(unit=heir.id, ordinal=case.ordinal, name=case.step_name, due_at=case.step_due_at)
    now = pass_on(actor=actor, at=at, case=case, act=Act.REHOUSE, place=place, step=step, outcome=Act.REHOUSE.label)
    if before is not None and before.slip_id is not None and before.received_at is None:
        # The batch nobody has signed for yet is signed for by the successor.
        now.slip_id = before.slip_id
        now.save(update_fields=["slip"])
        Handover.objects.filter(pk=before.pk).update(slip=None)
    case.holder_unit_id, case.holder_post_id, case.step, case.since = heir.id, None, step, at


@transaction.atomic
def _what_waits(unit_id: int, heir: organisations.UnitView) -> None:
    Consultation.objects.filter(unit_id=unit_id, answered_at__isnull=True).exclude(case__stage__in=sorted(CLOSED)).update(unit_id=heir.id)
    HandoverSlip.objects.filter(to_unit_id=unit_id, received_at__isnull=True).update(to_unit_id=heir.id)
