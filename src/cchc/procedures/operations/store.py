"""Writing a draft down: the version's row and the rows of its parts."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.kernel.text import clean, fold, vi_key
from cchc.procedures.models import CaseType, ChannelTerm, Fee, Field, LegalBasis, Paper, Procedure, ResultKind, Step, Version
from cchc.procedures.rules.draft import FeeDraft, StepDraft, TermDraft, VersionDraft, digest
from cchc.worktime.api import TimeLimit

Known = dict[str, Field]

_LONGEST_SLUG = 80


def field_of(draft: VersionDraft, known: Known) -> Field:
    """Return the draft's field, found by its folded name or made. ``known`` remembers what was found."""
    name = clean(draft.field_name)
    key = fold(name)
    if key not in known:
        code = draft.field_code or _slug(key)
        values = {"code": code, "official_code": draft.field_official_code, "name": name, "vi_key": vi_key(name)}
        known[key], _ = Field.objects.get_or_create(search_key=key, defaults=values)
    return known[key]


def _slug(key: str) -> str:
    """Return the words joined by dashes; a long one is cut and told from its neighbours by a digest."""
    slug = key.replace(" ", "-")
    return slug if len(slug) <= _LONGEST_SLUG else f"{slug[: _LONGEST_SLUG - 9]}-{sha256(key.encode()).hexdigest()[:8]}"


def store(draft: VersionDraft, *, procedure: Procedure, number: int, valid_from: date, known: Known) -> Version:
    """Insert the version and its parts; nine statements at most, whatever their number."""
    row = Version.objects.create(
        procedure=procedure,
        number=number,
        valid=DateRange(valid_from, None),
        title=clean(draft.title),
        field=field_of(draft, known),
        levels=[level.value for level in draft.levels],
        legal_kind=draft.legal_kind,
        agency=draft.agency,
        authority=draft.authority,
        service_level=draft.service_level,
        partial_reason=draft.partial_reason or "",
        subjects=[kind.value for kind in draft.subjects],
        register=draft.register,
        decision=draft.decision,
        conditions=draft.conditions,
        origin=draft.origin,
        confidence=draft.confidence,
        is_listed=draft.is_listed,
        digest=digest(draft),
        # The leading space lets one pattern, «space + beginning», find the beginning of every word.
        search_key=" " + fold(f"{draft.code} {draft.title} {draft.keywords} {draft.field_name}"),
        vi_key=vi_key(draft.title),
    )
    cases = CaseType.objects.bulk_create(
        CaseType(version=row, ordinal=place, name=clean(case.name), note=case.note) for place, case in enumerate(draft.case_types, 1)
    )
    Paper.objects.bulk_create(
        Paper(
            case_type=case,
            ordinal=place,
            name=clean(paper.name),
            use=paper.use,
            is_required=paper.is_required,
            originals=paper.originals,
            copies=paper.copies,
            form=paper.form,
            replaceable_by=paper.replaceable_by,
            note=paper.note,
        )
        for case, made in zip(cases, draft.case_types, strict=True)
        for place, paper in enumerate(made.papers, 1)
    )
    ChannelTerm.objects.bulk_create(_terms(row, cases, draft.terms))
    Fee.objects.bulk_create(_fee(row, cases, fee, place) for place, fee in enumerate(draft.fees, 1))
    ResultKind.objects.bulk_create(
        ResultKind(version=row, ordinal=place, code=result.code, name=clean(result.name)) for place, result in enumerate(draft.results, 1)
    )
    LegalBasis.objects.bulk_create(
        LegalBasis(version=row, ordinal=place, number=basis.number, title=basis.title) for place, basis in enumerate(draft.legal_bases, 1)
    )
    Step.objects.bulk_create(_step(row, step, place) for place, step in enumerate(draft.steps, 1))
    return row


def _terms(row: Version, cases: list[CaseType], drafts: tuple[TermDraft, ...]) -> list[ChannelTerm]:
    rows: list[ChannelTerm] = []
    places: dict[tuple[str, int], int] = {}
    for term in drafts:
        key = (term.channel, term.case_type)
        places[key] = places.get(key, 0) + 1
        rows.append(
            ChannelTerm(
                version=row,
                channel=term.channel,
                case_type=cases[term.case_type - 1] if term.case_type else None,
                ordinal=places[key],
                absence=term.absence or "",
                raw=term.raw,
                note=term.note,
                **_amount(term.limit),
            )
        )
    return rows


def _fee(row: Version, cases: list[CaseType], fee: FeeDraft, place: int) -> Fee:
    return Fee(
        version=row,
        ordinal=place,
        channel=fee.channel or "",
        case_type=cases[fee.case_type - 1] if fee.case_type else None,
        name=clean(fee.name),
        kind=fee.kind,
        amount=fee.amount,
        absence=fee.absence or "",
        per=fee.per,
        per_text=fee.per_text,
        tiers=[{"from": tier.start, "amount": tier.amount} for tier in fee.tiers],
        cap=fee.cap,
        is_optional=fee.is_optional,
        raw=fee.raw,
        note=fee.note,
        clause=fee.clause,
    )


def _step(row: Version, step: StepDraft, place: int) -> Step:
    return Step(
        version=row,
        ordinal=place,
        name=clean(step.name),
        kind=step.kind or "",
        unit_text=step.unit_text,
        role_text=step.role_text,
        outcomes=json.loads(json.dumps([{"name": outcome.name, "next": outcome.next} for outcome in step.outcomes])),
        note=step.note,
        **_amount(step.time),
    )


def _amount(limit: str) -> dict[str, Any]:
    if not limit:
        return {"amount": None, "unit": ""}
    parsed = TimeLimit.parse(limit)
    return {"amount": parsed.amount, "unit": parsed.unit.value}
