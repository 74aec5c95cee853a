"""Time as half-open periods of days: the first day belongs to the period, the end does not."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """The days ``start <= day < end``; without ``end`` it goes on."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse an empty period, which is always a slip."""
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"Khoảng thời gian rỗng: {self.start} đến trước {self.end}.")

    def __contains__(self, day: date) -> bool:
        """Say whether the day lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def last(self) -> date | None:
        """Return the last day that belongs to the period, as people write it."""
        return None if self.end is None else self.end - timedelta(days=1)

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two periods share a day."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)
