"""One case, whole: what its page shows, and which acts are open to the one who looks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from cchc.audit import api as audit
from cchc.cases.models import Apology, Case, Consultation, Party, Register
from cchc.cases.queries.lists import CaseRow, row_of
from cchc.cases.queries.openings import Barred, openings, owes_apology
from cchc.cases.queries.steps import HolderTime, Holding, StepLine, holder_times, holdings_of, step_lines, ways_back
from cchc.cases.rules.flow import Choice, forward_choices
from cchc.cases.rules.transitions import Transition
from cchc.cases.terms import WAITING, Act, ApologyKind, FiledBy, PartyKind, PartyRole, PaymentMethod, ResultChannel
from cchc.documents import api as documents
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

PERSONAL_NUMBER = 12


@dataclass(frozen=True)
class PartyView:
    """A party. ``identity_masked`` shows the first six and the last three digits; the whole number is a separate, recorded look."""

    role: PartyRole
    kind: PartyKind
    full_name: str
    identity_masked: str
    birth_date: date | None
    phone: str
    email: str
    address: str
    notify: bool


@dataclass(frozen=True)
class PaperLine:
    """A line of the checklist."""

    ordinal: int
    name: str
    note: str
    originals: int
    certified: int
    copies: int
    required: bool
    given: bool


@dataclass(frozen=True)
class FeeView:
    """A fee in dong."""

    name: str
    detail: str
    amount: int
    method: PaymentMethod


@dataclass(frozen=True)
class RequestView:
    """A supplement request or a refusal, in writing."""

    act: Act
    at: datetime
    items: tuple[str, ...]
    reason: str
    guidance: str
    answered_at: datetime | None = None


@dataclass(frozen=True)
class ConsultationView:
    """An opinion asked of another unit. ``late`` says that it is, or was, not there in time."""

    seq: int
    unit: str
    question: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answer: str
    late: bool


@dataclass(frozen=True)
class ApologyView:
    """An apology, or the note that one was owed. ``paper`` is the code of its paper."""

    kind: ApologyKind
    at: datetime
    reason: str
    remedy: str
    late_unit: str
    due_before: datetime | None
    due_after: datetime | None
    paper: UUID | None


@dataclass(frozen=True)
class LedgerLine:
    """One entry of the journal in words. ``due_before`` and ``due_after`` differ when the act moved the promise.

    ``reason`` and ``amount`` are what was written to the applicant; ``note`` is for officials alone.
    """

    seq: int
    at: datetime
    act: str
    label: str
    actor_post: str
    actor_name: str
    to: str
    note: str
    due_before: datetime | None
    due_after: datetime | None
    fingerprint: str
    public: dict[str, Any]
    reason: str = ""
    amount: int | None = None

    @property
    def moved(self) -> bool:
        """Say whether the promise was made or changed here."""
        return self.due_before != self.due_after


@dataclass(frozen=True)
class CaseView:
    """Everything the desk shows of a case."""

    row: CaseRow
    agency_id: int
    counter_id: int
    agency_name: str
    counter_name: str
    version_id: int
    procedure_code: str
    case_type: str
    request: str
    sets: int
    result_channel: ResultChannel
    filed_by: FiledBy | None
    filed_at: datetime
    forward_by: datetime | None
    book_number: int | None
    immediate: bool
    limit: worktime.TimeLimit | None
    owner: PartyView
    submitter: PartyView | None
    papers: tuple[PaperLine, ...]
    fees: tuple[FeeView, ...]
    requests: tuple[RequestView, ...]
    result_number: str
    receiver: str
    ledger: tuple[LedgerLine, ...]
    issued: tuple[documents.PaperView, ...]
    acts: tuple[Transition, ...]
    barred: tuple[Barred, ...]
    holdings: tuple[Holding, ...]
    steps: tuple[StepLine, ...]
    ways_back: tuple[Holding, ...]
    choices: tuple[Choice, ...]
    consultations: tuple[ConsultationView, ...]
    apologies: tuple[ApologyView, ...]
    owes_apology: bool
    late_unit: str
    extend_by: date | None
    waiting_for: str
    secret: str

    @property
    def holder_times(self) -> tuple[HolderTime, ...]:
        """Return the time by holder, the longest first."""
        return holder_times(self.holdings)

    @property
    def notes(self) -> tuple[LedgerLine, ...]:
        """Return the internal notes, the newest first."""
        return tuple(line for line in self.ledger if line.act == Act.NOTE)

    @property
    def fee_total(self) -> int:
        """Return the sum of the fees in dong."""
        return sum(line.amount for line in self.fees)


def case(*, code: str, actor: Actor, at: datetime) -> CaseView:
    """Return a case of the actor's agency. Raises ``NotFound`` and ``NotAllowed``. A constant number of queries."""
    actor.must("cases:case:read")
    found = load(code)
    actor.must("cases:case:read", unit_id=found.agency_id)
    return view(found, actor=actor, at=at)


def load(code: str) -> Case:
    """Return the row of a case of ours with what hangs on it; raise ``NotFound``."""
    rows = Case.objects.with_owner().filter(register__code=Register.OWN, code=code.strip().upper())
    found = (
        rows.select_related("register", "agency", "counter", "case_type", "holder_post__person", "holder_unit", "result")
        .prefetch_related("parties", "papers", "fees", "requests", "apologies__late_unit", "consultations__unit")
        .first()
    )
    if found is None:
        raise NotFound(f"Không có hồ sơ mã «{code}». Kiểm tra lại mã in ở đầu giấy hẹn.", field="code")
    return found


def view(found: Case, *, actor: Actor, at: datetime) -> CaseView:
    """Build the view of a loaded case for one reader."""
    parties = {PartyRole(item.role): _party(item) for item in found.parties.all()}
    result = getattr(found, "result", None)
    holdings = holdings_of(found, at=at)
    steps = procedures.steps_of(found.version_id)
    opened = openings(found, actor=actor, at=at, steps=steps, holdings=holdings)
    return CaseView(
        row=row_of(found, at),
        agency_id=found.agency_id,
        counter_id=found.counter_id,
        agency_name=found.agency.full_name,
        counter_name=found.counter.full_name,
        version_id=found.version_id,
        procedure_code=found.procedure_code,
        case_type=found.case_type.name if found.case_type else "",
        request=found.request,
        sets=found.sets,
        result_channel=ResultChannel(found.result_channel),
        filed_by=FiledBy(found.filed_by) if found.filed_by else None,
        filed_at=found.filed_at,
        forward_by=found.forward_by,
        book_number=found.book_number,
        immediate=found.immediate,
        limit=worktime.TimeLimit.parse(found.limit) if found.limit else None,
        owner=parties[PartyRole.OWNER],
        submitter=parties.get(PartyRole.SUBMITTER),
        papers=tuple(
            PaperLine(
                ordinal=item.ordinal,
                name=item.name,
                note=item.note,
                originals=item.originals,
                certified=item.certified,
                copies=item.copies,
                required=item.required,
                given=item.given,
            )
            for item in found.papers.all()
        ),
        fees=tuple(
            FeeView(name=item.name, detail=item.detail, amount=item.amount, method=PaymentMethod(item.method)) for item in found.fees.all()
        ),
        requests=tuple(
            RequestView(
                act=Act(item.act),
                at=item.at,
                items=tuple(item.items),
                reason=item.reason,
                guidance=item.guidance,
                answered_at=item.answered_at,
            )
            for item in found.requests.all()
        ),
        result_number=result.number if result else "",
        receiver=result.receiver if result else "",
        ledger=ledger(found.stream),
        issued=tuple(documents.papers_of(found.stream)),
        acts=opened.acts,
        barred=opened.barred,
        holdings=holdings,
        steps=step_lines(found, steps, holdings),
        ways_back=ways_back(found, holdings),
        choices=forward_choices(steps, found.ordinal),
        consultations=tuple(_consultation(item, at) for item in found.consultations.all()),
        apologies=tuple(_apology(item) for item in found.apologies.all()),
        owes_apology=owes_apology(found, at=at),
        late_unit=_late_unit(found, holdings),
        extend_by=opened.extend_by,
        waiting_for=found.stage_term.label.lower() if found.stage_term in WAITING else "",
        secret=found.secret,
    )


def ledger(stream: str) -> tuple[LedgerLine, ...]:
    """Return the journal of a case in words, newest first. Officials are named, as the law has it; applicants never are."""
    entries = audit.entries(stream)
    names = identity.names_of({UUID(item.actor_person) for item in entries if item.actor_person})
    lines, before = [], None
    for item in entries:
        after = datetime.fromisoformat(item.public["due_at"]) if item.public.get("due_at") else None
        private = item.private or {}
        lines.append(
            LedgerLine(
                seq=item.seq,
                at=item.at,
                act=item.act,
                label=Act(item.act).label if item.act in Act.values() else OTHER_ENTRIES.get(item.act, item.act),
                actor_post=item.actor_post,
                actor_name=names.get(UUID(item.actor_person), "") if item.actor_person else "",
                to=" · ".join(part for part in (private.get("to", ""), item.public.get("to_title", "")) if part),
                note=private.get("note", ""),
                due_before=before,
                due_after=after if "due_at" in item.public else before,
                fingerprint=item.fingerprint,
                public=dict(item.public),
                reason=item.public.get("reason") or private.get("reason") or private.get("what") or "",
                amount=private.get("amount"),
            ),
        )
        before = lines[-1].due_after
    return tuple(reversed(lines))


OTHER_ENTRIES = {
    "paper_issued": "Lập giấy",
    "identity_revealed": "Xem số định danh đầy đủ",
    "private_erased": "Xóa phần riêng của nhật ký",
    "imported": "Nhập từ sổ cũ",
    "file_kept": "Lưu tệp",
    "consultation_late": "Quá hạn trả lời ý kiến",
    "missing_at_hand_over": "Không có trong lô bàn giao",
}


def _late_unit(found: Case, holdings: tuple[Holding, ...]) -> str:
    """Return the unit that held the case when its promise broke; nothing while it is kept, or where nobody did."""
    late_from = found.late_from
    if late_from is None or all(item.ended_at is not None and item.ended_at <= late_from for item in holdings):
        return ""
    held = [item for item in holdings if item.given_at <= late_from and (item.ended_at is None or item.ended_at > late_from)]
    return held[-1].unit if held else ""


def _consultation(item: Consultation, at: datetime) -> ConsultationView:
    return ConsultationView(
        seq=item.seq,
        unit=item.unit.full_name,
        question=item.question,
        asked_at=item.asked_at,
        due_at=item.due_at,
        answered_at=item.answered_at,
        answer=item.answer,
        late=(item.answered_at or at) > item.due_at,
    )


def _apology(item: Apology) -> ApologyView:
    return ApologyView(
        kind=ApologyKind(item.kind),
        at=item.at,
        reason=item.reason,
        remedy=item.remedy,
        late_unit=item.late_unit.full_name if item.late_unit else "",
        due_before=item.due_before,
        due_after=item.due_after,
        paper=item.paper,
    )


def _party(item: Party) -> PartyView:
    return PartyView(
        role=PartyRole(item.role),
        kind=PartyKind(item.kind),
        full_name=item.full_name,
        identity_masked=masked(item.identity_number),
        birth_date=item.birth_date,
        phone=item.phone,
        email=item.email,
        address=item.address,
        notify=item.notify,
    )


def masked(number: str) -> str:
    """Return ``042 169 ••• 208`` for a personal number of 12 digits; of any other only the last three digits show."""
    if len(number) == PERSONAL_NUMBER:
        return f"{number[:3]} {number[3:6]} ••• {number[-3:]}"
    return f"••• {number[-3:]}" if number else ""
