"""Hand-over slips: one slip whole, and those that wait for a signature."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from cchc.cases.models import Handover, HandoverSlip, Party
from cchc.cases.terms import PartyRole
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound

PAGE = 50
_SIGNED = ExpressionWrapper(Q(received_at__isnull=False), output_field=BooleanField())


@dataclass(frozen=True)
class SlipRow:
    """A slip in a list."""

    code: str
    number: str
    from_unit: str
    to_unit: str
    given_at: datetime
    given_by: str
    received_at: datetime | None
    received_by: str
    count: int


@dataclass(frozen=True)
class SlipLine:
    """A file on a slip. ``missing`` says that the slip was signed for without it."""

    code: str
    title: str
    owner: str
    due_at: datetime | None
    received_at: datetime | None
    missing: bool


@dataclass(frozen=True)
class SlipView:
    """A slip with its files, and whether the reader may sign for it."""

    row: SlipRow
    note: str
    paper: UUID | None
    lines: tuple[SlipLine, ...]
    may_receive: bool


def slip(*, code: str, actor: Actor) -> SlipView:
    """Return a slip of the reader's agency; raise ``NotFound``, ``NotAllowed``. Three queries."""
    found = _rows().filter(code=code).first()
    if found is None:
        raise NotFound("Không có phiếu bàn giao này. Quét lại mã QR trên phiếu.")
    actor.must(identity.Right.READ_CASE, unit_id=found.agency_id)
    rows = list(Handover.objects.filter(slip=found).select_related("case").order_by("case__code"))
    owners = dict(Party.objects.filter(case__in=[row.case_id for row in rows], role=PartyRole.OWNER).values_list("case_id", "full_name"))
    return SlipView(
        row=_row(found),
        note=found.note,
        paper=found.paper,
        lines=tuple(
            SlipLine(
                code=row.case.code,
                title=row.case.title,
                owner=owners.get(row.case_id, ""),
                due_at=row.case.due_at,
                received_at=row.received_at,
                missing=found.received_at is not None and row.received_at is None,
            )
            for row in rows
        ),
        may_receive=found.received_at is None and may_receive(actor, found.to_unit_id),
    )


def may_receive(actor: Actor, unit_id: int) -> bool:
    """Say whether the reader may sign for the receiving unit: somebody of it, or who assigns in it."""
    if actor.may(identity.Right.ASSIGN_CASE, unit_id=unit_id):
        return True
    own = actor.unit_id == unit_id
    return own and any(actor.may(right, unit_id=unit_id) for right in (identity.Right.PROCESS_CASE, identity.Right.RECEIVE_CASE))


def slips(*, actor: Actor, waiting_only: bool = False) -> tuple[SlipRow, ...]:
    """Return the latest slips of the reader's agency, those nobody has signed for first, then the newest. One query."""
    actor.must(identity.Right.READ_CASE)
    rows = _rows().filter(agency_id__in=sorted(actor.units))
    if waiting_only:
        rows = rows.filter(received_at__isnull=True)
    return tuple(_row(item) for item in rows.order_by(_SIGNED, "-given_at")[:PAGE])


def _rows() -> "QuerySet[HandoverSlip]":
    people = ("given_by__person", "received_by__person")
    return HandoverSlip.objects.select_related("from_unit", "to_unit", *people).annotate(count=Count("rows"))


def _row(item: HandoverSlip) -> SlipRow:
    return SlipRow(
        code=item.code,
        number=item.number,
        from_unit=item.from_unit.full_name,
        to_unit=item.to_unit.full_name,
        given_at=item.given_at,
        given_by=item.given_by.person.full_name if item.given_by else "",
        received_at=item.received_at,
        received_by=item.received_by.person.full_name if item.received_by else "",
        count=item.count,  # type: ignore[attr-defined]
    )
