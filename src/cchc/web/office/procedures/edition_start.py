"""What the editor begins with: a published version, an empty one, or a draft that was left."""

from datetime import date

from cchc.procedures import api as procedures
from cchc.web.office.procedures.edition_rows import FRESH, Row, Rows


def rows_of(draft: procedures.VersionDraft, *, valid_from: date) -> Rows:
    """Return a draft as the rows of the screen."""
    rows = Rows()
    rows.general = {
        "code": draft.code,
        "title": draft.title,
        "field_name": draft.field_name,
        "keywords": draft.keywords,
        "legal_kind": draft.legal_kind,
        "agency": draft.agency,
        "authority": draft.authority,
        "service_level": draft.service_level,
        "partial_reason": draft.partial_reason or "",
        "register": draft.register,
        "decision": draft.decision,
        "conditions": draft.conditions,
        "origin": draft.origin,
        "confidence": draft.confidence,
        "valid_from": f"{valid_from:%d/%m/%Y}",
        **({"is_listed": "1"} if draft.is_listed else {}),
        **{f"level-{level}": "1" for level in draft.levels},
        **{f"subject-{kind}": "1" for kind in draft.subjects},
    }
    rows.sections = {
        "case": [_case(case) for case in draft.case_types],
        "term": [_term(term) for term in draft.terms],
        "fee": [_fee(fee) for fee in draft.fees],
        "step": step_rows(draft.steps),
        "result": [{"name": result.name, "code": result.code} for result in draft.results],
        "basis": [{"number": basis.number, "title": basis.title} for basis in draft.legal_bases],
    }
    return rows


def empty(*, valid_from: date) -> Rows:
    """Return the rows of a new procedure: one case with one paper, one term, a process of three steps, one result, one basis."""
    kinds = procedures.StepKind
    steps = (
        procedures.StepDraft(name=kinds.INTAKE.label, kind=kinds.INTAKE, outcomes=(procedures.OutcomeDraft("Hồ sơ đủ", 2),)),
        procedures.StepDraft(name=kinds.PROCESS.label, kind=kinds.PROCESS, outcomes=(procedures.OutcomeDraft("Đủ điều kiện", 3),)),
        procedures.StepDraft(name="Ký, trả kết quả", kind=kinds.APPROVE, outcomes=(procedures.OutcomeDraft("Đã ký"),)),
    )
    rows = rows_of(procedures.VersionDraft(code="", title="", field_name="", origin="", steps=steps), valid_from=valid_from)
    rows.sections["case"][0]["paper"] = [dict(FRESH["paper"])]
    rows.sections["term"] = [dict(FRESH["term"])]
    rows.sections["result"] = [{}]
    rows.sections["basis"] = [{}]
    return rows


def step_rows(steps: tuple[procedures.StepDraft, ...]) -> list[Row]:
    """Return steps as rows of the screen."""
    return [
        {
            "name": step.name,
            "kind": step.kind or "",
            "unit": step.unit_text,
            "role": step.role_text,
            "time": procedures.said_limit(step.time),
            "note": step.note,
            "outcome": [{"name": way.name, "next": way.next or ""} for way in step.outcomes],
        }
        for step in steps
    ]


def _case(case: procedures.CaseTypeDraft) -> Row:
    papers = [
        {
            "name": paper.name,
            "use": paper.use,
            "originals": paper.originals,
            "copies": paper.copies,
            "form": paper.form,
            "replaceable_by": paper.replaceable_by,
            "note": paper.note,
            **({"required": "1"} if paper.is_required else {}),
        }
        for paper in case.papers
    ]
    return {"name": case.name, "note": case.note, "paper": papers}


def _term(term: procedures.TermDraft) -> Row:
    said = procedures.said_limit(term.limit) if term.limit else term.absence.label if term.absence else ""
    return {"channel": term.channel, "case": term.case_type or "", "limit": said, "note": term.note, "raw": term.raw}


def _fee(fee: procedures.FeeDraft) -> Row:
    return {
        "name": fee.name,
        "kind": fee.kind,
        "amount": "" if fee.amount is None else fee.amount,
        "absence": fee.absence or "",
        "channel": fee.channel or "",
        "case": fee.case_type or "",
        "per": fee.per,
        "per_text": fee.per_text,
        "cap": "" if fee.cap is None else fee.cap,
        "note": fee.note,
        "raw": fee.raw,
        "clause": fee.clause,
        "tier": [{"start": tier.start, "amount": tier.amount} for tier in fee.tiers],
        **({"optional": "1"} if fee.is_optional else {}),
    }
