"""What working time tells those above."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CalendarChanged:
    """A day of the official calendar was set or withdrawn. Promises do not move by themselves: owners of clocks decide."""

    day: date
    version: str
