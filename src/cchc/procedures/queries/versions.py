"""One version with all its parts."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.standing import kept
from cchc.kernel.text import fold
from cchc.procedures.models import CaseType, ChannelTerm, Fee, LegalBasis, Paper, Procedure, ResultKind, Step, Version
from cchc.procedures.queries.views import (
    BasisView,
    CaseTypeView,
    FeeView,
    FieldView,
    OutcomeView,
    PaperView,
    ResultView,
    StepView,
    TermView,
    VersionView,
)
from cchc.procedures.rules.fees import Tier
from cchc.procedures.rules.steps import kinds
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
from cchc.worktime.api import LimitUnit, TimeLimit


def version_for(code: str, on: date) -> VersionView:
    """Return the version of a procedure in force on a day.

    Raises ``NotFound`` for a code that does not exist, ``Refused(field="procedure")`` when it is out of force on that day,
    naming the day it ended or begins.
    """
    seen = _seen(code)
    for view in seen:
        if view.valid_from <= on and (view.valid_until is None or on < view.valid_until):
            return view
    row = _whole().in_force(on).filter(procedure__code=code).first()
    if row is not None:
        seen.append(_view(row))
        return seen[-1]
    if not Procedure.objects.filter(code=code).exists():
        raise NotFound(f"Không có thủ tục mã {code} trong danh mục.", field="procedure")
    raise Refused(_out_of_force(code, on), field="procedure")


@kept
def _seen(code: str) -> list[VersionView]:  # noqa: ARG001 (the key under which it is kept)
    """Return the versions of a procedure read so far while everything stands still; a new, empty list otherwise."""
    return []


@kept
def version(version_id: int) -> VersionView:
    """Return a version by its id, in force or not: a running case keeps its own. Raises ``NotFound``."""
    row = _whole().filter(pk=version_id).first()
    if row is None:
        raise NotFound("Không có phiên bản thủ tục này.")
    return _view(row)


@kept
def steps_of(version_id: int) -> tuple[StepView, ...]:
    """Return the internal process of a version, in order; none where none was published. One query."""
    return _steps(list(Step.objects.filter(version_id=version_id).order_by("ordinal")))


def versions_of(code: str) -> tuple[VersionView, ...]:
    """Return every version of a procedure, newest first. Raises ``NotFound`` for an unknown code."""
    rows = tuple(_view(row) for row in _whole().filter(procedure__code=code).order_by("-number"))
    if not rows:
        raise NotFound(f"Không có thủ tục mã {code} trong danh mục.", field="procedure")
    return rows


def _out_of_force(code: str, on: date) -> str:
    periods = Version.objects.filter(procedure__code=code).values_list("valid", flat=True)
    ended = max((period.upper for period in periods if period.upper is not None and period.upper <= on), default=None)
    if ended is not None:
        return f"Thủ tục {code} hết hiệu lực từ {ended:%d/%m/%Y}. Hãy tìm thủ tục thay thế trong danh mục."
    begins = min((period.lower for period in periods), default=None)
    if begins is None:
        return f"Thủ tục {code} chưa được công bố phiên bản nào. Hãy công bố trước khi tiếp nhận."
    return f"Thủ tục {code} chỉ có hiệu lực từ {begins:%d/%m/%Y}. Hãy kiểm tra lại ngày tiếp nhận."


def _whole() -> "QuerySet[Version]":
    """Return versions with all parts loaded: one query and eight prefetches, whatever the number of rows."""
    papers = Prefetch("papers", queryset=Paper.objects.order_by("ordinal"))
    return Version.objects.select_related("procedure", "field").prefetch_related(
        Prefetch("case_types", queryset=CaseType.objects.order_by("ordinal").prefetch_related(papers)),
        Prefetch("channel_terms", queryset=ChannelTerm.objects.order_by("channel", "case_type_id", "ordinal")),
        Prefetch("fees", queryset=Fee.objects.order_by("ordinal")),
        Prefetch("results", queryset=ResultKind.objects.order_by("ordinal")),
        Prefetch("legal_bases", queryset=LegalBasis.objects.order_by("ordinal")),
        Prefetch("steps", queryset=Step.objects.order_by("ordinal")),
    )


def _view(row: Version) -> VersionView:
    return VersionView(
        id=row.pk,
        code=row.procedure.code,
        number=row.number,
        title=row.title,
        valid_from=row.valid.lower,
        valid_until=row.valid.upper,
        field=FieldView(code=row.field.code, name=row.field.name, official_code=row.field.official_code),
        levels=tuple(Level(level) for level in row.levels),
        legal_kind=LegalKind(row.legal_kind),
        agency=row.agency,
        authority=row.authority,
        service_level=ServiceLevel(row.service_level),
        partial_reason=PartialReason(row.partial_reason) if row.partial_reason else None,
        subjects=tuple(SubjectKind(kind) for kind in row.subjects),
        register=Register(row.register),
        decision=row.decision,
        conditions=row.conditions,
        origin=row.origin,
        confidence=Confidence(row.confidence),
        is_listed=row.is_listed,
        case_types=tuple(_case_type(case) for case in row.case_types.all()),
        terms=tuple(term_view(term) for term in row.channel_terms.all()),
        fees=tuple(_fee(fee) for fee in row.fees.all()),
        results=tuple(ResultView(name=result.name, code=result.code) for result in row.results.all()),
        legal_bases=tuple(BasisView(number=basis.number, title=basis.title) for basis in row.legal_bases.all()),
        steps=_steps(list(row.steps.all())),
        keywords=_keywords(row),
    )


def _keywords(row: Version) -> str:
    """Return what stands in the search key between title and field: the keywords, folded."""
    key = row.search_key.strip()
    return key.removeprefix(fold(f"{row.procedure.code} {row.title}")).removesuffix(fold(row.field.name)).strip()


def _case_type(row: CaseType) -> CaseTypeView:
    papers = tuple(
        PaperView(
            id=paper.pk,
            ordinal=paper.ordinal,
            name=paper.name,
            use=PaperUse(paper.use),
            is_required=paper.is_required,
            originals=paper.originals,
            copies=paper.copies,
            form=paper.form,
            replaceable_by=paper.replaceable_by,
            note=paper.note,
        )
        for paper in row.papers.all()
    )
    return CaseTypeView(id=row.pk, ordinal=row.ordinal, name=row.name, note=row.note, papers=papers)


def term_view(row: ChannelTerm) -> TermView:
    """Return the view of a term's row."""
    return TermView(
        channel=Channel(row.channel),
        case_type=row.case_type_id,
        limit=_limit(row.amount, row.unit),
        absence=TermAbsence(row.absence) if row.absence else None,
        raw=row.raw,
        note=row.note,
    )


def _fee(row: Fee) -> FeeView:
    return FeeView(
        name=row.name,
        kind=FeeKind(row.kind),
        channel=Channel(row.channel) if row.channel else None,
        case_type=row.case_type_id,
        amount=row.amount,
        absence=FeeAbsence(row.absence) if row.absence else None,
        per=FeePer(row.per),
        per_text=row.per_text,
        tiers=tuple(Tier(start=tier["from"], amount=tier["amount"]) for tier in row.tiers),
        cap=row.cap,
        is_optional=row.is_optional,
        raw=row.raw,
        note=row.note,
        clause=row.clause,
    )


def _steps(rows: list[Step]) -> tuple[StepView, ...]:
    found = kinds([(StepKind(step.kind) if step.kind else None, step.name) for step in rows])
    return tuple(_step(step, kind) for step, kind in zip(rows, found, strict=True))


def _step(row: Step, kind: StepKind) -> StepView:
    return StepView(
        id=row.pk,
        ordinal=row.ordinal,
        name=row.name,
        kind=kind,
        unit_text=row.unit_text,
        role_text=row.role_text,
        time=_limit(row.amount, row.unit),
        outcomes=tuple(OutcomeView(name=outcome["name"], next=outcome["next"]) for outcome in row.outcomes),
        note=row.note,
        kind_is_guessed=not row.kind,
    )


def _limit(amount: int | None, unit: str) -> TimeLimit | None:
    return None if amount is None else TimeLimit(amount=amount, unit=LimitUnit(unit))
