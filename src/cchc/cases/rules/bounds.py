"""The limits on supplements and extensions, as settings: what the law in force says is data, compared here.

Three different limits on supplements exist and are kept apart (dossier I4): 61/2018 Art. 11(2)(c) one request after intake;
63/2010 Art. 20(4) two for a whole matter; index 766 counts a second one as overdue. The 03 working days are 61/2018 Art. 19(4), the
day before the due date 61/2018 Art. 19(9), both in place of Decree 118/2025 (not read).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cchc.cases.terms import RuleKey
from cchc.kernel.local import day_text

IsWorking = Callable[[date], bool]

NUMBERS = frozenset(
    {
        RuleKey.EXTENSIONS,
        RuleKey.REMIND_BEFORE,
        RuleKey.SUPPLEMENTS_AFTER,
        RuleKey.SUPPLEMENTS_ALL,
        RuleKey.SUPPLEMENTS_INDEX,
        RuleKey.UNDO_MINUTES,
    }
)
MODES = frozenset({RuleKey.PAYMENT_RESUME, RuleKey.SUPPLEMENT_RESUME})
RESTART, SHIFT = "restart", "shift"
MOST = 10_000
_DAY = timedelta(days=1)
_DAYS = re.compile(r"([0-9]{1,3})(wd|d)")


@dataclass(frozen=True)
class Bound:
    """One setting in force, with its ground."""

    key: RuleKey
    value: str
    source: str

    @property
    def number(self) -> int:
        """Return the value of a count."""
        return int(self.value)

    @property
    def days(self) -> tuple[int, bool]:
        """Return a span written ``3wd`` or ``1d``: how many days, and whether working days are meant."""
        found = _DAYS.fullmatch(self.value)
        if found is None:
            raise ValueError(f"Quy định {self.key}: «{self.value}» không phải số ngày.")
        return int(found[1]), found[2] == "wd"


def value_problem(key: RuleKey, value: str) -> str:
    """Return the sentence for a value that its setting cannot take, or nothing."""
    if key in NUMBERS:
        return (
            ""
            if value.isascii() and value.isdigit() and len(value) <= len(str(MOST)) and int(value) <= MOST
            else f"Nhập một số từ 0 đến {MOST}."
        )
    if key in MODES:
        return "" if value in {RESTART, SHIFT} else "Chọn tính lại từ đầu hoặc cộng thời gian chờ."
    return "" if _DAYS.fullmatch(value) else "Viết số ngày kèm đơn vị: 3wd (ngày làm việc) hoặc 1d (ngày)."


def supplement_problem(*, after: int, in_all: int, most_after: Bound, most_in_all: Bound) -> str:
    """Return why no further supplement may be asked for, or nothing. ``after`` and ``in_all`` count the requests made so far."""
    if after >= most_after.number:
        return (
            f"Hồ sơ này đã yêu cầu bổ sung {after} lần sau khi tiếp nhận; chỉ được {most_after.number} lần ({most_after.source})."
            " Giải quyết với giấy tờ đang có, hoặc trình từ chối và nêu rõ lý do."
        )
    if in_all >= most_in_all.number:
        return f"Hồ sơ này đã yêu cầu bổ sung {in_all} lần, kể cả lúc tiếp nhận; không quá {most_in_all.number} lần ({most_in_all.source})."
    return ""


def last_supplement_day(*, received: date, within: Bound, is_working: IsWorking) -> date:
    """Return the last day on which a supplement may still be asked for: so many days after intake, the first not counted."""
    return _stepped(received, within, is_working, _DAY)


def last_extension_day(*, due_date: date, notice: Bound, is_working: IsWorking) -> date:
    """Return the last day on which an extension may be made: ``1d`` the day before the due date, ``1wd`` the working day before."""
    return _stepped(due_date, notice, is_working, -_DAY)


def _stepped(day: date, span: Bound, is_working: IsWorking, step: timedelta) -> date:
    amount, working = span.days
    for _ in range(amount):
        day += step
        while working and not is_working(day):
            day += step
    return day


def extension_problem(*, today: date, late: bool, due_date: date, last_day: date, made: int, most: Bound, notice: Bound) -> str:
    """Return why the promise may not be extended, or nothing."""
    if late:
        return "Đã quá ngày hẹn, không gia hạn được nữa: lời hẹn cũ vẫn là lời hẹn bị lỡ. Hãy lập văn bản xin lỗi, giữ nguyên ngày hẹn."
    if made >= most.number:
        return f"Hồ sơ này đã gia hạn {made} lần; chỉ được hẹn lại {most.number} lần ({most.source})."
    if today > last_day:
        return (
            f"Gia hạn phải làm chậm nhất {day_text(last_day)}, trước ngày hẹn {day_text(due_date)} ({notice.source})."
            " Nay đã qua ngày đó: nếu lỡ hẹn, lập văn bản xin lỗi, giữ nguyên ngày hẹn."
        )
    return ""
