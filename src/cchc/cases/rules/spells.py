"""The spells of a case: how long the office owed a result, to which promise, and how it ended. Every count of files is made of them.

A spell is a stretch of time during which nothing about the debt changes: one agency, one promise, running or waiting. A case that is
received and finished has one; a wait for papers, an extension, a moved promise or a new agency begins another. Spells are never
changed once they have ended, so what was true at the end of any past day can still be counted (dossier §6.2: from events, as of a
date, not from the state of today).
"""

from dataclasses import dataclass
from datetime import datetime

from cchc.cases.terms import RUNNING, WAITING, SpellEnd, SpellStart, SpellState, Stage, Timeliness


@dataclass(frozen=True)
class Debt:
    """What an agency owes: a result by ``late_from`` (None: no promise), unless the applicant is to move first."""

    agency_id: int | None
    state: SpellState
    late_from: datetime | None


def debt(*, stage: Stage, received: bool, agency_id: int | None, late_from: datetime | None) -> Debt | None:
    """Return what is owed on a case in that state, or None: not accepted yet, or ended."""
    if not received:
        return None
    if stage in RUNNING:
        return Debt(agency_id, SpellState.RUNNING, late_from)
    if stage in WAITING:
        return Debt(agency_id, SpellState.WAITING, None)
    return None


def start_of(before: Debt | None, now: Debt) -> SpellStart:
    """Return how the spell of ``now`` begins."""
    if before is None:
        return SpellStart.RECEIVED
    return SpellStart.GOES_ON if before.agency_id == now.agency_id else SpellStart.TAKEN


def end_of(before: Debt, now: Debt | None, *, finished: Timeliness | None) -> SpellEnd:
    """Return how the spell of ``before`` ends; ``finished`` tells how a result kept the promise, and is None when there is none."""
    if now is not None:
        return SpellEnd.GOES_ON if before.agency_id == now.agency_id else SpellEnd.GIVEN
    return SpellEnd(finished.value) if finished is not None else SpellEnd.CLOSED


def broken_at(debt_: Debt, *, begins: datetime, ends: datetime | None) -> datetime | None:
    """Return when the promise was, or will be, broken within the spell: the first late instant from its beginning on, or None.

    Finishing in the very instant counts as late, as ``timeliness.is_late`` says.
    """
    if debt_.late_from is None:
        return None
    moment = max(begins, debt_.late_from)
    return moment if ends is None or moment <= ends else None
