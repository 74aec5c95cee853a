"""The format of the catalogue's reference files, read into drafts. The format is described beside the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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

Row = Mapping[str, Any]

# What a [[procedure]] may say; a file may say the same at its top for all of its procedures.
KEYS = frozenset(
    {
        *("code", "title", "field", "field_code", "field_official", "source", "confidence", "valid_from", "levels", "legal_kind"),
        *("agency", "authority", "service", "subjects", "register", "decision", "conditions", "keywords", "channels", "terms"),
        *("fees", "cases", "papers", "results", "legal_bases", "process"),
    }
)


@dataclass(frozen=True)
class Seeded:
    """A draft and the first day it is in force."""

    draft: VersionDraft
    valid_from: date


def seeded(row: Row, *, defaults: Row, processes: Mapping[str, Sequence[Row]]) -> Seeded:
    """Return the draft of one [[procedure]]. Raises ``ValueError`` (Vietnamese) naming the code and what is wrong."""
    whole = {**defaults, **row}
    try:
        unknown = sorted(set(whole) - KEYS)
        if unknown:
            raise ValueError(f"có khóa lạ: {', '.join(unknown)}")
        return Seeded(draft=_draft(whole, processes), valid_from=whole["valid_from"])
    except (KeyError, ValueError, TypeError) as problem:
        raise ValueError(f"Thủ tục {whole.get('code', '(không mã)')}: {problem}") from problem


def _draft(row: Row, processes: Mapping[str, Sequence[Row]]) -> VersionDraft:
    terms = _terms(row)
    service, _, reason = row.get("service", "unknown").partition(":")
    return VersionDraft(
        code=row["code"],
        title=row["title"],
        field_name=row["field"],
        field_code=row.get("field_code", ""),
        field_official_code=row.get("field_official", ""),
        origin=row["source"],
        confidence=Confidence(row["confidence"]),
        levels=tuple(Level(level) for level in row["levels"]),
        legal_kind=LegalKind(row.get("legal_kind", "detailed")),
        agency=row.get("agency", ""),
        authority=row.get("authority", ""),
        service_level=ServiceLevel(service),
        partial_reason=PartialReason(reason) if reason else None,
        subjects=tuple(SubjectKind(kind) for kind in row.get("subjects", ())),
        register=Register(row.get("register", "none")),
        decision=row.get("decision", ""),
        conditions=row.get("conditions", ""),
        keywords=row.get("keywords", ""),
        case_types=_cases(row),
        terms=terms,
        fees=tuple(_fee(fee) for fee in row.get("fees", ())),
        results=tuple(ResultDraft(**({"name": result} if isinstance(result, str) else result)) for result in row["results"]),
        legal_bases=tuple(BasisDraft(number=number) for number in row["legal_bases"]),
        steps=_steps(processes[row["process"]], terms),
    )


def _cases(row: Row) -> tuple[CaseTypeDraft, ...]:
    if "cases" in row:
        return tuple(
            CaseTypeDraft(name=case["name"], note=case.get("note", ""), papers=tuple(_paper(paper) for paper in case["papers"]))
            for case in row["cases"]
        )
    return (CaseTypeDraft(papers=tuple(_paper(paper) for paper in row["papers"])),)


def _paper(paper: str | Row) -> PaperDraft:
    if isinstance(paper, str):
        return PaperDraft(name=paper)
    known = dict(paper)
    use = PaperUse(known.pop("use", "submit"))
    return PaperDraft(use=use, is_required=not known.pop("optional", False), **known)


def _terms(row: Row) -> tuple[TermDraft, ...]:
    """Return the terms of ``channels`` (channel → limit, for every case) and of ``terms`` (rows)."""
    plain = [TermDraft(channel=Channel(channel), **_limit(limit)) for channel, limit in row.get("channels", {}).items()]
    rows = [
        TermDraft(channel=Channel(term["channel"]), case_type=term.get("case", 0), note=term.get("note", ""), **_limit(term["limit"]))
        for term in row.get("terms", ())
    ]
    return (*plain, *rows)


def _limit(text: str) -> dict[str, Any]:
    absences = TermAbsence.values()
    return {"absence": TermAbsence(text)} if text in absences else {"limit": text}


def _fee(row: Row) -> FeeDraft:
    known = dict(row)
    amount = known.pop("amount")
    return FeeDraft(
        kind=FeeKind(known.pop("kind", "open")),
        amount=None if isinstance(amount, str) else amount,
        absence=FeeAbsence(amount) if isinstance(amount, str) else None,
        channel=Channel(known.pop("channel")) if "channel" in known else None,
        case_type=known.pop("case", 0),
        per=FeePer(known.pop("per", "case")),
        tiers=tuple(TierDraft(start=tier["from"], amount=tier["amount"]) for tier in known.pop("tiers", ())),
        is_optional=known.pop("optional", False),
        **known,
    )


def _steps(rows: Sequence[Row], terms: tuple[TermDraft, ...]) -> tuple[StepDraft, ...]:
    """Return the steps of a named process. The step whose time is ``rest`` gets what the others leave of the shortest term."""
    given = [row.get("time", "") for row in rows]
    spent = sum(_hours(time) for time in given if time not in ("", "rest"))
    working = [term.limit for term in terms if term.limit.endswith(("wd", "wh"))]
    shortest = min((_hours(limit) for limit in working), default=0)
    rest = f"{shortest - spent}wh" if shortest > spent and len(working) == sum(bool(term.limit) for term in terms) else ""
    timed = shortest >= spent
    return tuple(
        StepDraft(
            name=row["name"],
            kind=StepKind(row["kind"]) if "kind" in row else None,
            unit_text=row.get("unit", ""),
            role_text=row.get("role", ""),
            time=(rest if time == "rest" else time) if timed else "",
            outcomes=tuple(OutcomeDraft(name=outcome["name"], next=outcome.get("next")) for outcome in row.get("outcomes", ())),
            note=row.get("note", ""),
        )
        for row, time in zip(rows, given, strict=True)
    )


def _hours(limit: str) -> int:
    return int(limit[:-2]) * (8 if limit.endswith("wd") else 1)
