"""The life of a report: what may follow what, whose act it is, and which right it takes.

```
lock ──▶ LOCKED ──sign──▶ SIGNED ──send──▶ SENT ──receive──▶ RECEIVED
           │                 │               └──────return─────┴─────▶ RETURNED ──lock──▶ the next version
           └──────unlock─────┴──▶ UNLOCKED ──lock──▶ the next version
```

The chain (chốt, ký, gửi, tiếp nhận, trả lại) is practice; no clause read so far orders it, and who may unlock is ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cchc.reports.terms import Act, Side, State


@dataclass(frozen=True)
class Transition:
    """One row of the table. ``right`` is asked in the agency whose act it is."""

    act: Act
    before: State
    after: State
    side: Side
    right: str
    needs_reason: bool = False


_PREPARE, _SIGN, _RECEIVE = "reports:report:prepare", "reports:report:sign", "reports:report:receive"
TABLE = (
    Transition(Act.SIGN, State.LOCKED, State.SIGNED, Side.OWN, _SIGN),
    Transition(Act.UNLOCK, State.LOCKED, State.UNLOCKED, Side.OWN, _PREPARE, needs_reason=True),
    # What a leader has signed is opened again by a leader.
    Transition(Act.UNLOCK, State.SIGNED, State.UNLOCKED, Side.OWN, _SIGN, needs_reason=True),
    Transition(Act.SEND, State.SIGNED, State.SENT, Side.OWN, _PREPARE),
    Transition(Act.RECEIVE, State.SENT, State.RECEIVED, Side.ABOVE, _RECEIVE),
    Transition(Act.RETURN, State.SENT, State.RETURNED, Side.ABOVE, _RECEIVE, needs_reason=True),
    # Mistakes are also found after a report was received, as when the numbers of all units are put together.
    Transition(Act.RETURN, State.RECEIVED, State.RETURNED, Side.ABOVE, _RECEIVE, needs_reason=True),
)


def transition(act: Act, state: State) -> Transition | None:
    """Return the row for an act on a version in this state; None when the act is not possible now."""
    return next((row for row in TABLE if row.act is act and row.before is state), None)


def open_to(state: State, *, rights: Iterable[str], sides: Iterable[Side]) -> tuple[Transition, ...]:
    """Return what somebody with these rights, who stands on these sides of the report, may do now, in the order of the table."""
    held, at = set(rights), set(sides)
    return tuple(row for row in TABLE if row.before is state and row.right in held and row.side in at)


def days_late(due: date | None, done: date) -> int:
    """Return by how many days ``done`` lies after the day it was due; 0 when it was in time or nothing was due."""
    return max((done - due).days, 0) if due is not None else 0
