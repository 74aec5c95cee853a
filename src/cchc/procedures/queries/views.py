"""What the catalogue shows of a version: frozen values, nothing that queries later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc.procedures.rules.fees import Tier
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
from cchc.worktime.api import TimeLimit


@dataclass(frozen=True)
class FieldView:
    """A field of work; ``count`` is how many listed procedures it has where it was asked for, else 0."""

    code: str
    name: str
    official_code: str = ""
    count: int = 0


@dataclass(frozen=True)
class PaperView:
    """A paper to bring. ``id`` is its primary key, for rows that point at it."""

    id: int
    ordinal: int
    name: str
    use: PaperUse
    is_required: bool
    originals: int
    copies: int
    form: str
    replaceable_by: str
    note: str

    @property
    def count_text(self) -> str:
        """Return «01 bản chính, 02 bản sao», or «xuất trình bản chính»."""
        parts = [f"{count:02d} {word}" for count, word in ((self.originals, "bản chính"), (self.copies, "bản sao")) if count]
        text = ", ".join(parts)
        return f"xuất trình {text}".strip() if self.use is PaperUse.SHOW else text


@dataclass(frozen=True)
class CaseTypeView:
    """A case type and its papers in order."""

    id: int
    ordinal: int
    name: str
    note: str
    papers: tuple[PaperView, ...]


@dataclass(frozen=True)
class TermView:
    """The term of a channel; ``limit`` is None where there is none to count, and ``absence`` says why. ``case_type`` is an id."""

    channel: Channel
    case_type: int | None
    limit: TimeLimit | None
    absence: TermAbsence | None
    raw: str
    note: str

    @property
    def immediate(self) -> bool:
        """Say whether the result is promised for the same day."""
        return self.limit is not None and self.limit.amount == 0

    @property
    def text(self) -> str:
        """Return the term in words: «3 ngày làm việc», «Trong ngày», or why there is none."""
        if self.immediate:
            return "Trong ngày"
        if self.limit is not None:
            return self.limit.text
        return self.absence.label if self.absence else ""


def usual(terms: Sequence[TermView]) -> tuple[TermView, ...]:
    """Return the terms of the usual case at the counter (any channel where there is no counter): general ones, or the first case's."""
    counter = [term for term in terms if term.channel is Channel.COUNTER] or list(terms)
    general = tuple(term for term in counter if term.case_type is None)
    first = min((term.case_type for term in counter if term.case_type is not None), default=None)
    return general or tuple(term for term in counter if term.case_type == first)


def is_immediate(terms: Sequence[TermView]) -> bool:
    """Say whether the usual case is promised for the same day."""
    found = usual(terms)
    return bool(found) and all(term.immediate for term in found)


@dataclass(frozen=True)
class FeeView:
    """A payment as published. Channel or case type None: for all. ``amount`` in đồng; None with ``absence``."""

    name: str
    kind: FeeKind
    channel: Channel | None
    case_type: int | None
    amount: int | None
    absence: FeeAbsence | None
    per: FeePer
    per_text: str
    tiers: tuple[Tier, ...]
    cap: int | None
    is_optional: bool
    raw: str
    note: str
    clause: str


@dataclass(frozen=True)
class ResultView:
    """A result with its national code, where known."""

    name: str
    code: str


@dataclass(frozen=True)
class BasisView:
    """A legal document."""

    number: str
    title: str


@dataclass(frozen=True)
class OutcomeView:
    """How a step may end, and the ordinal of the step that follows; None where the process ends."""

    name: str
    next: int | None


@dataclass(frozen=True)
class StepView:
    """A step of the internal process. ``kind_is_guessed`` where the published process does not say what kind of step it is."""

    id: int
    ordinal: int
    name: str
    kind: StepKind
    unit_text: str
    role_text: str
    time: TimeLimit | None
    outcomes: tuple[OutcomeView, ...]
    note: str
    kind_is_guessed: bool = False


@dataclass(frozen=True)
class VersionView:
    """A version of a procedure with all its parts. ``valid_until`` is the first day out of force, or None.

    ``keywords`` are the other names people use, as the search knows them: without accents.
    """

    id: int
    code: str
    number: int
    title: str
    valid_from: date
    valid_until: date | None
    field: FieldView
    levels: tuple[Level, ...]
    legal_kind: LegalKind
    agency: str
    authority: str
    service_level: ServiceLevel
    partial_reason: PartialReason | None
    subjects: tuple[SubjectKind, ...]
    register: Register
    decision: str
    conditions: str
    origin: str
    confidence: Confidence
    is_listed: bool
    case_types: tuple[CaseTypeView, ...]
    terms: tuple[TermView, ...]
    fees: tuple[FeeView, ...]
    results: tuple[ResultView, ...]
    legal_bases: tuple[BasisView, ...]
    steps: tuple[StepView, ...]
    keywords: str = ""

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Return the channels a file may come by, counter first."""
        offered = {term.channel for term in self.terms}
        return tuple(channel for channel in Channel if channel in offered)

    @property
    def immediate(self) -> bool:
        """Say whether the usual case at the counter is promised for the same day: the one-screen intake.

        Usual is what holds without a case type, or else the first one.
        """
        return is_immediate(self.terms)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return which parts are not known, in Vietnamese; under a version without terms nothing can be received."""
        parts = (
            ("thời hạn giải quyết", self.terms),
            ("thành phần hồ sơ", [paper for case in self.case_types for paper in case.papers]),
            ("kết quả", self.results),
            ("phí, lệ phí", self.fees),
            ("quy trình nội bộ", self.steps),
        )
        return tuple(name for name, rows in parts if not rows)

    def case_type(self, case_type_id: int) -> CaseTypeView:
        """Return one of its case types; ``KeyError`` for a foreign id."""
        return {case.id: case for case in self.case_types}[case_type_id]

    def terms_for(self, channel: Channel, case_type: int | None = None) -> tuple[TermView, ...]:
        """Return the terms of a channel: those of the case type where it has its own, else the general ones."""
        of_channel = [term for term in self.terms if term.channel is channel]
        own = tuple(term for term in of_channel if case_type is not None and term.case_type == case_type)
        return own or tuple(term for term in of_channel if term.case_type is None)

    def fees_for(self, channel: Channel, case_type: int | None = None) -> tuple[FeeView, ...]:
        """Return the payments that hold for a channel and a case type."""
        return tuple(fee for fee in self.fees if fee.channel in (None, channel) and fee.case_type in (None, case_type))


@dataclass(frozen=True)
class ProcedureHit:
    """A procedure found. ``term_text`` is its term at the counter; ``marks`` are the stretches of the title that matched."""

    version_id: int
    code: str
    title: str
    field: FieldView
    levels: tuple[Level, ...]
    service_level: ServiceLevel
    term_text: str
    immediate: bool
    can_receive: bool
    score: float
    marks: tuple[tuple[int, int], ...]

    @property
    def marked_title(self) -> tuple[tuple[str, bool], ...]:
        """Return the title in pieces, each with whether it is marked; joined they are the title."""
        pieces, place = [], 0
        for start, end in self.marks:
            pieces += [(self.title[place:start], False), (self.title[start:end], True)]
            place = end
        return tuple(piece for piece in (*pieces, (self.title[place:], False)) if piece[0])
