"""Sums of flows, and what may be said of them. Everything statutory about files is one of these sums."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from cchc.figures.terms import Flow

DONE = (Flow.EARLY, Flow.ON_TIME, Flow.EXTENDED, Flow.LATE)
KEPT = (Flow.EARLY, Flow.ON_TIME, Flow.EXTENDED)
OPEN = {Flow.RECEIVED: 1, Flow.TAKEN: 1, Flow.GIVEN: -1, Flow.CLOSED: -1} | dict.fromkeys(DONE, -1)
OVERDUE = {Flow.BECAME_LATE: 1, Flow.LEFT_LATE: -1}
WAITING = {Flow.PAUSED: 1, Flow.RESUMED: -1}


@dataclass(frozen=True)
class Counts:
    """How often each flow happened; a flow that is absent did not happen."""

    of: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, flow: str) -> int:
        """Return how often."""
        return self.of.get(flow, 0)

    def __add__(self, other: Self) -> "Counts":
        """Return both together."""
        if not self.of or not other.of:
            return Counts(self.of or other.of)
        both = dict(self.of)
        for flow, number in other.of.items():
            both[flow] = both.get(flow, 0) + number
        return Counts(both)

    @staticmethod
    def together(parts: Iterable["Counts"]) -> "Counts":
        """Return all of them together."""
        found: dict[str, int] = {}
        for part in parts:
            for flow, number in part.of.items():
                found[flow] = found.get(flow, 0) + number
        return Counts(found)

    def __sub__(self, other: Self) -> "Counts":
        """Return these without the others."""
        both = dict(self.of)
        for flow, number in other.of.items():
            both[flow] = both.get(flow, 0) - number
        return Counts(both)

    def total(self, flows: Iterable[str]) -> int:
        """Return the sum of several flows."""
        return sum(self[flow] for flow in flows)

    @property
    def open(self) -> int:
        """Return the running sum of open files: of the flows from the beginning, how many are open at their end."""
        return sum(sign * self[flow] for flow, sign in OPEN.items())

    @property
    def overdue(self) -> int:
        """Return how many of them are late and unfinished."""
        return sum(sign * self[flow] for flow, sign in OVERDUE.items())

    @property
    def waiting(self) -> int:
        """Return how many of them wait for their applicants."""
        return sum(sign * self[flow] for flow, sign in WAITING.items())

    @property
    def done(self) -> int:
        """Return how many got a result."""
        return self.total(DONE)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing happened."""
        return not any(self.of.values())
