"""What changed from one version to the next, in words a person can check against the decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from cchc.kernel.text import fold, money
from cchc.procedures.rules.draft import CaseTypeDraft, FeeDraft, PaperDraft, StepDraft, TermDraft, VersionDraft

_PLAIN = {
    "title": "Tên thủ tục",
    "field_name": "Lĩnh vực",
    "agency": "Cơ quan thực hiện",
    "authority": "Cơ quan có thẩm quyền",
    "legal_kind": "Loại thủ tục",
    "service_level": "Mức độ dịch vụ công trực tuyến",
    "partial_reason": "Lý do chỉ trực tuyến một phần",
    "register": "Sổ cấp số kết quả",
    "decision": "Quyết định công bố",
    "conditions": "Yêu cầu, điều kiện",
    "origin": "Nguồn",
    "confidence": "Độ tin cậy",
}
_LONGEST = 360


@dataclass(frozen=True)
class Change:
    """One change: what it is about, and what was and is there. An empty side means that there was or is nothing."""

    what: str
    before: str = ""
    after: str = ""


def changes(old: VersionDraft, new: VersionDraft) -> tuple[Change, ...]:
    """Return what the new version says otherwise, in the order of a published record; empty when both say the same."""
    return tuple(_all(old, new))


def _all(old: VersionDraft, new: VersionDraft) -> Iterator[Change]:
    for name, words in _PLAIN.items():
        yield from _differs(words, _said(getattr(old, name)), _said(getattr(new, name)))
    yield from _differs("Cấp thực hiện", _listed(old.levels), _listed(new.levels))
    yield from _differs("Đối tượng thực hiện", _listed(old.subjects), _listed(new.subjects))
    yield from _differs("Công khai trên cổng", _yes(value=old.is_listed), _yes(value=new.is_listed))
    yield from _cases(old.case_types, new.case_types)
    yield from _rows("Thời hạn", _terms(old), _terms(new))
    yield from _rows("Khoản thu", _fees(old), _fees(new))
    yield from _rows("Kết quả", {fold(row.name): row.name for row in old.results}, {fold(row.name): row.name for row in new.results})
    yield from _rows("Căn cứ", {row.number: row.number for row in old.legal_bases}, {row.number: row.number for row in new.legal_bases})
    yield from _steps(old, new)


def _cases(old: tuple[CaseTypeDraft, ...], new: tuple[CaseTypeDraft, ...]) -> Iterator[Change]:
    before, after = {fold(case.name): case for case in old}, {fold(case.name): case for case in new}
    for key, case in before.items():
        if key not in after:
            yield Change("Trường hợp", before=case.name)
    for key, case in after.items():
        if key not in before:
            yield Change("Trường hợp", after=f"{case.name}, {len(case.papers)} giấy tờ")
        else:
            was = {fold(paper.name): _paper(paper) for paper in before[key].papers}
            now = {fold(paper.name): _paper(paper) for paper in case.papers}
            yield from _rows(f"Giấy tờ, trường hợp «{case.name}»", was, now)


def _steps(old: VersionDraft, new: VersionDraft) -> Iterator[Change]:
    for place, (was, now) in enumerate(zip_longest(old.steps, new.steps), start=1):
        yield from _differs(f"Bước {place}", _step(was) if was else "", _step(now) if now else "")


def _terms(draft: VersionDraft) -> dict[str, str]:
    found: dict[str, str] = {}
    for term in draft.terms:
        key = f"{term.channel}/{term.case_type}"
        said = f"{term.channel.label}{_case(draft, term.case_type)}: {_limit(term)}"
        found[key] = f"{found[key]}; {said}" if key in found else said
    return found


def _fees(draft: VersionDraft) -> dict[str, str]:
    found: dict[str, str] = {}
    for fee in draft.fees:
        key = f"{fold(fee.name)}/{fee.channel}/{fee.case_type}"
        said = f"{fee.name}{_case(draft, fee.case_type)}{f', {fee.channel.label.lower()}' if fee.channel else ''}: {_amount(fee)}"
        found[key] = f"{found[key]}; {said}" if key in found else said
    return found


def _rows(what: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    """Compare rows by their keys: gone, changed and new ones."""
    for key in [*before, *(key for key in after if key not in before)]:
        yield from _differs(what, before.get(key, ""), after.get(key, ""))


def _differs(what: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(what, _cut(before), _cut(after))


def _paper(paper: PaperDraft) -> str:
    counts = f"{paper.originals} bản chính, {paper.copies} bản sao"
    return ", ".join(
        part for part in (paper.name, paper.use.label.lower(), counts, "" if paper.is_required else "nếu có", paper.form) if part
    )


def _limit(term: TermDraft) -> str:
    return said_limit(term.limit) if term.limit else term.absence.label if term.absence else ""


def said_limit(limit: str) -> str:
    """Return ``5wd`` in words; what is not in the notation as it stands."""
    words = {"wd": "ngày làm việc", "wh": "giờ làm việc", "d": "ngày", "m": "tháng"}
    number = limit.rstrip("wdhm")
    if limit == "0wd":
        return "trong ngày"
    return f"{number} {words[limit[len(number) :]]}" if limit[len(number) :] in words else limit


def _amount(fee: FeeDraft) -> str:
    if fee.amount is None:
        return fee.absence.label if fee.absence else ""
    tiers = "".join(f", từ trang {tier.start} {money(tier.amount)}" for tier in fee.tiers[1:])
    cap = f", tối đa {money(fee.cap)} một bản" if fee.cap is not None else ""
    return f"{money(fee.amount)} một {fee.per_text or fee.per.label}{tiers}{cap}"


def _step(step: StepDraft) -> str:
    ways = "; ".join(f"{way.name} → {way.next or 'kết thúc'}" for way in step.outcomes)
    kind = step.kind.label if step.kind else ""
    return ", ".join(part for part in (step.name, kind, step.unit_text, step.role_text, said_limit(step.time), ways) if part)


def _case(draft: VersionDraft, place: int) -> str:
    return f", trường hợp «{draft.case_types[place - 1].name}»" if 0 < place <= len(draft.case_types) else ""


def _said(value: Any) -> str:
    return str(getattr(value, "label", value) or "")


def _listed(values: tuple[Any, ...]) -> str:
    return ", ".join(value.label for value in values)


def _yes(*, value: bool) -> str:
    return "có" if value else "không"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
