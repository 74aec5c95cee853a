"""The way through a procedure's internal process: which step comes next, and what an officer may do with the file now.

Source: the internal process approved for each procedure (Circular 01/2018/TT-VPCP Art. 8). A procedure without steps leaves the
office free; a step without outcomes leads to the one after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

# The kinds of step, as the catalogue writes them.
ASSIGN, PROCESS, APPROVE, RETURN = "assign", "process", "approve", "return"
WORK = frozenset({ASSIGN, PROCESS})


class Outcome(Protocol):
    """How a step may end, and the number of the step it leads to, if any."""

    @property
    def name(self) -> str: ...  # noqa: D102 (what the class says)

    @property
    def next(self) -> int | None: ...  # noqa: D102 (what the class says)


class Step(Protocol):
    """A step of the published process, as the catalogue shows it."""

    @property
    def ordinal(self) -> int: ...  # noqa: D102 (what the class says)

    @property
    def name(self) -> str: ...  # noqa: D102 (what the class says)

    @property
    def kind(self) -> str: ...  # noqa: D102 (what the class says)

    @property
    def outcomes(self) -> Sequence[Outcome]: ...  # noqa: D102 (what the class says)


@dataclass(frozen=True)
class Choice:
    """One way out of a step: the outcome's words (the next step's name where none are published) and where it leads."""

    outcome: str
    step: Step


def at(steps: Sequence[Step], ordinal: int | None) -> Step | None:
    """Return the step of that number, or None where the case is outside the process."""
    return next((step for step in steps if step.ordinal == ordinal), None)


def is_ahead(ordinal: int | None, of: int | None) -> bool:
    """Say whether a step lies ahead of another: a file that was sent back does its steps again, it does not leap over them."""
    return ordinal is not None and of is not None and ordinal > of


def first_work(steps: Sequence[Step]) -> Step | None:
    """Return the first step that a unit works on; None when the process names none."""
    return next((step for step in steps if step.kind in WORK), None)


def work_after_assignment(steps: Sequence[Step], ordinal: int | None) -> Step | None:
    """Return the step whose work begins when the file is assigned: the one after an assigning step, else the same."""
    here = at(steps, ordinal)
    if here is None or here.kind != ASSIGN:
        return here
    return next((step for step in steps if step.ordinal > here.ordinal and step.kind == PROCESS), here)


def forward_choices(steps: Sequence[Step], ordinal: int | None) -> tuple[Choice, ...]:
    """Return the ways on from a step, without those that lead back or end the file."""
    here = at(steps, ordinal)
    if here is None:
        return ()
    named = [(outcome.name, at(steps, outcome.next)) for outcome in here.outcomes]
    ahead = tuple(Choice(name, step) for name, step in named if step is not None and step.ordinal > here.ordinal)
    if ahead:
        return ahead
    following = at(steps, here.ordinal + 1)
    return (Choice(following.name, following),) if following else ()


def may_pass_on(steps: Sequence[Step], ordinal: int | None) -> bool:
    """Say whether another unit or officer works on the file next."""
    return any(choice.step.kind in WORK for choice in forward_choices(steps, ordinal))


def may_submit(steps: Sequence[Step], ordinal: int | None) -> bool:
    """Say whether the file may go to the signer from here: always, unless the process has other work before the signature."""
    choices = forward_choices(steps, ordinal)
    return not choices or any(choice.step.kind not in WORK for choice in choices)


def signature(steps: Sequence[Step], ordinal: int | None) -> Step | None:
    """Return the signing step ahead, or None."""
    return next((step for step in steps if step.kind == APPROVE and step.ordinal > (ordinal or 0)), None)


def last(steps: Sequence[Step]) -> Step | None:
    """Return the step in which the result is given back, or None."""
    return next((step for step in reversed(steps) if step.kind == RETURN), None)
