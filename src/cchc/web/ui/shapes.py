"""What the components take: small frozen values, made by a view out of what a face returned.

Text in a shape is final (already Vietnamese, or translated by the view); instants and days are formatted by the component.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from django.utils.translation import gettext as _

from cchc.web.ui.vietnamese import moment_text

ChipState = Literal["ok", "soon", "late", "wait"]
Tone = Literal["", "ok", "soon", "late", "wait", "error"]

ICONS = {"ok": "tick", "soon": "clock", "late": "late", "wait": "wait", "error": "info", "": "info"}


class RemainingLike(Protocol):
    """What ``worktime.api.remaining`` returns, as far as a chip looks at it."""

    @property
    def late(self) -> bool:
        """Whether the promise is broken."""

    @property
    def working_days(self) -> int:
        """Whole working days left or overdue."""

    @property
    def text(self) -> str:
        """``còn 3 ngày làm việc``."""


@dataclass(frozen=True)
class DueChip:
    """A deadline as the chip and the promise show it.

    ``state`` is never told by colour alone: ``left`` says it in words (``còn 3 ngày làm việc``, ``chờ bổ sung hồ sơ``, ``Trước hạn``).
    ``word`` and ``when`` are the other side of the perforation (``hẹn`` · ``16:00 thứ Tư 02/12/2026``). ``explanation`` is
    worktime's ``Explanation`` shown on opening; a list gives ``why_url`` instead, where the explanation is fetched when opened.
    """

    state: ChipState
    left: str
    when: str
    word: str = ""
    explanation: Any = None
    note: str = ""
    why_url: str = ""

    @property
    def due_text(self) -> str:
        """Return both parts of the right side: ``hẹn 16:00 thứ Tư 02/12/2026``."""
        return f"{self.word} {self.when}".strip()

    @property
    def icon(self) -> str:
        """Return the name of the icon that goes with the state."""
        return ICONS[self.state]

    @property
    def opens(self) -> bool:
        """Say whether there is anything to open."""
        return bool(self.explanation or self.note or self.why_url)


def running(
    *, remaining: RemainingLike, due_at: datetime, explanation: Any = None, note: str = "", why_url: str = "", soon_days: int = 1
) -> DueChip:
    """Return the chip of a running clock: late, soon (``soon_days`` working days or less) or ok."""
    state: ChipState = "late" if remaining.late else "soon" if remaining.working_days <= soon_days else "ok"
    return DueChip(state, remaining.text, moment_text(due_at), _("hẹn"), explanation, note, why_url)


def waiting(*, waits_for: str, since: datetime, note: str = "", why_url: str = "") -> DueChip:
    """Return the chip of a clock that waits; ``waits_for`` is the status word of the law, ``chờ bổ sung hồ sơ``."""
    return DueChip("wait", waits_for, moment_text(since), _("từ"), None, note, why_url)


def closed(*, verdict: str, finished_at: datetime, late: bool, explanation: Any = None, why_url: str = "") -> DueChip:
    """Return the chip of a finished case; ``verdict`` is ``Trước hạn``, ``Đúng hạn`` or ``Quá hạn``."""
    return DueChip("late" if late else "ok", verdict, moment_text(finished_at), _("xong"), explanation, "", why_url)


@dataclass(frozen=True)
class DayCell:
    """One cell of the day strip. ``kind`` is the CSS class; ``column`` is 1 (Monday) to 7, or 0 for a gap over all columns."""

    kind: str
    top: str
    number: str
    caption: str
    column: int = 0
    is_now: bool = False
    title: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class Step:
    """One step as a citizen sees it; ``state`` is done, here or todo."""

    state: Literal["done", "here", "todo"]
    title: str
    detail: str = ""


@dataclass(frozen=True)
class LedgerLine:
    """One entry of the journal as the desk shows it; ``kind`` is ``move`` (the clock moved), ``here`` (now) or empty."""

    at: datetime
    title: str
    detail: str = ""
    who: str = ""
    effect: str = ""
    kind: Literal["", "move", "here"] = ""


@dataclass(frozen=True)
class PromiseLine:
    """One line of the history of a promise; ``is_old`` strikes out what no longer holds; ``who`` wrote it down."""

    at: datetime
    text: str
    reason: str = ""
    is_old: bool = False
    who: str = ""


@dataclass(frozen=True)
class Act:
    """What the person may do now: its name, what it does to the clock, which paper it prints, its key."""

    name: str
    url: str
    clock: str
    paper: str = ""
    key: str = ""
    is_main: bool = False


@dataclass(frozen=True)
class Number:
    """A figure on the page: a link to its records and its definition. ``value`` is text ready to show."""

    value: str
    label: str
    url: str = ""
    note: str = ""
    tone: Tone = ""
    definition: str = ""
    formula: str = ""
    period: str = ""
    clause: str = ""


@dataclass(frozen=True)
class Option:
    """One choice of a select, a radio group or a segmented control."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Suggestion:
    """One answer of a finder: ``parts`` are (text, is_match) pairs, ``meta`` the small facts below; ``url`` is where it leads."""

    value: str
    parts: Sequence[tuple[str, bool]]
    meta: Sequence[str] = ()
    url: str = ""


@dataclass(frozen=True)
class Key:
    """A key of this page for the sheet behind ``?``, when no element carries it: ``Key("j k", "lên, xuống")``."""

    keys: str
    label: str

    @property
    def caps(self) -> list[str]:
        """Return the key caps."""
        return self.keys.split()


@dataclass(frozen=True)
class Page:
    """Where a keyset-paged list goes next; empty when it does not."""

    next_url: str = ""
    first_url: str = ""
    label: str = ""


def parts(text: str, marks: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Split text at half-open (start, end) marks into (text, is_match) pairs."""
    result: list[tuple[str, bool]] = []
    position = 0
    for start, end in sorted(marks):
        if start > position:
            result.append((text[position:start], False))
        if end > max(start, position):
            result.append((text[max(start, position) : end], True))
        position = max(position, end)
    if position < len(text):
        result.append((text[position:], False))
    return result


def options_of(term: type[Any], *, only: Sequence[Any] | None = None) -> list[Option]:
    """Return the words of a vocabulary as options, translated."""
    return [Option(str(word.value), _(word.label)) for word in (only if only is not None else term)]


class Cell(NamedTuple):
    """One number in a table: its text, its address, its share from 0 to 1 for a bar, and whether it tells of lateness.

    ``is_number`` is False for words that stand among numbers.
    """

    text: str
    url: str = ""
    part: float | None = None
    detail: str = ""
    is_late: bool = False
    is_hidden: bool = False
    is_contested: bool = False
    is_number: bool = True


@dataclass(frozen=True)
class Row:
    """A row of numbers, of one unit or field: its name, where it leads, its cells, and its rank among those that can be compared.

    Rank 0 is of what is not ranked.
    """

    key: str
    name: str
    url: str
    cells: tuple[Cell, ...]
    rank: int = 0


TILE_WIDTH, TILE_HEIGHT = 44, 40


@dataclass(frozen=True)
class Tile:
    """A tile at (x, y) of the drawing; ``lines`` are its words, ``number`` what is counted or empty, ``level`` 0 to 3, or -1 unknown."""

    x: int
    y: int
    lines: tuple[str, ...]
    number: str
    level: int
    title: str
    url: str
    is_hidden: bool = False

    @property
    def middle(self) -> float:
        """Return the x of the words."""
        return self.x + TILE_WIDTH / 2

    @property
    def words(self) -> list[tuple[str, float]]:
        """Return each line of words with its y."""
        start = self.y + (TILE_HEIGHT - len(self.lines) * 10 - (12 if self.number else 0)) / 2 + 8.5
        return [(line, start + place * 10) for place, line in enumerate(self.lines)]

    @property
    def number_y(self) -> float:
        """Return the y of the number."""
        return self.y + TILE_HEIGHT - 3.5

    @property
    def css(self) -> str:
        """Return the class that colours it."""
        return "hid" if self.is_hidden else {-1: "none", 0: ""}.get(self.level, f"l{self.level}")
