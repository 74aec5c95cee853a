"""How long an answer may be. What is longer is refused at its place: to cut it would lose what somebody wrote."""

from cchc.kernel.errors import Invalid
from cchc.kernel.text import number

# By the parameter's name: the word for it and the most characters. The columns of ``models/`` are as wide.
LONGEST: dict[str, tuple[str, int]] = {
    "full_name": ("Họ và tên", 300),
    "address": ("Địa chỉ", 500),
    "email": ("Địa chỉ thư điện tử", 254),
    "request": ("Nội dung yêu cầu", 1000),
    "reason": ("Lý do", 2000),
    "guidance": ("Phần hướng dẫn", 1000),
    "items": ("Mỗi việc cần bổ sung", 1000),
    "note": ("Ghi chú", 1000),
    "outcome": ("Kết quả bước", 300),
    "question": ("Nội dung lấy ý kiến", 2000),
    "answer": ("Ý kiến trả lời", 4000),
    "remedy": ("Cách khắc phục", 1000),
    "fee_remark": ("Ghi chú về phí, lệ phí", 500),
    "asked_by": ("Người yêu cầu và cách yêu cầu", 300),
    "what": ("Giấy tờ bị mất, hỏng", 1000),
    "number": ("Số của kết quả", 60),
    "receiver": ("Họ tên người nhận", 300),
}
MOST_ITEMS = 99


def too_long(name: str, text: str) -> str:
    """Return the sentence for an answer that is longer than its kind may be, or nothing."""
    word, most = LONGEST[name]
    if len(text) <= most:
        return ""
    return f"{word} dài {number(len(text))} ký tự, nhiều nhất {number(most)}. Hãy rút gọn."


def length_problems(**answers: str) -> dict[str, str]:
    """Return the sentences of the answers that are too long, by parameter name."""
    return {name: sentence for name, text in answers.items() if (sentence := too_long(name, text))}


def must_fit(**answers: str) -> None:
    """Raise ``Invalid`` for the answers that are too long."""
    if problems := length_problems(**answers):
        raise Invalid(problems)


def items_problem(items: list[str]) -> str:
    """Return the sentence for a list of what is missing that is too long, or nothing."""
    if len(items) > MOST_ITEMS:
        return f"Phiếu ghi được nhiều nhất {MOST_ITEMS} việc cần bổ sung, đang có {number(len(items))}. Hãy gộp lại."
    return next((sentence for item in items if (sentence := too_long("items", item))), "")
