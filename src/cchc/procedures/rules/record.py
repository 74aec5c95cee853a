"""A row of a source made into a draft, with what had to be left to a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cchc.kernel.text import clean, fold
from cchc.procedures.rules import portal
from cchc.procedures.rules.draft import FeeDraft, TermDraft, TierDraft, VersionDraft
from cchc.procedures.rules.parsing import ReadFee, ReadTerm, read_fee, read_term
from cchc.procedures.terms import Channel, Confidence, FeeAbsence, FeeKind, Level, TermAbsence

_CODE = re.compile(r"^\d\.\d{6}(?:\.[0-9A-Z.]+)?$")
_GLUED = "Thời hạn và phí dính liền nhau, không tách chắc chắn được."


@dataclass(frozen=True)
class Open:
    """Something a person must settle: ``what`` is ``term``, ``fee``, ``title`` or ``version``; ``raw`` is what stands in the source."""

    what: str
    raw: str
    why: str
    channel: Channel | None = None


@dataclass(frozen=True)
class ReadRow:
    """A draft, what is open in it, and how many terms and payments stand in the source and were read."""

    draft: VersionDraft
    open: tuple[Open, ...] = ()
    terms: int = 0
    terms_read: int = 0
    fees: int = 0
    fees_read: int = 0


def from_list(values: Mapping[str, str], *, origin: str) -> ReadRow:
    """Return the draft of a list's row: code, title, field, agency. Levels are taken from the agency's words. Raises ``ValueError``."""
    code, title = _named(values.get("code", ""), values.get("title", ""), values.get("field", ""))
    draft = VersionDraft(
        code=code,
        title=title,
        field_name=clean(values["field"]),
        origin=origin,
        levels=_levels_of(values.get("agency", ""), title),
        agency=clean(values.get("agency", "")),
        authority=clean(values.get("issuer", "")),
        confidence=Confidence.IMPORTED,
    )
    return ReadRow(draft=draft)


def from_record(values: Mapping[str, str], *, origin: str) -> ReadRow:
    """Return the draft of a whole record of the portal. Raises ``ValueError`` (Vietnamese) when it names no procedure."""
    code, title = _named(values["ma_thu_tuc"], values["ten_thu_tuc"], values["linh_vuc"])
    rows = portal.channel_rows(values.get("cach_thuc_thuc_hien", ""))
    read = [(row, ReadTerm(absence=TermAbsence.UNREADABLE, why=_GLUED) if row.is_glued else read_term(row.term)) for row in rows]
    fees = [(row, cell, _read_fee(row, cell)) for row in rows for cell in row.fees]
    terms = _terms(read)
    found = [Open("term", row.term, term.why, row.channel) for row, term in read if term.why]
    found += [Open("fee", _printed(cell), fee.why, row.channel) for row, cell, fee in fees if fee.amount is None]
    found += _ambiguous(terms)
    if not rows:
        found.append(Open("term", clean(values.get("cach_thuc_thuc_hien", ""))[:200], "Không tách được bảng cách thức thực hiện."))
    draft = VersionDraft(
        code=code,
        title=title,
        field_name=clean(values["linh_vuc"]),
        origin=origin,
        levels=portal.levels(values["cap_thuc_hien"]),
        legal_kind=portal.legal_kind(values.get("loai_thu_tuc", "")),
        agency=portal.stated(values.get("co_quan_thuc_hien", "")),
        authority=portal.stated(values.get("co_quan_co_tham_quyen", "")),
        subjects=portal.subjects(values.get("doi_tuong_thuc_hien", "")),
        decision=clean(values.get("so_quyet_dinh", "")),
        conditions=portal.stated(values.get("yeu_cau_dieu_kien", "")),
        confidence=Confidence.IMPORTED,
        case_types=portal.case_types(values.get("thanh_phan_ho_so", "")),
        terms=terms,
        fees=tuple(dict.fromkeys(_fee(row, cell, fee) for row, cell, fee in fees)),
        results=portal.results(values.get("ket_qua_xu_ly", "")),
        legal_bases=portal.legal_bases(values.get("can_cu_phap_ly", "")),
        steps=portal.steps(values.get("trinh_tu_thuc_hien", "")),
    )
    return ReadRow(
        draft=draft,
        open=tuple(found),
        terms=len(read),
        terms_read=sum(not term.why for _, term in read),
        fees=len(fees),
        fees_read=sum(fee.amount is not None for _, _, fee in fees),
    )


def _named(code: str, title: str, field: str) -> tuple[str, str]:
    code, title = clean(code), clean(title)
    if not _CODE.match(code):
        raise ValueError(f"Mã thủ tục «{code}» không đúng dạng 1.004873.")
    if not title:
        raise ValueError("Thiếu tên thủ tục.")
    if not clean(field):
        raise ValueError("Thiếu lĩnh vực.")
    return code, title


def _levels_of(agency: str, title: str) -> tuple[Level, ...]:
    """Return the levels that the agency's words (or else the title's) name; OTHER where they name none."""
    for text in (fold(agency), fold(title)):
        found = [
            level
            for level, words in (
                (Level.MINISTRY, (r"\bbo\b(?! phan)", r"\bcuc\b", r"\btrung uong\b")),
                (Level.PROVINCE, (r"\bcap tinh\b", r"\bso [a-z]", r"\bcong an tinh\b")),
                (Level.DISTRICT, (r"\bcap huyen\b",)),
                (Level.COMMUNE, (r"\bcap xa\b", r"\bphuong thi tran\b")),
            )
            if any(re.search(word, text) for word in words)
        ]
        if found:
            return tuple(found)
    return (Level.OTHER,)


def _read_fee(row: portal.ChannelRow, cell: portal.FeeCell) -> ReadFee:
    if row.is_glued:
        return ReadFee(absence=FeeAbsence.UNREADABLE, why=_GLUED)
    return read_fee(cell.raw, note=cell.note, description=row.description)


def _terms(read: list[tuple[portal.ChannelRow, ReadTerm]]) -> tuple[TermDraft, ...]:
    """Return the terms, one for rows of a channel that say the same and one for each that differs."""
    kept: dict[tuple[Channel, str, TermAbsence | None], TermDraft] = {}
    for row, term in read:
        draft = TermDraft(channel=row.channel, limit=term.limit, absence=term.absence, raw=row.term, note=row.description)
        kept.setdefault((row.channel, term.limit, term.absence), draft)
    return tuple(kept.values())


def _ambiguous(terms: tuple[TermDraft, ...]) -> list[Open]:
    found = []
    for channel in Channel:
        limits = [term.raw for term in terms if term.channel is channel]
        if len(limits) > 1:
            found.append(Open("term", " | ".join(limits), "Một hình thức nộp có nhiều thời hạn, phân biệt bằng lời.", channel))
    return found


def _fee(row: portal.ChannelRow, cell: portal.FeeCell, fee: ReadFee) -> FeeDraft:
    kind = FeeKind.OPEN
    if fold(cell.note).startswith("le phi"):
        kind = FeeKind.CHARGE
    elif fold(cell.note).startswith("phi"):
        kind = FeeKind.FEE
    return FeeDraft(
        name="Phí, lệ phí",
        kind=kind,
        amount=fee.amount,
        absence=fee.absence,
        channel=row.channel,
        per=fee.per,
        per_text=fee.per_text,
        tiers=tuple(TierDraft(start=start, amount=amount) for start, amount in fee.tiers),
        cap=fee.cap,
        raw=cell.raw,
        note=cell.note,
    )


def _printed(cell: portal.FeeCell) -> str:
    return f"{cell.raw} ({cell.note})" if cell.note else cell.raw
