"""A named schedule as a value: which sessions a unit works on each weekday, and when it hands out results.

Two settings per session are independent: whether it *counts* (makes the weekday a working day and carries hour terms) and
whether the *counter* is open. A Saturday morning may be open and not count (Decision 14/2010/QĐ-TTg).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from itertools import pairwise

from cchc.kernel.errors import Refused
from cchc.kernel.local import WEEKDAYS

# Labour Code 2019 Art. 105: a normal day of state bodies has eight hours.
NORMAL_DAY_MINUTES = 8 * 60


@dataclass(frozen=True, order=True)
class Session:
    """One session of a weekday (0 is Monday), half-open: at ``closes`` it is over."""

    weekday: int
    opens: time
    closes: time
    counts: bool = True
    counter: bool = True

    def __post_init__(self) -> None:
        """Refuse a session that is not one."""
        if self.weekday not in range(7):
            raise Refused(f"Thứ trong tuần phải từ 0 (thứ Hai) đến 6 (Chủ nhật), không phải {self.weekday}.", field="weekday")
        if any(clock.second or clock.microsecond for clock in (self.opens, self.closes)):
            raise Refused(f"Buổi {self.text} chỉ ghi đến phút.", field="sessions")
        if not (self.counts or self.counter):
            raise Refused(f"Buổi {self.text} phải tính là giờ làm việc, hoặc mở quầy, hoặc cả hai.", field="sessions")
        if self.closes <= self.opens:
            raise Refused(f"Buổi {self.text} phải kết thúc sau khi bắt đầu.", field="sessions")

    @property
    def text(self) -> str:
        """Return ``07:00–11:30 thứ Hai``."""
        return f"{self.opens:%H:%M}–{self.closes:%H:%M} {WEEKDAYS[self.weekday]}"

    @property
    def minutes(self) -> int:
        """Return the length in minutes."""
        return (self.closes.hour - self.opens.hour) * 60 + self.closes.minute - self.opens.minute


@dataclass(frozen=True)
class Schedule:
    """The sessions of a week, in order.

    ``result_time`` is the hour promised for results; None means the end of the day's last counted session, and a day that ends
    earlier ends the promise earlier. ``results_on_makeup_days`` says whether a due date may be a make-up Saturday; no text was
    found that decides it (unverified), so it is a setting.
    """

    code: str
    name: str
    sessions: tuple[Session, ...]
    result_time: time | None = None
    results_on_makeup_days: bool = True

    def __post_init__(self) -> None:
        """Refuse overlapping sessions, a week without work, and a result hour at which nobody is there."""
        ordered = tuple(sorted(self.sessions))
        object.__setattr__(self, "sessions", ordered)
        for earlier, later in pairwise(ordered):
            if earlier.weekday == later.weekday and later.opens < earlier.closes:
                raise Refused(f"Khung giờ «{self.name}»: buổi {later.text} chồng lên buổi {earlier.text}.", field="sessions")
        counted = [session for session in ordered if session.counts]
        if not counted:
            raise Refused(f"Khung giờ «{self.name}» không có buổi nào tính là ngày làm việc.", field="sessions")
        if self.result_time and not min(s.opens for s in counted) <= self.result_time <= max(s.closes for s in counted):
            raise Refused(f"Giờ trả kết quả {self.result_time:%H:%M} nằm ngoài khung giờ «{self.name}».", field="result_time")

    @cached_property
    def counted(self) -> tuple[tuple[Session, ...], ...]:
        """Return the counted sessions of each weekday, Monday first."""
        return _by_weekday(session for session in self.sessions if session.counts)

    @cached_property
    def minutes(self) -> tuple[int, ...]:
        """Return the counted minutes of each weekday, Monday first."""
        return tuple(sum(session.minutes for session in sessions) for sessions in self.counted)

    @cached_property
    def counter(self) -> tuple[tuple[Session, ...], ...]:
        """Return the sessions of each weekday in which the counter is open, Monday first."""
        return _by_weekday(session for session in self.sessions if session.counter)

    def warnings(self) -> tuple[str, ...]:
        """Return a sentence for each counted weekday whose sessions do not sum to eight hours. They warn, they do not refuse."""
        return tuple(
            f"Khung giờ «{self.name}»: {WEEKDAYS[day]} có {_hours(minutes)}, khác 8 giờ một ngày làm việc."
            for day, minutes in enumerate(self.minutes)
            if minutes not in {0, NORMAL_DAY_MINUTES}
        )


def _by_weekday(sessions: Iterable[Session]) -> tuple[tuple[Session, ...], ...]:
    days: list[list[Session]] = [[] for _ in range(7)]
    for session in sessions:
        days[session.weekday].append(session)
    return tuple(tuple(day) for day in days)


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"
