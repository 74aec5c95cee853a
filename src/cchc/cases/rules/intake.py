"""Whether what lies on the counter can be accepted: whether we are competent, it is complete, and it is written down right.

Source: Decree 118/2025 Art. 17(2)(a) as amended by 309/2026 (say everything once, in writing, with the reason); the personal
identification number: Decree 137/2015 Art. 13 (12 digits; the fourth tells century and sex, the fifth and sixth the year).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc.cases.rules.lengths import length_problems
from cchc.cases.terms import FiledBy, PartyKind

# Only the digits 0 to 9: ``\d`` alone would take those of every script.
_IDENTITY = re.compile(r"[0-9]{12}")
_TAX_CODE = re.compile(r"[0-9]{10}(-?[0-9]{3})?|[0-9]{12}")
_PHONE = re.compile(r"0[0-9]{9,10}|\+84[0-9]{9,10}")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_SEPARATORS = re.compile(r"[\s.\-]")
FIRST_CENTURY = 1900
OLDEST = 130


@dataclass(frozen=True)
class PartyForm:
    """What was typed of a person or organisation, cleaned of spaces in numbers."""

    full_name: str
    kind: PartyKind = PartyKind.CITIZEN
    identity_number: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class PaperForm:
    """One line of the checklist. ``required`` papers must be given; ``given`` means it lies on the counter."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    required: bool = True
    given: bool = True


def digits(text: str) -> str:
    """Return a number as typed, without the spaces, dots and dashes people put in it."""
    return _SEPARATORS.sub("", text)


def party_problems(*, party: PartyForm, today: date, prefix: str) -> dict[str, str]:
    """Return Vietnamese sentences by field (``<prefix>_full_name`` …); empty when nothing is wrong."""
    problems: dict[str, str] = {}
    if not party.full_name.strip():
        problems["full_name"] = "Nhập họ và tên."
    if wrong := _identity_problem(party, today):
        problems["identity_number"] = wrong
    if party.birth_date and not (0 <= today.year - party.birth_date.year <= OLDEST and party.birth_date <= today):
        problems["birth_date"] = f"Ngày sinh {party.birth_date:%d/%m/%Y} không hợp lý. Kiểm tra lại trên thẻ căn cước."
    if party.phone and not _PHONE.fullmatch(party.phone):
        problems["phone"] = "Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng 0."
    if party.email and not _EMAIL.match(party.email):
        problems["email"] = "Địa chỉ thư điện tử chưa đúng, ví dụ: ten@vidu.vn."
    problems |= length_problems(full_name=party.full_name, address=party.address, email=party.email)
    return {f"{prefix}_{field}": sentence for field, sentence in problems.items()}


def who_filed(said: FiledBy | None, *, by_another: bool, online: bool) -> FiledBy | None:
    """Return who filed: as it was said; else the person at the counter, or whoever brought the file. Of a file sent online nobody knows."""
    if said is not None:
        return said
    if by_another:
        return FiledBy.AGENT
    return None if online else FiledBy.SELF


def filing_problem(said: FiledBy | None, *, by_another: bool) -> str:
    """Return the sentence for what cannot both be true: filed by the applicant, and brought by somebody else."""
    if said is FiledBy.SELF and by_another:
        return "Đã ghi người nộp thay thì không phải chủ hồ sơ tự nộp. Chọn lại ai nộp, hoặc xóa người nộp thay."
    return ""


def missing(papers: Sequence[PaperForm]) -> tuple[str, ...]:
    """Return the names of required papers that are not there."""
    return tuple(paper.name for paper in papers if paper.required and not paper.given)


def papers_problem(papers: Sequence[PaperForm]) -> str:
    """Return the sentence for an incomplete file, or nothing."""
    absent = missing(papers)
    if not absent:
        return ""
    return f"Còn thiếu {len(absent)} giấy tờ: {'; '.join(absent)}. Lập phiếu yêu cầu bổ sung, nêu đủ trong một lần."


def _identity_problem(party: PartyForm, today: date) -> str:
    number = party.identity_number
    if party.kind != PartyKind.CITIZEN:
        if number and not _TAX_CODE.fullmatch(number):
            return "Mã số doanh nghiệp, mã số thuế gồm 10 chữ số (hoặc 13 với chi nhánh)."
        return ""
    if not number:
        return "Nhập số định danh cá nhân, 12 chữ số trên thẻ căn cước."
    if not _IDENTITY.fullmatch(number):
        return f"Số định danh cá nhân phải đủ 12 chữ số từ 0 đến 9; đang có {len(number)} ký tự."
    return _against_birth(number, party.birth_date, today)


def _against_birth(number: str, birth: date | None, today: date) -> str:
    """Compare the fourth to sixth digits with the birth date, when one was typed."""
    year = FIRST_CENTURY + 100 * (int(number[3]) // 2) + int(number[4:6])
    if year > today.year:
        return f"Số định danh ghi năm sinh {year}, ở tương lai. Kiểm tra lại chữ số thứ 4 đến thứ 6."
    if birth and birth.year != year:
        return f"Số định danh ghi năm sinh {year}, còn ngày sinh đã nhập là năm {birth.year}. Kiểm tra lại một trong hai."
    return ""
