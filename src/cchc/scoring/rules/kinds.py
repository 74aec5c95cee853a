"""The kinds of rules: what was measured goes in, exact points come out.

A kind is a frozen dataclass with a ``parse`` for its parameters in the data of a set, and ``points``. ``KINDS`` is the registry:
a further kind is a dataclass and a line there. Points are ``Fraction``; ``None`` means that the criterion is left out.
Sources: the rule kinds seen in sets of provinces and in the index of Decision 766/QĐ-TTg; no law defines them as a family.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, Self

from cchc.kernel.errors import Refused
from cchc.scoring.terms import IfEmpty, RuleKind, YesNo

PERCENT = 100


@dataclass(frozen=True)
class Ratio:
    """So many of so many. The numerator may be above the denominator; points never are above the maximum."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        """Refuse negative numbers."""
        if self.numerator < 0 or self.denominator < 0:
            raise Refused("Tử số, mẫu số không thể là số âm. Hãy xem lại số liệu.")

    @property
    def share(self) -> Fraction | None:
        """The share from 0 on, or nothing when there was nothing to measure."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True)
class Count:
    """How many there are."""

    number: int

    def __post_init__(self) -> None:
        """Refuse a negative number."""
        if self.number < 0:
            raise Refused("Số lượng không thể là số âm. Hãy xem lại số liệu.")


@dataclass(frozen=True)
class Level:
    """The name of a level, one of those that the rule lists."""

    name: str


Measure = Ratio | Count | Level | YesNo


class Rule(Protocol):
    """What every kind can do."""

    def points(self, maximum: Decimal, measure: Measure) -> Fraction | None:
        """Return the exact points of what was measured; ``Refused`` when it is not of the form this kind needs."""


@dataclass(frozen=True)
class RatioRule:
    """``maximum × min(1, share / full_at)``; a zero denominator is worth what ``if_empty`` says."""

    full_at: Decimal = Decimal(1)
    if_empty: IfEmpty = IfEmpty.LEFT_OUT
    empty_points: Decimal = Decimal(0)

    @classmethod
    def parse(cls, data: Mapping[str, object], maximum: Decimal) -> Self:
        """Read ``full_at`` (0 to 1, default 1), ``if_empty`` (must be said) and ``empty_points`` (with «points» only)."""
        full_at = _number(data, "full_at", default=Decimal(1))
        if not 0 < full_at <= 1:
            raise Refused("«full_at» phải lớn hơn 0 và không quá 1, ví dụ 0.8.")
        words = IfEmpty.values()
        if data.get("if_empty") not in words:
            raise Refused(f"«if_empty» phải là một trong: {', '.join(words)}.")
        if_empty = IfEmpty(str(data["if_empty"]))
        if (if_empty is IfEmpty.POINTS) != ("empty_points" in data):
            raise Refused("«empty_points» đi cùng if_empty = «points», và chỉ với giá trị đó.")
        empty_points = _number(data, "empty_points", default=Decimal(0))
        if not 0 <= empty_points <= maximum:
            raise Refused(f"«empty_points» phải từ 0 đến {maximum}.")
        return cls(full_at, if_empty, empty_points)

    def points(self, maximum: Decimal, measure: Measure) -> Fraction | None:
        """Return the points of a ``Ratio``."""
        if not isinstance(measure, Ratio):
            raise Refused("Chỉ tiêu này cần tử số và mẫu số.")
        if measure.share is not None:
            return Fraction(maximum) * min(Fraction(1), measure.share / Fraction(self.full_at))
        if self.if_empty is IfEmpty.LEFT_OUT:
            return None
        worth = {IfEmpty.ZERO: Decimal(0), IfEmpty.FULL: maximum, IfEmpty.POINTS: self.empty_points}
        return Fraction(worth[self.if_empty])


@dataclass(frozen=True)
class LinearThresholdRule:
    """``maximum × share`` from ``floor`` on, nothing below it: the points jump at the floor. A zero denominator is as in ``RatioRule``."""

    floor: Decimal
    ratio: RatioRule

    @classmethod
    def parse(cls, data: Mapping[str, object], maximum: Decimal) -> Self:
        """Read ``floor`` (0 to 1) and what ``RatioRule`` reads."""
        floor = _number(data, "floor")
        if not 0 <= floor <= 1:
            raise Refused("«floor» phải từ 0 đến 1, ví dụ 0.8.")
        if "full_at" in data:
            raise Refused("«linear_threshold» không dùng «full_at».")
        return cls(floor, RatioRule.parse(data, maximum))

    def points(self, maximum: Decimal, measure: Measure) -> Fraction | None:
        """Return the points of a ``Ratio``."""
        if isinstance(measure, Ratio) and measure.share is not None and measure.share < Fraction(self.floor):
            return Fraction(0)
        return self.ratio.points(maximum, measure)


@dataclass(frozen=True)
class YesNoRule:
    """The maximum for yes, nothing for no; what does not apply is left out."""

    @classmethod
    def parse(cls, data: Mapping[str, object], maximum: Decimal) -> Self:  # noqa: ARG003 (every kind is asked alike)
        """Read nothing: the kind has no parameters."""
        return cls()

    def points(self, maximum: Decimal, measure: Measure) -> Fraction | None:
        """Return the points of an answer."""
        if not isinstance(measure, YesNo):
            raise Refused("Chỉ tiêu này cần trả lời: có, không hoặc không áp dụng.")
        return {YesNo.YES: Fraction(maximum), YesNo.NO: Fraction(0), YesNo.NOT_APPLICABLE: None}[measure]


@dataclass(frozen=True)
class BandsRule:
    """A part of the maximum for each named level, in percent: xuất sắc 100, tốt 75, hoàn thành 50."""

    bands: tuple[tuple[str, Decimal], ...]

    @classmethod
    def parse(cls, data: Mapping[str, object], maximum: Decimal) -> Self:  # noqa: ARG003 (every kind is asked alike)
        """Read ``bands``: a list of ``{level, percent}``, percent from 0 to 100, no level twice."""
        rows = data.get("bands")
        if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows or not all(isinstance(row, Mapping) for row in rows):
            raise Refused("«bands» phải là danh sách các mức, mỗi mức có «level» và «percent».")
        bands = tuple((str(row.get("level", "")).strip(), _number(row, "percent")) for row in rows)
        if not all(level and 0 <= percent <= PERCENT for level, percent in bands):
            raise Refused("Mỗi mức của «bands» cần tên và tỷ lệ từ 0 đến 100.")
        if len({level for level, _ in bands}) != len(bands):
            raise Refused("«bands» ghi một mức hai lần.")
        return cls(bands)

    def points(self, maximum: Decimal, measure: Measure) -> Fraction | None:
        """Return the points of a ``Level``."""
        percents = dict(self.bands)
        if not isinstance(measure, Level) or measure.name not in percents:
            raise Refused(f"Chỉ tiêu này cần một trong các mức: {', '.join(percents)}.")
        return Fraction(maximum) * Fraction(percents[measure.name]) / PERCENT


@dataclass(frozen=True)
class CountCapRule:
    """So many points for each, up to the maximum: 0.5 for a regulation, 2 at most."""

    each: Decimal

    @classmethod
    def parse(cls, data: Mapping[str, object], maximum: Decimal) -> Self:
        """Read ``each``: above 0, and not above the maximum."""
        each = _number(data, "each")
        if not 0 < each <= maximum:
            raise Refused(f"«each» phải lớn hơn 0 và không quá điểm tối đa {maximum}.")
        return cls(each)

    def points(self, maximum: Decimal, measure: Measure) -> Fraction | None:
        """Return the points of a ``Count``."""
        if not isinstance(measure, Count):
            raise Refused("Chỉ tiêu này cần số lượng.")
        return min(Fraction(maximum), measure.number * Fraction(self.each))


KINDS: dict[RuleKind, type[RatioRule | LinearThresholdRule | YesNoRule | BandsRule | CountCapRule]] = {
    RuleKind.RATIO: RatioRule,
    RuleKind.LINEAR_THRESHOLD: LinearThresholdRule,
    RuleKind.YESNO: YesNoRule,
    RuleKind.BANDS: BandsRule,
    RuleKind.COUNT_CAP: CountCapRule,
}


def _number(data: Mapping[str, object], key: str, *, default: Decimal | None = None) -> Decimal:
    """Return a number of the data. A binary float is refused: it is read from text as a decimal or not at all."""
    value = data.get(key, default)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Refused(f"«{key}» phải là số thập phân.")
    return value
