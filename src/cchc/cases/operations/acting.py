"""What every act on an existing case does first and last: lock, permit, check the row of the table; then write and journal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from django.db.models import Max

from cchc.audit import api as audit
from cchc.cases.models import Case, Handover, Register
from cchc.cases.rules.lengths import must_fit
from cchc.cases.rules.transitions import Transition, require
from cchc.cases.rules.transitions import row as row_of
from cchc.cases.terms import Act
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotFound, Refused
from cchc.kernel.local import moment_text


def locked(code: str) -> Case:
    """Return a case of ours, its row locked until the transaction ends. Raises ``NotFound``."""
    try:
        return (
            Case.objects.select_for_update(of=("self",))
            .select_related("register")
            .get(register__code=Register.OWN, code=code.strip().upper())
        )
    except Case.DoesNotExist as error:
        raise NotFound(f"Không có hồ sơ mã «{code}». Kiểm tra lại mã in ở đầu giấy hẹn.", field="code") from error


def begin(*, actor: Actor, at: datetime, code: str, act: Act, seen: int | None) -> tuple[Case, Transition]:
    """Lock the case and check right, freshness and transition.

    ``seen`` is the revision the person was looking at; ``None`` skips the check (jobs). Raises ``NotFound``, ``NotAllowed``,
    ``Conflict``, and ``Refused`` for a time before the last act.
    """
    case = locked(code)
    # The right comes first: what happened in between is not told to other agencies.
    actor.must(row_of(act).right, unit_id=case.agency_id)
    if seen not in (None, case.revision):
        _changed(case)
    row = require(act=act, stage=case.stage_term, step=case.step_term)
    if at < case.since:
        raise Refused(f"Thời điểm {moment_text(at)} sớm hơn việc trước đó của hồ sơ ({moment_text(case.since)}).", field="at")
    return case, row


def conclude(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    row: Transition,
    holder_unit: int | None,
    holder_post: int | None,
    note: str = "",
    public: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> audit.EntryView:
    """Move the case along its row, keep the hand-over when the holder changes, write the journal entry and return it."""
    must_fit(note=note)
    _keep_handover(actor=actor, at=at, case=case, row=row, holder_unit=holder_unit, holder_post=holder_post, note=note)
    case.stage, case.step = row.stage, row.step
    case.holder_unit_id, case.holder_post_id = holder_unit, holder_post
    case.since = at
    case.revision += 1
    case.save()
    return audit.record(
        stream=case.stream,
        act=row.act.value,
        at=at,
        actor=actor,
        public={"stage": row.stage.value, "step": row.step.value, "basis": row.basis, **promise(case), **(public or {})},
        private={**({"note": note} if note else {}), **(private or {})} or None,
    )


def promise(case: Case) -> dict[str, Any]:
    """Return the promise as the public part of an entry carries it."""
    if case.due_at is None or case.due_date is None:
        return {"due_at": None, "due_date": None}
    return {"due_at": case.due_at.isoformat(), "due_date": case.due_date.isoformat()}


def _changed(case: Case) -> NoReturn:
    """Tell the person who was slower what happened in between."""
    last = audit.entries(case.stream)[-1]
    raise Conflict(
        f"Hồ sơ vừa thay đổi: «{Act(last.act).label if last.act in Act.values() else last.act}» lúc {moment_text(last.at)}, bởi {last.actor_post}."
        " Việc của bạn chưa được ghi; xem lại hồ sơ rồi làm tiếp.",
    )


def _keep_handover(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    row: Transition,
    holder_unit: int | None,
    holder_post: int | None,
    note: str,
) -> None:
    last = case.handovers.aggregate(last=Max("seq"))["last"] or 0
    Handover.objects.create(
        case=case,
        seq=last + 1,
        act=row.act,
        from_unit_id=case.holder_unit_id or actor.unit_id,
        from_post_id=actor.post_id,
        to_unit_id=holder_unit,
        to_post_id=holder_post,
        held_since=case.since,
        at=at,
        note=note,
    )
