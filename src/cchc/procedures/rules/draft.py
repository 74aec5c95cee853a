"""A version before it is stored, and its fingerprint."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from cchc.procedures.terms import (
    Channel,
    Confidence,
    FeeAbsence,
    FeeKind,
    FeePer,
    LegalKind,
    Level,
    PaperUse,
    PartialReason,
    Register,
    ServiceLevel,
    StepKind,
    SubjectKind,
    TermAbsence,
)

GENERAL_CASE = "Trường hợp chung"


@dataclass(frozen=True)
class PaperDraft:
    """A paper: how many originals and copies, which form, and the code of the result that replaces it."""

    name: str
    originals: int = 1
    copies: int = 0
    use: PaperUse = PaperUse.SUBMIT
    is_required: bool = True
    form: str = ""
    replaceable_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class CaseTypeDraft:
    """A case the text tells apart, with its papers."""

    name: str = GENERAL_CASE
    papers: tuple[PaperDraft, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class TermDraft:
    """A channel's term: ``limit`` in the notation of worktime (``5wd``; ``0wd`` for the same day) or why there is none.

    ``case_type`` is the place of the case type in the version, from 1; 0 for all of them.
    """

    channel: Channel
    limit: str = ""
    absence: TermAbsence | None = None
    case_type: int = 0
    raw: str = ""
    note: str = ""


@dataclass(frozen=True)
class TierDraft:
    """From this page of a copy on, so many đồng for each page."""

    start: int
    amount: int


@dataclass(frozen=True)
class FeeDraft:
    """A payment in đồng, or why the amount is not known. Without ``channel`` or ``case_type`` it holds for all."""

    name: str
    kind: FeeKind = FeeKind.OPEN
    amount: int | None = None
    absence: FeeAbsence | None = None
    channel: Channel | None = None
    case_type: int = 0
    per: FeePer = FeePer.CASE
    per_text: str = ""
    tiers: tuple[TierDraft, ...] = ()
    cap: int | None = None
    is_optional: bool = False
    raw: str = ""
    note: str = ""
    clause: str = ""


@dataclass(frozen=True)
class ResultDraft:
    """A result, with its national code where known."""

    name: str
    code: str = ""


@dataclass(frozen=True)
class BasisDraft:
    """A legal document: number and title."""

    number: str
    title: str = ""


@dataclass(frozen=True)
class OutcomeDraft:
    """How a step may end and which step follows; None where the process ends."""

    name: str
    next: int | None = None


@dataclass(frozen=True)
class StepDraft:
    """A step of the internal process. ``time`` is in the notation of worktime, or empty; without ``kind`` its place tells what it is."""

    name: str
    kind: StepKind | None = None
    unit_text: str = ""
    role_text: str = ""
    time: str = ""
    outcomes: tuple[OutcomeDraft, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class VersionDraft:
    """Everything a version holds but its number and period. ``field_code`` is found or made from ``field_name`` when empty."""

    code: str
    title: str
    field_name: str
    origin: str
    field_code: str = ""
    field_official_code: str = ""
    levels: tuple[Level, ...] = (Level.COMMUNE,)
    legal_kind: LegalKind = LegalKind.DETAILED
    agency: str = ""
    authority: str = ""
    service_level: ServiceLevel = ServiceLevel.UNKNOWN
    partial_reason: PartialReason | None = None
    subjects: tuple[SubjectKind, ...] = ()
    register: Register = Register.NONE
    decision: str = ""
    conditions: str = ""
    confidence: Confidence = Confidence.MEDIUM
    is_listed: bool = True
    keywords: str = ""
    case_types: tuple[CaseTypeDraft, ...] = (CaseTypeDraft(),)
    terms: tuple[TermDraft, ...] = ()
    fees: tuple[FeeDraft, ...] = ()
    results: tuple[ResultDraft, ...] = ()
    legal_bases: tuple[BasisDraft, ...] = ()
    steps: tuple[StepDraft, ...] = ()


def digest(draft: VersionDraft) -> str:
    """Return the SHA-256 of the draft's canonical JSON: two drafts with one digest say the same."""
    text = json.dumps(asdict(draft), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def day_after(day: date, period_start: date) -> date:
    """Return the first day a follower of a period that began on ``period_start`` may begin: ``day``, or the day after the start."""
    return max(day, date.fromordinal(period_start.toordinal() + 1))
