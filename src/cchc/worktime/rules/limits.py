"""A time limit as the law writes it: an amount and a unit."""

import re
from dataclasses import dataclass

from cchc.kernel.errors import Refused
from cchc.worktime.terms import LimitUnit

_WRITTEN = re.compile(r"^([0-9]{1,5})(wd|wh|d|m)$")
_HELP = "Viết số kèm đơn vị: 5wd (ngày làm việc), 8wh (giờ làm việc), 10d (ngày), 1m (tháng); 0wd là trong ngày."
# Ten years is longer than any term in the national catalogue; beyond it a typing error is certain.
_MOST = {LimitUnit.WORKING_DAYS: 2600, LimitUnit.WORKING_HOURS: 20800, LimitUnit.CALENDAR_DAYS: 3660, LimitUnit.MONTHS: 120}


@dataclass(frozen=True)
class TimeLimit:
    """``amount`` units of ``unit``, at least one; ``0wd`` alone is the promise "trong ngày" (Decree 23/2015 Art. 7).

    The units are those of the national record (dossier §4.1). Raises ``Refused(field="term")`` on an impossible amount.
    """

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        """Refuse an amount that no term has."""
        if self.amount < 0 or (self.amount == 0 and self.unit is not LimitUnit.WORKING_DAYS):
            raise Refused(f"Thời hạn «{self}» phải lớn hơn 0. {_HELP}", field="term")
        if self.amount > _MOST[self.unit]:
            raise Refused(f"Thời hạn «{self}» dài quá 10 năm. Kiểm tra lại con số.", field="term")

    def __str__(self) -> str:
        """Return how it is written: ``5wd``."""
        return f"{self.amount}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> "TimeLimit":
        """Return the limit written ``5wd``, ``8wh``, ``10d`` or ``1m``; letter case and outer spaces do not matter.

        Raises ``Refused(field="term")`` on anything else: a term nobody can read is never guessed.
        """
        found = _WRITTEN.match(text.strip().lower())
        if not found:
            raise Refused(f"Không hiểu thời hạn «{text.strip()}». {_HELP}", field="term")
        return cls(int(found[1]), LimitUnit(found[2]))

    @property
    def is_same_day(self) -> bool:
        """Say whether this is the promise "trong ngày"."""
        return self.amount == 0

    @property
    def compares_instants(self) -> bool:
        """Say whether lateness is a matter of instants (hours) and not of dates (days, months)."""
        return self.unit is LimitUnit.WORKING_HOURS

    @property
    def text(self) -> str:
        """Return how officials say it: ``5 ngày làm việc``, ``trong ngày``."""
        return "trong ngày" if self.is_same_day else f"{self.amount} {self.unit.label}"
