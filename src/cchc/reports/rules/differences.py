"""This period beside another: what changed, by how much, and in which rows, the largest change first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from cchc.kernel.errors import Refused
from cchc.kernel.text import number
from cchc.reports.rules.definitions import Column
from cchc.reports.rules.filling import FilledForm, FilledRow
from cchc.reports.rules.wording import listed, signed
from cchc.reports.terms import TotalsPlace


class Difference(NamedTuple):
    """One number of two periods. ``row`` is empty for the totals. ``percent`` is None when the number was 0 before.

    ``what`` names the row and what is counted, ``driver`` ends the sentence. A form of a province has a thousand differences, of which a
    dozen are read: only those are put into words.
    """

    column: str
    number: str
    row: str
    row_label: str
    current: int
    previous: int
    what: tuple[str, str]
    driver: str = ""

    @property
    def sentence(self) -> str:
        """Return the difference in words."""
        noun, phrase = self.what
        subject = f"{noun[:1].upper()}{noun[1:]} {self.row_label}: {_lower(phrase)}" if self.row else phrase
        if not self.change:
            return f"{subject} không đổi ({number(self.current)})."
        verb, way = ("tăng", "lên") if self.change > 0 else ("giảm", "xuống")
        return f"{subject} {verb} {number(abs(self.change))} (từ {number(self.previous)} {way} {number(self.current)}){self.driver}."

    @property
    def change(self) -> int:
        """Return how much larger the number is now."""
        return self.current - self.previous

    @property
    def percent(self) -> Decimal | None:
        """Return the change in per cent of the number before, to one decimal, halves away from zero."""
        if not self.previous:
            return None
        return (Decimal(self.change) * 100 / Decimal(self.previous)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    def as_json(self) -> dict[str, Any]:
        """Return the difference as plain data; the per cent is text, so that no decimal is lost."""
        return {
            "column": self.column,
            "number": self.number,
            "row": self.row,
            "row_label": self.row_label,
            "current": self.current,
            "previous": self.previous,
            "change": self.change,
            "percent": None if self.percent is None else str(self.percent),
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Differences:
    """The differences of the totals and of the rows, each with the largest change first; ``notes`` say what cannot be compared."""

    totals: tuple[Difference, ...]
    rows: tuple[Difference, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return all differences as plain data."""
        return {
            "totals": [difference.as_json() for difference in self.totals],
            "rows": [difference.as_json() for difference in self.rows],
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class _Pair:
    """A row now and before; None where there is no such row. A row that is new or gone is compared with 0."""

    key: str
    label: str
    now: FilledRow | None
    before: FilledRow | None

    def of(self, column: Column) -> tuple[int, int]:
        return (self.now.number(column) if self.now else 0, self.before.number(column) if self.before else 0)


def differences(current: FilledForm, previous: FilledForm) -> Differences:
    """Return what changed from the previous form to the current one, in every number column.

    Rows are matched by key. A row without data in one of the periods is left out of both, from the totals too, and named in ``notes``:
    what was not reported has not fallen. Raises ``Refused`` when the two forms have not the same columns.
    """
    columns = current.definition.numbers
    if [column.key for column in columns] != [column.key for column in previous.definition.numbers]:
        raise Refused("Hai kỳ dùng hai mẫu có cột khác nhau nên không so được. Hãy chọn kỳ có cùng mẫu biểu.")
    pairs, unknown = _pairs(current, previous)
    noun = current.definition.row_name
    # Lines of different things have no total, so nothing of them changed as a whole.
    has_totals = current.definition.totals is not TotalsPlace.NONE
    totals = [_of_totals(column, pairs, noun) for column in columns] if has_totals else []
    rows = [_of_row(column, pair, noun) for pair in pairs for column in columns]
    notes = (f"Không so sánh vì chưa có số liệu một trong hai kỳ: {listed(unknown)}.",) if unknown else ()
    return Differences(totals=_ranked(totals), rows=_ranked(rows), notes=notes)


def _pairs(current: FilledForm, previous: FilledForm) -> tuple[list[_Pair], list[str]]:
    now = {row.key: row for row in current.rows}
    before = {row.key: row for row in previous.rows}
    pairs, unknown = [], []
    for key in dict.fromkeys([*now, *before]):
        row = now.get(key) or before[key]
        if any(side is not None and side.is_missing for side in (now.get(key), before.get(key))):
            unknown.append(row.label)
        else:
            pairs.append(_Pair(key, row.label, now.get(key), before.get(key)))
    return pairs, unknown


def _of_totals(column: Column, pairs: Sequence[_Pair], noun: str) -> Difference:
    both = [pair.of(column) for pair in pairs]
    now, before = sum(value for value, _ in both), sum(value for _, value in both)
    changes = [(pair.label, value - other) for pair, (value, other) in zip(pairs, both, strict=True)]
    return Difference(column.key, column.number, "", "", now, before, (noun, column.phrase), _driver(changes, now - before, noun))


def _of_row(column: Column, pair: _Pair, noun: str) -> Difference:
    now, before = pair.of(column)
    return Difference(column.key, column.number, pair.key, pair.label, now, before, (noun, column.phrase))


def _driver(changes: Sequence[tuple[str, int]], total: int, noun: str) -> str:
    """Name the row that moved most in the direction of the total: it is the main one when it alone makes half of the change."""
    along = [(label, change) for label, change in changes if change * total > 0]
    if not along or len(changes) == 1:
        return ""
    label, change = max(along, key=lambda item: abs(item[1]))
    lead = "chủ yếu do" if abs(change) * 2 >= abs(total) else "nhiều nhất là"
    return f", {lead} {noun} {label} ({signed(change)})"


def _ranked(found: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(found, key=lambda difference: -abs(difference.change)))


def _lower(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]
