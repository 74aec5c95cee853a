"""The way a file really went, told from its holdings: its passes through the steps, and how each spent its time.

A *pass* is one time that a file is at a step: from arriving there until it goes to another, or is sent back. Its time is of three kinds:
it waits for somebody to begin (nobody has it in hand), it is worked on (it is in somebody's hands), or it lies with its applicant, when
the clock stands still or the result is ready to be fetched. What was taken back at once (Act.RECALL) was never done: its time belongs to
the step that the file came back to. ``docs/decisions/0020`` says why these are the numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from cchc.cases.terms import Act, Step

Key = int | Step | None
# The office has the file, and the applicant is to move.
WITH_APPLICANT = frozenset({Step.APPLICANT, Step.SUPPLEMENT, Step.PAYMENT, Step.HAND_OVER})
# These waits interrupt a step and do not end it.
_PAUSES = frozenset({Step.APPLICANT, Step.SUPPLEMENT, Step.PAYMENT})


class Spent(Enum):
    """What a stretch of time went into."""

    WAITING = "waiting"
    WORKING = "working"
    APPLICANT = "applicant"


@dataclass(frozen=True)
class Held:
    """One holding: by which act it began, at which step, whether a person had it, and when; ``ended_at`` is None while it lasts."""

    act: Act
    step: Step
    ordinal: int | None
    has_hands: bool
    at: datetime
    received_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True)
class Stretch:
    """A part of a pass; ``end`` is None while it lasts."""

    spent: Spent
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Pass:
    """One time at a step. ``due_at`` is the first term it was given, from ``due_from``; ``late`` tells whether any term of it was broken.

    ``end`` is None while the file is there. ``came_back`` says that it began with being sent back, and ``sent_back`` that it ended so.
    """

    key: Key
    stretches: tuple[Stretch, ...]
    due_from: datetime | None
    due_at: datetime | None
    late: bool
    came_back: bool
    sent_back: bool = False

    @property
    def start(self) -> datetime:
        """Return when the file arrived."""
        return self.stretches[0].start

    @property
    def end(self) -> datetime | None:
        """Return when it went on, or None."""
        return self.stretches[-1].end


@dataclass(frozen=True)
class Way:
    """The passes of a file in their order, and its walk: the same with the pauses between, each told by its own step."""

    passes: tuple[Pass, ...]
    walk: tuple[Key, ...]


def by_office(held: Held) -> Key:
    """Return where in the office a holding is: for files of many procedures, or of one without a published process."""
    return held.step


def by_process(last: int | None) -> Callable[[Held], Key]:
    """Return the key of a published process: the number of its step. ``last`` is the step in which results are given back, if any."""
    return lambda held: last if held.ordinal is None and held.step is Step.HAND_OVER else held.ordinal


def way(holdings: Sequence[Held], *, key: Callable[[Held], Key], now: datetime) -> Way:
    """Return the way of a file from its holdings, oldest first. What lasts is judged as of ``now``."""
    placed = _placed(holdings, key)
    passes: list[Pass] = []
    walk: list[Key] = []
    for where, held, undone in placed:
        came_back = held.act is Act.SEND_BACK and not undone
        if passes and passes[-1].key == where and not came_back:
            passes[-1] = _longer(passes[-1], held, undone=undone, now=now)
        else:
            if passes and came_back:
                passes[-1] = replace(passes[-1], sent_back=True)
            passes.append(_begun(where, held, undone=undone, came_back=came_back, now=now))
            walk.append(where)
            continue
        told: Key = held.step if held.step in _PAUSES else where
        if walk[-1] != told:
            walk.append(told)
    return Way(tuple(passes), tuple(walk))


def _placed(holdings: Sequence[Held], key: Callable[[Held], Key]) -> list[tuple[Key, Held, bool]]:
    """Return each holding with its key, and whether it was undone. What lies before the first step is left out: nothing was accepted yet."""
    found: list[tuple[Key, Held, bool]] = []
    for held in holdings:
        if held.step in _PAUSES:
            if found:
                found.append((found[-1][0], held, False))
            continue
        where = key(held)
        if held.act is Act.RECALL and found:
            found[-1] = (where, found[-1][1], True)
        found.append((where, held, False))
    return found


def _begun(where: Key, held: Held, *, undone: bool, came_back: bool, now: datetime) -> Pass:
    due_at = None if undone else held.due_at
    return Pass(where, _stretches(held), held.at if due_at else None, due_at, _late(held, undone=undone, now=now), came_back)


def _longer(so_far: Pass, held: Held, *, undone: bool, now: datetime) -> Pass:
    due_at = so_far.due_at or (None if undone else held.due_at)
    return replace(
        so_far,
        stretches=so_far.stretches + _stretches(held),
        due_from=so_far.due_from or (held.at if due_at else None),
        due_at=due_at,
        late=so_far.late or _late(held, undone=undone, now=now),
    )


def _late(held: Held, *, undone: bool, now: datetime) -> bool:
    return not undone and held.due_at is not None and (held.ended_at or now) > held.due_at


def _stretches(held: Held) -> tuple[Stretch, ...]:
    """Return how the time of a holding was spent.

    Whoever passes a file on is written as having received it in that very instant: that says nothing of when the work began, so it
    counts as begun when the file came.
    """
    if held.step in WITH_APPLICANT:
        return (Stretch(Spent.APPLICANT, held.at, held.ended_at),)
    if not held.has_hands:
        return (Stretch(Spent.WAITING, held.at, held.ended_at),)
    signed = held.received_at
    if signed is None or signed <= held.at or (held.ended_at is not None and signed >= held.ended_at):
        return (Stretch(Spent.WORKING, held.at, held.ended_at),)
    return (Stretch(Spent.WAITING, held.at, signed), Stretch(Spent.WORKING, signed, held.ended_at))


def quantile(values: Sequence[float], at: float) -> float | None:
    """Return a quantile, between two values in proportion (``percentile_cont``); None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * at
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
