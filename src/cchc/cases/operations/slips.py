"""Give files to another unit in a batch and have them signed for: one slip with a QR code, both sides on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cchc.audit import api as audit
from cchc.cases.models import Case, Handover, HandoverSlip
from cchc.cases.operations.batches import Batch, each
from cchc.cases.operations.moving import forward
from cchc.cases.operations.papers import issue_slip
from cchc.cases.terms import Act
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotFound, Refused
from cchc.kernel.local import moment_text
from cchc.kernel.text import clean


@dataclass(frozen=True)
class GivenBatch:
    """What became of a batch: the slip (empty when no file could go), and who went and who did not."""

    slip: str
    batch: Batch


@transaction.atomic
def forward_many(*, actor: Actor, at: datetime, codes: Sequence[str], unit_id: int, note: str = "") -> GivenBatch:
    """Forward accepted cases to one unit with one hand-over slip. A case that cannot go is told with its reason; the others go."""
    batch = each(codes, lambda code: forward(actor=actor, at=at, code=code, unit_id=unit_id, note=note))
    if not batch.done:
        return GivenBatch("", batch)
    return GivenBatch(_slip(actor=actor, at=at, codes=batch.done, unit_id=unit_id, note=note), batch)


@transaction.atomic
def receive_slip(*, actor: Actor, at: datetime, slip: str, missing: Sequence[str] = ()) -> Batch:
    """Sign for a slip at the receiving unit; ``missing`` are the codes on it that were not there, which stay unreceived.

    Somebody of the receiving unit signs: who may assign or process there. A slip is received once. Files that moved on meanwhile
    were received by whoever moved them. Raises ``NotFound``, ``NotAllowed``, ``Conflict``.
    """
    found = HandoverSlip.objects.select_for_update(of=("self",)).filter(code=slip).first()
    if found is None:
        raise NotFound("Không có phiếu bàn giao này. Quét lại mã QR trên phiếu.")
    if not any(actor.may(right, unit_id=found.to_unit_id) for right in (identity.Right.ASSIGN_CASE, identity.Right.PROCESS_CASE)):
        actor.must(identity.Right.RECEIVE_CASE, unit_id=found.to_unit_id)
    if actor.unit_id != found.to_unit_id and not actor.may(identity.Right.ASSIGN_CASE, unit_id=found.to_unit_id) and not actor.is_system:
        raise Refused("Chỉ người của đơn vị nhận mới ký nhận được phiếu này.")
    if found.received_at is not None:
        raise Conflict("Phiếu này đã được ký nhận.")
    if at < found.given_at:
        raise Refused(f"Thời điểm {moment_text(at)} sớm hơn lúc lập phiếu ({moment_text(found.given_at)}).", field="at")
    rows = _locked_rows(found)
    absent = {code.strip().upper() for code in missing if code.strip()}
    if unknown := sorted(absent - {item.case.code for item in rows}):
        raise Refused(f"Phiếu này không có hồ sơ {', '.join(unknown)}. Xem lại mã.", field="missing")
    here, gone = [], {}
    for item in rows:
        if item.received_at is None and item.ended_at is not None:
            # Whoever passes a file on has received it; only what was taken away ends unreceived.
            gone[item.case.code] = "Bên giao đã rút lại trước khi bàn giao."
        elif item.case.code in absent and item.received_at is None:
            gone[item.case.code] = "Không có trong lô nhận được."
            audit.record(stream=item.case.stream, act="missing_at_hand_over", at=at, actor=actor, public={"slip": found.number})
        else:
            here.append(item.case.code)
            _take_over(item, found, actor=actor, at=at)
    found.received_at, found.received_by_id = at, actor.post_id
    found.save(update_fields=["received_at", "received_by"])
    return Batch(tuple(here), gone)


def _locked_rows(slip: HandoverSlip) -> list[Handover]:
    """Lock the files of a slip, in the order of their codes, and read their hand-overs as they stand: nobody takes one back meanwhile."""
    codes = Case.objects.filter(handovers__slip=slip).order_by("code").values_list("pk", flat=True)
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=list(codes)).order_by("code").values_list("pk", flat=True))
    return list(Handover.objects.filter(slip=slip).select_related("case__register").order_by("case__code"))


def _take_over(item: Handover, slip: HandoverSlip, *, actor: Actor, at: datetime) -> None:
    if item.received_at is None:
        item.received_at, item.received_by_id = at, actor.post_id
        item.save(update_fields=["received_at", "received_by"])
    audit.record(stream=item.case.stream, act=Act.TAKE_OVER.value, at=at, actor=actor, public={"slip": slip.number})


def _slip(*, actor: Actor, at: datetime, codes: Sequence[str], unit_id: int, note: str) -> str:
    rows = Handover.objects.filter(case__code__in=codes, case__register__code="own", act=Act.FORWARD, ended_at__isnull=True)
    first = Case.objects.get(pk=rows.values_list("case_id", flat=True)[0])
    if actor.unit_id is None:
        raise Refused("Chỉ người giữ vị trí ở một đơn vị mới lập phiếu bàn giao.")
    slip = HandoverSlip.objects.create(
        agency_id=first.agency_id,
        from_unit_id=actor.unit_id,
        to_unit_id=unit_id,
        given_at=at,
        given_by_id=actor.post_id,
        note=clean(note),
    )
    rows.update(slip=slip)
    paper = issue_slip(actor=actor, at=at, slip=slip)
    slip.paper, slip.number = paper.id, paper.number
    slip.save(update_fields=["paper", "number"])
    return slip.code
