"""The register of cases (form 07) of a unit in a period: every file that was accepted, in the order of its number."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from cchc.cases.models import Case, Party
from cchc.cases.terms import PartyRole
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import at as at_local

MOST = 5000


@dataclass(frozen=True)
class RegisterRow:
    """A line of the register."""

    number: int | None
    code: str
    title: str
    sets: int
    owner: str
    contact: str
    lead_unit: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    result_channel: str
    receiver: str
    note: str


def register(*, actor: Actor, since: date, until: date) -> tuple[RegisterRow, ...]:
    """Return the register of the actor's one-stop unit from ``since`` to ``until``, both days included. Two queries.

    For somebody outside a one-stop unit it is that of the whole agency. Raises ``Refused`` for a period that ends before it begins and
    for more than five thousand lines.
    """
    actor.must(identity.Right.READ_CASE)
    if until < since:
        raise Refused("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.", field="until")
    start, end = at_local(since, time.min), at_local(until + timedelta(days=1), time.min)
    own = Q(counter_id=actor.unit_id) if actor.may(identity.Right.RECEIVE_CASE) else Q(agency_id__in=sorted(actor.units))
    cases = Case.objects.of_agencies(actor.units).filter(own, imported=False, received_at__gte=start, received_at__lt=end)
    rows = list(cases.select_related("agency", "result", "holder_unit").order_by("received_at", "pk")[: MOST + 1])
    if len(rows) > MOST:
        raise Refused(f"Kỳ này có hơn {MOST} hồ sơ. In từng kỳ ngắn hơn.", field="until")
    owners = {party.case_id: party for party in Party.objects.filter(case__in=[row.pk for row in rows], role=PartyRole.OWNER)}
    return tuple(_line(row, owners.get(row.pk)) for row in rows)


def _line(row: Case, owner: Party | None) -> RegisterRow:
    result = getattr(row, "result", None)
    contact = ", ".join(part for part in (owner.address, owner.phone) if part) if owner else ""
    return RegisterRow(
        number=row.register_number,
        code=row.code,
        title=row.title,
        sets=row.sets,
        owner=owner.full_name if owner else "",
        contact=contact,
        lead_unit=row.agency.full_name if row.agency else "",
        received_at=row.received_at,
        due_at=row.due_at,
        returned_at=row.returned_at,
        result_channel=row.result_channel,
        receiver=result.receiver if result else "",
        note=row.stage_term.label,
    )
