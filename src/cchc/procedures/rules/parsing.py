"""Reading published terms and fees. What is not certain is not read: it is given back with the reason, for a person."""

import re
import unicodedata
from dataclasses import dataclass

from cchc.kernel.text import clean, fold
from cchc.procedures.terms import FeeAbsence, FeePer, TermAbsence

_UNITS = {"ngày làm việc": "wd", "ngày": "d", "giờ làm việc": "wh", "giờ": "wh", "tháng": "m"}
_SILENT = {"", "khong co thong tin", "chua co thong tin", "khong ro"}
_NO_TERM = {"khong quy dinh", "khong quy dinh thoi han", "chua quy dinh", "khong co quy dinh", "khong quy dinh cu the"}
_NO_RESULT = "khong phai tra ket qua"
# «Ngay» (at once) and «ngày» (day) fold to the same letters, so the same-day wordings are told by whole sentences.
_SAME_DAY = re.compile(
    r"^(?:(?:giai quyet|tra ket qua|thuc hien) )?(?:ngay )?trong ngay(?: lam viec)?(?: (?:tiep nhan|nhan du|nhan duoc).*)?$"
)
_AT_ONCE = re.compile(r"^(?:giải quyết |trả kết quả )?ngay(?: (?:khi|sau khi) (?:tiếp )?nhận.*)?$")
_TERM = re.compile(
    r"^(?:trong |không quá |tối đa |trong thời hạn )*(?P<amount>\d{1,4})(?: ?\([^\d)]*\))? "
    r"(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tháng)(?:,? (?:kể )?từ (?:ngày|khi|thời điểm).*)?\.?$"
)
_BARE_NUMBER = re.compile(r"^[\d.,]+$")

_MONEY = re.compile(r"^(?P<amount>\d{1,3}(?:[.,]\d{3})+|\d+)(?: (?=[đvd])|(?=[đvd]))(?:vnđ|vnd|việt nam đồng|đồng|đ)(?P<rest>(?:\s*/.*)?)$")
_FOREIGN = re.compile(r"\b(?:usd|eur|jpy|đô la)\b")
_AMOUNTS = re.compile(r"(?<![\d/.,])\d{1,3}(?:[.,]\d{3})+(?!\d)|(?<![\d/.,])\d+(?=\s?(?:đồng|đ\b|vnđ|vnd))")
_FREE = {"mien phi", "mien le phi", "khong thu phi", "khong mat phi", "khong thu", "khong"}
_HARMLESS_WITH_FREE = {"", "khong", "khong co", "khong quy dinh", "chua quy dinh", "khong thu", "mien phi", "mien le phi", "khong thu phi"}
_COUNCIL = r"(?:hoi dong nhan dan|hdnd|uy ban nhan dan|ubnd)"
_LOCAL = re.compile(rf"\b{_COUNCIL}\b.*\b(?:quyet dinh|quy dinh)\b|\b(?:quyet dinh|quy dinh) cua {_COUNCIL}\b")
_TIERS = re.compile(
    r"(?P<first>\d[\d.]*) ?(?:đồng|đ)/trang[;,.] ?từ trang thứ (?P<start>\d+) trở lên(?: thu)? (?P<then>\d[\d.]*) ?(?:đồng|đ)/trang"
    r"(?:[,;] ?(?:tối đa|nhưng mức thu tối đa)(?: thu)? không quá (?P<cap>\d[\d.]*) ?(?:đồng|đ)/bản)?"
)
_PER = re.compile(
    r"(?:/ ?(?:0?1 )?|^0?1 )(?P<what>trang|bản|người|hồ sơ|lần|giấy chứng nhận|giấy thông hành|thẻ|tờ khai|trường hợp|giao dịch|sản phẩm)\b"
)
_PER_TERMS = {"trang": FeePer.PAGE, "bản": FeePer.COPY, "người": FeePer.PERSON, "hồ sơ": FeePer.CASE, "lần": FeePer.CASE}
_SMALLEST_PAYMENT = 1000


@dataclass(frozen=True)
class ReadTerm:
    """A term as read: ``limit`` like ``5wd`` (``0wd``: the same day), or ``absence`` with ``why`` when a person must look."""

    limit: str = ""
    absence: TermAbsence | None = None
    why: str = ""


@dataclass(frozen=True)
class ReadFee:
    """A payment as read, in đồng; without ``amount``, ``absence`` and ``why`` say what is missing."""

    amount: int | None = None
    absence: FeeAbsence | None = None
    why: str = ""
    per: FeePer = FeePer.CASE
    per_text: str = ""
    tiers: tuple[tuple[int, int], ...] = ()
    cap: int | None = None


def read_term(raw: str) -> ReadTerm:
    """Read one published term («7 Ngày làm việc», «3 Giờ», «2 Tháng», «Không quy định», «Ngay trong ngày»).

    Hours are working hours: no office promises an hour of the night (practice; the sources print «Giờ» for «giờ làm việc»).
    A number without a unit, a range, a fraction or a sentence is never guessed.
    """
    text = clean(raw).lower()
    bare = fold(raw)
    absence = _absence(bare)
    if absence is not None:
        return ReadTerm(absence=absence, why="Nguồn không công bố thời hạn." if absence is TermAbsence.NOT_PUBLISHED else "")
    if _SAME_DAY.match(bare) or _AT_ONCE.match(text):
        return ReadTerm(limit="0wd")
    found = _TERM.match(_spelled(text))
    if found and int(found["amount"]) > 0:
        return ReadTerm(limit=f"{int(found['amount'])}{_UNITS[found['unit']]}")
    if _BARE_NUMBER.match(text):
        return ReadTerm(absence=TermAbsence.UNREADABLE, why=f"«{clean(raw)}» là một số không có đơn vị.")
    return ReadTerm(absence=TermAbsence.UNREADABLE, why=f"Không có quy tắc đọc «{clean(raw)[:80]}».")


def _absence(bare: str) -> TermAbsence | None:
    """Return why a text that names no term names none, where it says so."""
    if bare in _SILENT:
        return TermAbsence.NOT_PUBLISHED
    if bare in _NO_TERM:
        return TermAbsence.NOT_SET
    return TermAbsence.NO_RESULT if bare.startswith(_NO_RESULT) else None


def read_fee(raw: str, *, note: str = "", description: str = "") -> ReadFee:
    """Read one published payment with its note (the words in brackets) and the row's description.

    The amount must be one number of đồng that the note does not deny; «Miễn phí» beside a note that speaks of a payment is
    not free. Fees by page with tiers are read from the sentence used for certified copies (Circular 226/2016/TT-BTC).
    """
    text = clean(raw).lower()
    if fold(raw) in _SILENT:
        return _unread(FeeAbsence.NOT_PUBLISHED, "Nguồn không công bố phí, lệ phí.")
    if fold(raw) in _FREE:
        return _free(fold(note))
    if _FOREIGN.search(text):
        return _unread(FeeAbsence.UNREADABLE, "Mức thu không tính bằng đồng Việt Nam.")
    found = _MONEY.match(text)
    if not found:
        return _unread(FeeAbsence.UNREADABLE, f"Không có quy tắc đọc «{clean(raw)[:80]}».")
    return _checked(_whole(found["amount"]), clean(found["rest"] + " " + note).lower(), clean(description).lower())


def _free(note: str) -> ReadFee:
    """Believe «Miễn phí» only where the note does not speak of a payment."""
    if note in _HARMLESS_WITH_FREE:
        return ReadFee(amount=0)
    if _LOCAL.search(note):
        return _unread(FeeAbsence.LOCAL, "Ghi «Miễn phí» nhưng ghi chú giao địa phương quy định mức thu.")
    return _unread(FeeAbsence.UNREADABLE, "Ghi «Miễn phí» nhưng ghi chú nói đến mức thu hoặc điều kiện.")


def _checked(amount: int, note: str, description: str) -> ReadFee:
    """Weigh an amount against its note: one number, in agreement, not left to the province."""
    if amount == 0:
        return ReadFee(amount=0) if fold(note) in _HARMLESS_WITH_FREE else _unread(FeeAbsence.UNREADABLE, "Mức thu bằng 0 kèm ghi chú.")
    if amount < _SMALLEST_PAYMENT:
        return _unread(FeeAbsence.UNREADABLE, f"{amount} đồng là quá nhỏ, có thể thiếu hàng nghìn.")
    if _LOCAL.search(fold(note)):
        return _unread(FeeAbsence.LOCAL, "Ghi chú giao địa phương quy định mức thu.")
    tiers = _TIERS.search(note) or _TIERS.search(description)
    if tiers and _whole(tiers["first"]) == amount:
        ladder = ((1, amount), (int(tiers["start"]), _whole(tiers["then"])))
        return ReadFee(amount=amount, per=FeePer.PAGE, tiers=ladder, cap=_whole(tiers["cap"]) if tiers["cap"] else None)
    named = {_whole(number) for number in _AMOUNTS.findall(note)}
    if named - {amount}:
        why = "Ghi chú nêu nhiều mức thu khác nhau." if amount in named else "Mức thu trong ghi chú khác mức thu ở cột phí."
        return _unread(FeeAbsence.UNREADABLE, why)
    per, per_text = _per(note)
    return ReadFee(amount=amount, per=per, per_text=per_text)


def _per(note: str) -> tuple[FeePer, str]:
    """Return what the amount is for, as the note says; the file as a whole when it says nothing."""
    found = _PER.search(note)
    if not found:
        return FeePer.CASE, ""
    per = _PER_TERMS.get(found["what"], FeePer.ITEM)
    return per, found["what"] if per is FeePer.ITEM else ""


def _unread(absence: FeeAbsence, why: str) -> ReadFee:
    return ReadFee(absence=absence, why=why)


def _whole(number: str) -> int:
    return int(number.replace(".", "").replace(",", ""))


def _spelled(text: str) -> str:
    """Return the text with the accents of the unit words put back where they were not typed: «5 ngay lam viec»."""
    if any(unicodedata.combining(ch) for ch in unicodedata.normalize("NFD", text)) or "đ" in text:
        return text
    for plain, accented in (
        ("ngay lam viec", "ngày làm việc"),
        ("gio lam viec", "giờ làm việc"),
        ("ngay", "ngày"),
        ("gio", "giờ"),
        ("thang", "tháng"),
    ):
        if plain in text:
            return text.replace(plain, accented)
    return text
