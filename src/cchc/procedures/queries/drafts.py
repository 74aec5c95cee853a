"""Unfinished versions, and a published one as the draft of its follower."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc.procedures.models import Draft
from cchc.procedures.queries.views import CaseTypeView, FeeView, StepView, TermView, VersionView
from cchc.procedures.rules.draft import (
    BasisDraft,
    CaseTypeDraft,
    FeeDraft,
    OutcomeDraft,
    PaperDraft,
    ResultDraft,
    StepDraft,
    TermDraft,
    TierDraft,
    VersionDraft,
)


@dataclass(frozen=True)
class DraftView:
    """An unfinished version: what was typed, from which version it began, who saved it last."""

    code: str
    title: str
    base: int
    revision: int
    content: dict[str, Any]
    saved_by: str
    saved_at: datetime


def draft(code: str) -> DraftView | None:
    """Return the unfinished version of a code, or None."""
    row = Draft.objects.filter(code=code).first()
    return _view(row) if row else None


def drafts() -> tuple[DraftView, ...]:
    """Return all unfinished versions, the last saved first."""
    return tuple(_view(row) for row in Draft.objects.order_by("-saved_at", "code"))


def _view(row: Draft) -> DraftView:
    return DraftView(row.code, row.title, row.base, row.revision, row.content, row.saved_by, row.saved_at)


def draft_of(view: VersionView) -> VersionDraft:
    """Return a published version as a draft: what its follower begins from, and what it is compared with. No query."""
    places = {case.id: place for place, case in enumerate(view.case_types, start=1)}
    return VersionDraft(
        code=view.code,
        title=view.title,
        field_name=view.field.name,
        field_code=view.field.code,
        field_official_code=view.field.official_code,
        origin=view.origin,
        levels=view.levels,
        legal_kind=view.legal_kind,
        agency=view.agency,
        authority=view.authority,
        service_level=view.service_level,
        partial_reason=view.partial_reason,
        subjects=view.subjects,
        register=view.register,
        decision=view.decision,
        conditions=view.conditions,
        confidence=view.confidence,
        is_listed=view.is_listed,
        keywords=view.keywords,
        case_types=tuple(_case_type(case) for case in view.case_types),
        terms=tuple(_term(term, places) for term in view.terms),
        fees=tuple(_fee(fee, places) for fee in view.fees),
        results=tuple(ResultDraft(name=result.name, code=result.code) for result in view.results),
        legal_bases=tuple(BasisDraft(number=basis.number, title=basis.title) for basis in view.legal_bases),
        steps=tuple(_step(step) for step in view.steps),
    )


def _case_type(view: CaseTypeView) -> CaseTypeDraft:
    papers = tuple(
        PaperDraft(
            name=paper.name,
            originals=paper.originals,
            copies=paper.copies,
            use=paper.use,
            is_required=paper.is_required,
            form=paper.form,
            replaceable_by=paper.replaceable_by,
            note=paper.note,
        )
        for paper in view.papers
    )
    return CaseTypeDraft(name=view.name, note=view.note, papers=papers)


def _term(view: TermView, places: dict[int, int]) -> TermDraft:
    return TermDraft(
        channel=view.channel,
        limit=str(view.limit) if view.limit else "",
        absence=view.absence,
        case_type=places.get(view.case_type or 0, 0),
        raw=view.raw,
        note=view.note,
    )


def _fee(view: FeeView, places: dict[int, int]) -> FeeDraft:
    return FeeDraft(
        name=view.name,
        kind=view.kind,
        amount=view.amount,
        absence=view.absence,
        channel=view.channel,
        case_type=places.get(view.case_type or 0, 0),
        per=view.per,
        per_text=view.per_text,
        tiers=tuple(TierDraft(start=tier.start, amount=tier.amount) for tier in view.tiers),
        cap=view.cap,
        is_optional=view.is_optional,
        raw=view.raw,
        note=view.note,
        clause=view.clause,
    )


def _step(view: StepView) -> StepDraft:
    return StepDraft(
        name=view.name,
        kind=None if view.kind_is_guessed else view.kind,
        unit_text=view.unit_text,
        role_text=view.role_text,
        time=str(view.time) if view.time else "",
        outcomes=tuple(OutcomeDraft(name=way.name, next=way.next) for way in view.outcomes),
        note=view.note,
    )
