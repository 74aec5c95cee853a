"""A version before it is stored, its fingerprint, and what may be wrong with it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise

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

_HOURS_A_DAY = 8
_LONGEST = {"code": 60, "title": 1000, "field_name": 200, "decision": 200}


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


def problems(draft: VersionDraft) -> dict[str, str]:
    """Return what is wrong with a draft, as parameter → sentence; empty when it may be published.

    The parts required of a published procedure: Decree 63/2010 Art. 8(2). Terms may be missing, as in a list that only
    names procedures; nothing can be received under such a version.
    """
    found: dict[str, str] = {}
    if not draft.code.strip() or " " in draft.code:
        found["code"] = "Mã thủ tục không được để trống và không có dấu cách."
    for name in ("title", "field_name", "origin"):
        if not getattr(draft, name).strip():
            found[name] = {"title": "Thiếu tên thủ tục.", "field_name": "Thiếu lĩnh vực.", "origin": "Thiếu nguồn của dữ liệu."}[name]
    for name, most in _LONGEST.items():
        if len(getattr(draft, name)) > most:
            found[name] = f"Nội dung quá dài: {len(getattr(draft, name))} ký tự, tối đa {most}."
    if not draft.levels:
        found["levels"] = "Thiếu cấp thực hiện."
    if (draft.service_level is ServiceLevel.PARTIAL) != (draft.partial_reason is not None):
        found["partial_reason"] = "Dịch vụ công trực tuyến một phần phải công khai lý do, và chỉ mức một phần mới có lý do."
    found |= _problems_of_parts(draft) | _problems_of_steps(draft)
    return found


def _problems_of_parts(draft: VersionDraft) -> dict[str, str]:
    """Check case types, papers, terms and fees against one another."""
    found: dict[str, str] = {}
    places = len(draft.case_types)
    if not places:
        found["case_types"] = "Phải có ít nhất một trường hợp."
    used = [*(term.case_type for term in draft.terms), *(fee.case_type for fee in draft.fees)]
    if any(not 0 <= place <= places for place in used):
        found["case_types"] = "Thời hạn hoặc phí dẫn đến một trường hợp không có."
    if any(bool(term.limit) == (term.absence is not None) for term in draft.terms):
        found["terms"] = "Mỗi thời hạn phải đọc được, hoặc ghi rõ vì sao không có."
    for fee in draft.fees:
        if (fee.amount is None) == (fee.absence is None):
            found["fees"] = f"«{fee.name}» phải có mức thu, hoặc ghi rõ vì sao chưa có."
        elif fee.per is not FeePer.PAGE and (fee.tiers or fee.cap is not None):
            found["fees"] = f"«{fee.name}»: chỉ phí tính theo trang mới có bậc và mức tối đa."
        elif fee.tiers and not _is_ladder(fee):
            found["fees"] = f"«{fee.name}»: các bậc phải bắt đầu từ trang 1, tăng dần, và bậc đầu bằng mức thu."
    if any(paper.originals < 0 or paper.copies < 0 for case in draft.case_types for paper in case.papers):
        found["papers"] = "Số bản chính, bản sao không được âm."
    return found


def _is_ladder(fee: FeeDraft) -> bool:
    starts = [tier.start for tier in fee.tiers]
    return starts[0] == 1 and fee.tiers[0].amount == fee.amount and all(a < b for a, b in pairwise(starts))


def _problems_of_steps(draft: VersionDraft) -> dict[str, str]:
    """Check that outcomes lead to steps that exist and that the steps fit into the shortest term in working time.

    The internal process must fit the published term (Circular 01/2018/TT-VPCP Art. 8).
    """
    numbers = set(range(1, len(draft.steps) + 1))
    for step in draft.steps:
        if any(outcome.next is not None and outcome.next not in numbers for outcome in step.outcomes):
            return {"steps": f"Bước «{step.name}» dẫn đến một bước không có."}
    spent = sum(_hours(step.time) or 0 for step in draft.steps)
    shortest = min((hours for term in draft.terms if (hours := _hours(term.limit))), default=None)
    if shortest is not None and spent > shortest:
        return {"steps": f"Tổng thời gian các bước là {spent} giờ làm việc, dài hơn thời hạn {shortest} giờ làm việc."}
    return {}


def _hours(limit: str) -> int | None:
    """Return working hours of ``5wd`` or ``8wh``; None for calendar terms, which cannot be compared with working time."""
    if limit.endswith("wd"):
        return int(limit[:-2]) * _HOURS_A_DAY
    if limit.endswith("wh"):
        return int(limit[:-2])
    return None


def day_after(day: date, period_start: date) -> date:
    """Return the first day a follower of a period that began on ``period_start`` may begin: ``day``, or the day after the start."""
    return max(day, date.fromordinal(period_start.toordinal() + 1))
