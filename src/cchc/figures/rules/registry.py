"""What is registered: the figures with the way each is counted, and the facts from which the flows are counted again.

The registry knows no domain. A module that owns facts registers its figures when Django starts; nobody else computes them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol

from cchc.figures.rules.flows import Counts
from cchc.kernel.errors import NotFound
from cchc.kernel.figures import Audience, Dimension, Figure
from cchc.kernel.period import Period

Key = tuple[object, ...]


@dataclass(frozen=True)
class Scope:
    """A unit that counts for ``top_id`` from ``since`` (None: always) until before ``until`` (None: still)."""

    top_id: int
    unit_id: int
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Recount:
    """A statement that counts flows from the facts: its text, its values, and its columns after the cuts."""

    sql: str
    values: Mapping[str, Any]
    flows: tuple[str, ...]


class Facts(Protocol):
    """What the owner of the facts can do for the rollups."""

    def statement(self, scopes: Iterable[Scope], period: Period, by: Sequence[str]) -> Recount:
        """Return the statement that counts the flows of a period by the cuts."""

    def recount(self, scopes: Iterable[Scope], period: Period, by: Sequence[str]) -> dict[Key, Counts]:
        """Count the flows of a period by the cuts."""

    def stock(self, scopes: Iterable[Scope], day: date, by: Sequence[str]) -> dict[Key, Counts]:
        """Count what is open at the first instant of a day."""

    def days(self) -> Period | None:
        """Return the days on which anything counts, or None when there is nothing."""

    def owners(self) -> tuple[int, ...]:
        """Return the units that own any fact."""

    def check(self, progress: Callable[[int, int], None]) -> Iterator[str]:
        """Compare the facts with the journal; give a sentence for each that disagrees."""


@dataclass(frozen=True)
class Asked:
    """One question: of which unit with all that stands under it, in which days (closed), cut by what, narrowed to what."""

    unit_id: int
    period: Period
    by: tuple[Dimension, ...] = ()
    only: Mapping[Dimension, str] = field(default_factory=dict)


class Ratio(NamedTuple):
    """What was counted; without ``of`` it is a number, with it a share. ``counted`` is of how many records a median is.

    A named tuple, as a line of a table and its cell are: a page makes thousands, and a dataclass takes three times as long.
    """

    number: float
    of: float | None = None
    counted: int | None = None


@dataclass(frozen=True)
class Moved:
    """The flows up to the period, and those in it."""

    before: Counts
    inside: Counts

    @property
    def after(self) -> Counts:
        """Return all flows to the end of the period."""
        return self.before + self.inside

    @property
    def open(self) -> int:
        """Return how many are open at the end of the period."""
        return self.before.open + self.inside.open

    @property
    def overdue(self) -> int:
        """Return how many of them are late and unfinished then."""
        return self.before.overdue + self.inside.overdue

    @property
    def waiting(self) -> int:
        """Return how many of them wait for their applicants then."""
        return self.before.waiting + self.inside.waiting


@dataclass(frozen=True)
class Measure:
    """A figure with the way it is counted: from flows (``flows``), or by its owner (``count``). ``owner`` lists the records behind it."""

    figure: Figure
    flows: Callable[[Moved], Ratio] | None = None
    count: Callable[[Asked], Mapping[Key, Ratio]] | None = None
    part: str = ""


@dataclass(frozen=True)
class OfficerAsked:
    """A question about the own work of one post, in days (closed)."""

    post_id: int
    period: Period


@dataclass(frozen=True)
class OfficerMeasure:
    """A figure of one officer's own work, counted by field. It is in no list of figures: nothing can print, export or compare it."""

    figure: Figure
    count: Callable[[OfficerAsked], Mapping[str, Ratio]]


_measures: dict[str, Measure] = {}
_of_officers: dict[str, OfficerMeasure] = {}
_facts: list[Facts] = []


def register(*measures: Measure) -> None:
    """Make figures known; a key that is taken by another figure is a mistake of ours."""
    for measure in measures:
        if measure.figure.audience is Audience.OFFICER:
            raise ValueError(f"Số liệu về cán bộ «{measure.figure.key}» không vào danh mục số liệu.")
        known = _measures.setdefault(measure.figure.key, measure)
        if known.figure != measure.figure:
            raise ValueError(f"Hai số liệu cùng khóa «{measure.figure.key}».")


def register_of_officers(*measures: OfficerMeasure) -> None:
    """Make figures of officers known, apart from all others."""
    for measure in measures:
        if measure.figure.audience is not Audience.OFFICER:
            raise ValueError(f"Số liệu «{measure.figure.key}» không ghi là của cán bộ.")
        _of_officers[measure.figure.key] = measure


def officer_measures() -> tuple[OfficerMeasure, ...]:
    """Return the figures of officers, in the order in which they were registered."""
    return tuple(_of_officers.values())


def measure(key: str) -> Measure:
    """Return what is registered under a key. Raises ``NotFound``."""
    if key not in _measures:
        raise NotFound(f"Không có số liệu «{key}».", field="key")
    return _measures[key]


def is_registered(key: str) -> bool:
    """Say whether there is a figure of that key."""
    return key in _measures


def measures() -> tuple[Measure, ...]:
    """Return everything registered, in the order of the keys."""
    return tuple(_measures[key] for key in sorted(_measures))


def own_facts(facts: Facts) -> None:
    """Let the owner of the facts be known; there is one."""
    _facts[:] = [facts]


def facts() -> Facts:
    """Return the owner of the facts."""
    return _facts[0]
