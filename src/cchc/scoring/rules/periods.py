"""The periods of the index: calendar months, quarters and years, by name and by day.

The portal publishes the index by calendar month, quarter and year (seen on its pages for Phú Thọ, August 2026); statutory reports run
from the 15th to the 14th and are none of them.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from cchc.kernel.errors import Refused
from cchc.kernel.period import Period
from cchc.scoring.terms import PeriodKind

MONTHS = 12
_LENGTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
_NAME = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])))?")


@dataclass(frozen=True)
class IndexPeriod:
    """A month, quarter or year; ``period`` is whole, also while it runs."""

    kind: PeriodKind
    period: Period

    @classmethod
    def containing(cls, kind: PeriodKind, day: date) -> Self:
        """Return the period of that kind to which a day belongs."""
        months = _LENGTHS[kind]
        index = day.year * MONTHS + (day.month - 1) // months * months
        return cls(kind, Period(_first(index), _first(index + months)))

    @classmethod
    def named(cls, name: str) -> Self:
        """Return the period of a name: ``2026-08``, ``2026-Q3``, ``2026``. Raises ``Refused``."""
        found = _NAME.fullmatch(name.strip())
        month = int(found[2] or 1) if found and found[2] else int(found[3]) * 3 - 2 if found and found[3] else 1
        if not found or not 1 <= month <= MONTHS or not date.min.year < int(found[1]) < date.max.year:
            raise Refused(f"Kỳ phải dạng 2026-08, 2026-Q3 hoặc 2026, không phải «{name}».", field="period")
        kind = PeriodKind.MONTH if found[2] else PeriodKind.QUARTER if found[3] else PeriodKind.YEAR
        return cls.containing(kind, date(int(found[1]), month, 1))

    @classmethod
    def of(cls, period: Period) -> Self | None:
        """Return the month, quarter or year that is exactly these days, or nothing."""
        return next((each for kind in PeriodKind if (each := cls.containing(kind, period.start)).period == period), None)

    @property
    def start(self) -> date:
        """Return the first day."""
        return self.period.start

    @property
    def last(self) -> date:
        """Return the last day."""
        assert self.period.last is not None, "a month, quarter or year ends"
        return self.period.last

    @property
    def name(self) -> str:
        """Return ``2026-08``, ``2026-Q3``, ``2026``."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.start:%Y}"
        return f"{self.start:%Y-%m}" if self.kind is PeriodKind.MONTH else f"{self.start:%Y}-Q{(self.start.month + 2) // 3}"

    def before(self, number: int = 1) -> "IndexPeriod":
        """Return the period of the same kind so many before this one."""
        found = self
        for _ in range(number):
            found = IndexPeriod.containing(self.kind, found.start - timedelta(days=1))
        return found


def running(day: date) -> tuple[IndexPeriod, ...]:
    """Return the month, quarter and year to which a day belongs."""
    return tuple(IndexPeriod.containing(kind, day) for kind in PeriodKind)


def ended(day: date, *, months: int) -> tuple[IndexPeriod, ...]:
    """Return every period of any kind that ended before a day, and not earlier than so many months before the month of the day."""
    found = []
    for kind in PeriodKind:
        current = IndexPeriod.containing(kind, day).before()
        first = IndexPeriod.containing(PeriodKind.MONTH, day).before(months).start
        while current.last >= first:
            found.append(current)
            current = current.before()
    return tuple(found)


def _first(index: int) -> date:
    return date(index // MONTHS, index % MONTHS + 1, 1)
