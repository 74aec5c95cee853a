"""What may be wrong with a draft, each problem at its place, and whether the steps fit into the term."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cchc.procedures.rules.draft import CaseTypeDraft, FeeDraft, StepDraft, VersionDraft
from cchc.procedures.terms import FeePer, ServiceLevel

Found = Iterator[tuple[str, str]]

_HOURS_A_DAY = 8
_LONGEST = {"code": 60, "title": 1000, "field_name": 200, "decision": 200}
_MOST_COPIES = 99
_LONG, _SHORT, _UNIT, _NUMBER, _CODE = 2000, 300, 100, 60, 40


@dataclass(frozen=True)
class Balance:
    """The working hours of the steps against the shortest term in working time; ``shortest`` is None where no term is one."""

    spent: int
    shortest: int | None

    @property
    def fits(self) -> bool:
        """Say whether the steps fit into the term, as far as it can be told."""
        return self.shortest is None or self.spent <= self.shortest


def balance(draft: VersionDraft) -> Balance:
    """Return the working time of the steps beside the shortest term. Calendar terms and «trong ngày» cannot be compared."""
    spent = sum(_hours(step.time) or 0 for step in draft.steps)
    return Balance(spent, min((hours for term in draft.terms if (hours := _hours(term.limit))), default=None))


def problems(draft: VersionDraft) -> dict[str, str]:
    """Return what is wrong with a draft, as place → sentence; empty when it may be published.

    A place is a parameter, or rows and a field counted from 1: ``terms.2.limit``, ``case_types.1.papers.3.name``. The parts
    required of a published procedure: Decree 63/2010 Art. 8(2). Terms may be missing, as in a list that only names procedures;
    nothing can be received under such a version.
    """
    found: dict[str, str] = {}
    for check in (_of_the_whole, _of_case_types, _of_terms, _of_fees, _of_names, _of_steps):
        for place, sentence in check(draft):
            found.setdefault(place, sentence)
    return found


def _of_the_whole(draft: VersionDraft) -> Found:
    if not draft.code.strip() or " " in draft.code.strip() or "/" in draft.code:
        yield "code", "Mã thủ tục không được để trống, không có dấu cách và dấu gạch chéo."
    for name, sentence in (("title", "Thiếu tên thủ tục."), ("field_name", "Thiếu lĩnh vực."), ("origin", "Thiếu nguồn của dữ liệu.")):
        if not getattr(draft, name).strip():
            yield name, sentence
    for name, most in _LONGEST.items():
        if len(getattr(draft, name)) > most:
            yield name, f"Nội dung quá dài: {len(getattr(draft, name))} ký tự, tối đa {most}."
    if not draft.levels:
        yield "levels", "Thiếu cấp thực hiện."
    if (draft.service_level is ServiceLevel.PARTIAL) != (draft.partial_reason is not None):
        yield "partial_reason", "Dịch vụ công trực tuyến một phần phải công khai lý do, và chỉ mức một phần mới có lý do."


def _of_case_types(draft: VersionDraft) -> Found:
    if not draft.case_types:
        yield "case_types", "Phải có ít nhất một trường hợp."
    for place, case in enumerate(draft.case_types, start=1):
        if not case.name.strip():
            yield f"case_types.{place}.name", f"Trường hợp {place} chưa có tên."
        yield from _of_papers(case, place)


def _of_papers(case: CaseTypeDraft, place: int) -> Found:
    for number, paper in enumerate(case.papers, start=1):
        at, words = f"case_types.{place}.papers.{number}", f"Giấy tờ {number} của trường hợp {place}"
        if not paper.name.strip():
            yield f"{at}.name", f"{words} chưa có tên."
        for field, count in (("originals", paper.originals), ("copies", paper.copies)):
            if not 0 <= count <= _MOST_COPIES:
                yield f"{at}.{field}", f"{words}: số bản phải từ 0 đến {_MOST_COPIES}."
        yield from _too_long(at, words, ("form", paper.form, _SHORT), ("replaceable_by", paper.replaceable_by, _CODE))


def _of_terms(draft: VersionDraft) -> Found:
    for place, term in enumerate(draft.terms, start=1):
        if not 0 <= term.case_type <= len(draft.case_types):
            yield f"terms.{place}.case", f"Thời hạn {place} dẫn đến một trường hợp không có."
        if bool(term.limit) == (term.absence is not None):
            yield f"terms.{place}.limit", f"Thời hạn {place} ({term.channel.label.lower()}) phải đọc được, hoặc ghi rõ vì sao không có."


def _of_fees(draft: VersionDraft) -> Found:
    for place, fee in enumerate(draft.fees, start=1):
        at, words = f"fees.{place}", f"Khoản thu {place} «{fee.name}»"
        if not fee.name.strip():
            yield f"{at}.name", f"Khoản thu {place} chưa có tên."
        if not 0 <= fee.case_type <= len(draft.case_types):
            yield f"{at}.case", f"{words} dẫn đến một trường hợp không có."
        if (fee.amount is None) == (fee.absence is None):
            yield f"{at}.amount", f"{words} phải có mức thu, hoặc ghi rõ vì sao chưa có; không được có cả hai."
        if fee.per is not FeePer.PAGE and fee.tiers:
            yield f"{at}.tiers.1.start", f"{words}: chỉ phí tính theo trang mới có bậc."
        if fee.per is not FeePer.PAGE and fee.cap is not None:
            yield f"{at}.cap", f"{words}: chỉ phí tính theo trang mới có mức tối đa."
        if fee.per is FeePer.PAGE and fee.tiers and not _is_ladder(fee):
            yield f"{at}.tiers.1.start", f"{words}: các bậc phải bắt đầu từ trang 1, tăng dần, và bậc đầu bằng mức thu."
        yield from _too_long(at, words, ("name", fee.name, _SHORT), ("per_text", fee.per_text, _UNIT), ("clause", fee.clause, _SHORT))


def _of_names(draft: VersionDraft) -> Found:
    for place, result in enumerate(draft.results, start=1):
        if not result.name.strip():
            yield f"results.{place}.name", f"Kết quả {place} chưa có tên."
        yield from _too_long(f"results.{place}", f"Kết quả {place}", ("code", result.code, _CODE))
    for place, basis in enumerate(draft.legal_bases, start=1):
        if not basis.number.strip():
            yield f"legal_bases.{place}.number", f"Căn cứ {place} chưa có số văn bản."
        yield from _too_long(f"legal_bases.{place}", f"Căn cứ {place}", ("number", basis.number, _NUMBER))


def _of_steps(draft: VersionDraft) -> Found:
    """Check that outcomes lead to steps that exist and that the steps fit into the shortest term in working time.

    The internal process must fit the published term (Circular 01/2018/TT-VPCP Art. 8).
    """
    numbers = set(range(1, len(draft.steps) + 1))
    for place, step in enumerate(draft.steps, start=1):
        at, words = f"steps.{place}", f"Bước {place} «{step.name}»"
        if not step.name.strip():
            yield f"{at}.name", f"Bước {place} chưa có tên."
        yield from _too_long(
            at, words, ("name", step.name, _LONG), ("unit_text", step.unit_text, _SHORT), ("role_text", step.role_text, _SHORT)
        )
        yield from _of_outcomes(step, place, words, numbers)
    told = balance(draft)
    if not told.fits:
        yield "steps", f"Tổng thời gian các bước là {told.spent} giờ làm việc, dài hơn thời hạn {told.shortest} giờ làm việc."


def _of_outcomes(step: StepDraft, place: int, words: str, numbers: set[int]) -> Found:
    for number, outcome in enumerate(step.outcomes, start=1):
        at = f"steps.{place}.outcomes.{number}"
        if not outcome.name.strip():
            yield f"{at}.name", f"{words}: hướng đi {number} chưa có tên."
        if outcome.next is not None and outcome.next not in numbers:
            yield f"{at}.next", f"{words} dẫn đến bước {outcome.next}, là một bước không có."


def _too_long(at: str, words: str, *fields: tuple[str, str, int]) -> Found:
    for name, text, most in fields:
        if len(text) > most:
            yield f"{at}.{name}", f"{words}: nội dung quá dài, {len(text)} ký tự, tối đa {most}."


def _is_ladder(fee: FeeDraft) -> bool:
    starts = [tier.start for tier in fee.tiers]
    return starts[0] == 1 and fee.tiers[0].amount == fee.amount and all(a < b for a, b in pairwise(starts))


def _hours(limit: str) -> int | None:
    """Return working hours of ``5wd`` or ``8wh``; None for calendar terms, which cannot be compared with working time."""
    if limit.endswith("wd"):
        return int(limit[:-2]) * _HOURS_A_DAY if limit[:-2].isdigit() else None
    if limit.endswith("wh"):
        return int(limit[:-2]) if limit[:-2].isdigit() else None
    return None
