"""What every act on an existing case does first and last: lock, permit, check the row of the table; then write and journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from cchc.audit import api as audit
from cchc.cases.models import Case, Handover, Register
from cchc.cases.operations.following import debt_of, follow
from cchc.cases.rules.lengths import must_fit
from cchc.cases.rules.transitions import Transition, require, row_at
from cchc.cases.terms import Act, Stage, Step
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotFound, Refused
from cchc.kernel.local import moment_text


@dataclass(frozen=True)
class Place:
    """Where a case goes: the holder, and the step of the published process with its own due time, where it has one."""

    unit: int | None = None
    post: int | None = None
    ordinal: int | None = None
    name: str = ""
    due_at: datetime | None = None


NOWHERE = Place()
# These take a file away from a holder who may never have had it in hand.
_TAKEN_AWAY = frozenset({Act.RECALL, Act.REHOUSE, Act.REASSIGN})


def locked(code: str) -> Case:
    """Return a case of ours, its row locked until the transaction ends. Raises ``NotFound``."""
    try:
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("register")
            .get(register__code=Register.OWN, code=code.strip().upper())
        )
    except Case.DoesNotExist as error:
        raise NotFound(f"Không có hồ sơ mã «{code}». Kiểm tra lại mã in ở đầu giấy hẹn.", field="code") from error
    case.owed_before = debt_of(case)
    return case


def save(case: Case, *, at: datetime) -> None:
    """Save what an act has changed, with the next revision, and let the spells follow. The act journals it in the same transaction."""
    case.revision += 1
    case.save()
    follow(case, before=case.owed_before, at=at)
    case.owed_before = debt_of(case)


def begin(*, actor: Actor, at: datetime, code: str, act: Act, seen: int | None) -> tuple[Case, Transition]:
    """Lock the case and check right, freshness and transition.

    ``seen`` is the revision the person was looking at; ``None`` skips the check (jobs). Raises ``NotFound``, ``NotAllowed``,
    ``Conflict``, and ``Refused`` for a time before the last act.
    """
    case = locked(code)
    # The right comes first: what happened in between is not told to other agencies.
    actor.must(row_at(act, case.stage_term, case.step_term).right, unit_id=case.agency_id)
    if seen not in (None, case.revision):
        _changed(case)
    row = require(act=act, stage=case.stage_term, step=case.step_term)
    if at < case.since:
        raise Refused(f"Thời điểm {moment_text(at)} sớm hơn việc trước đó của hồ sơ ({moment_text(case.since)}).", field="at")
    return case, row


def only_the_holder(actor: Actor, case: Case) -> None:
    """Raise ``Refused`` unless the case is in the actor's hands, or in those of somebody the actor stands in for."""
    if actor.is_system or case.holder_post_id is None or case.holder_post_id in actor.hands:
        return
    raise Refused("Hồ sơ đang do người khác giữ; chỉ người được giao, hoặc người thay khi vắng mặt, mới làm được việc này.")


def conclude(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    row: Transition,
    place: Place = NOWHERE,
    stage: Stage | None = None,
    step: Step | None = None,
    outcome: str = "",
    note: str = "",
    public: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> audit.EntryView:
    """Move the case along its row, close the last holding and open the next, write the journal entry and return it.

    ``stage`` and ``step`` choose where the row leaves it open; a step that the row does not allow is a mistake of ours.
    """
    must_fit(note=note)
    wanted = step or row.step or case.step_term
    if row.step is not None and wanted not in (row.step, *row.also):
        raise ValueError(f"{row.act}: {wanted}?")
    behind = _on_behalf(actor, case)
    pass_on(actor=actor, at=at, case=case, act=row.act, place=place, step=wanted, outcome=outcome, note=note)
    case.stage, case.step = stage or row.stage or case.stage_term, wanted
    case.holder_unit_id, case.holder_post_id = place.unit, place.post
    case.ordinal, case.step_name, case.step_due_at = place.ordinal, place.name, place.due_at
    case.since = at
    return _journal(actor, at, case, row, note=note, public={**behind, **_term_of(place), **(public or {})}, private=private)


def write_down(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    row: Transition,
    note: str = "",
    public: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> audit.EntryView:
    """Save and journal an act that leaves the case where it is."""
    must_fit(note=note)
    return _journal(actor, at, case, row, note=note, public={**_on_behalf(actor, case), **(public or {})}, private=private)


def mark_received(*, actor: Actor, at: datetime, case: Case) -> None:
    """Note that the holder has the file in hand: who acts on a file has received it."""
    Handover.objects.filter(case=case, ended_at__isnull=True, received_at__isnull=True).update(received_at=at, received_by=actor.post_id)


def pass_on(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    act: Act,
    place: Place,
    step: Step,
    outcome: str = "",
    note: str = "",
) -> Handover:
    """Close the holding that is open and open the next one; the first one of a case has nobody before it."""
    last = Handover.objects.filter(case=case).order_by("-seq").first() if case.pk else None
    if last is not None and last.ended_at is None:
        last.ended_at, last.outcome = at, outcome
        if last.received_at is None and act not in _TAKEN_AWAY:
            # Who passes a file on has received it.
            last.received_at, last.received_by_id = at, actor.post_id
        last.save(update_fields=["ended_at", "outcome", "received_at", "received_by"])
    return Handover.objects.create(
        case=case,
        seq=last.seq + 1 if last else 1,
        act=act,
        from_unit_id=case.holder_unit_id if last else None,
        from_post_id=actor.post_id if last else None,
        to_unit_id=place.unit,
        to_post_id=place.post,
        held_since=case.since,
        at=at,
        note=note,
        step=step,
        ordinal=place.ordinal,
        step_name=place.name[:300],
        due_at=place.due_at,
        ended_at=at if place.unit is None else None,
    )


def promise(case: Case) -> dict[str, Any]:
    """Return the promise as the public part of an entry carries it."""
    if case.due_at is None or case.due_date is None:
        return {"due_at": None, "due_date": None}
    return {"due_at": case.due_at.isoformat(), "due_date": case.due_date.isoformat()}


def worked(case: Case) -> dict[str, Any]:
    """Return the working days that an act which gave the result has counted, as the public part of its entry carries them."""
    return {} if case.working_days is None else {"working_days": case.working_days}


def _journal(
    actor: Actor,
    at: datetime,
    case: Case,
    row: Transition,
    *,
    note: str,
    public: Mapping[str, Any],
    private: Mapping[str, Any] | None,
) -> audit.EntryView:
    save(case, at=at)
    return audit.record(
        stream=case.stream,
        act=row.act.value,
        at=at,
        actor=actor,
        public={"stage": case.stage, "step": case.step, "basis": row.basis, **promise(case), **worked(case), **public},
        private={**({"note": note} if note else {}), **(private or {})} or None,
    )


def _on_behalf(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the post of the absent holder whose work the actor does, for the journal."""
    return {"on_behalf_of": case.holder_post_id} if case.holder_post_id in actor.stands_in else {}


def _term_of(place: Place) -> dict[str, Any]:
    """Return the step's own place and term for the journal; nothing outside a published process."""
    if place.ordinal is None:
        return {}
    return {"process_step": place.ordinal, "process_name": place.name, "step_due_at": place.due_at.isoformat() if place.due_at else None}


def _changed(case: Case) -> NoReturn:
    """Tell the person who was slower what happened in between."""
    last = audit.entries(case.stream)[-1]
    raise Conflict(
        f"Hồ sơ vừa thay đổi: «{Act(last.act).label if last.act in Act.values() else last.act}» lúc {moment_text(last.at)}, bởi {last.actor_post}."
        " Việc của bạn chưa được ghi; xem lại hồ sơ rồi làm tiếp.",
    )
