"""The very files behind a number: what a figure counts as sums of flows is here a condition on spells, so that a click can list it.

Each part is written once and tested against the sum: the number shown and the number of rows listed are equal at every level.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q, QuerySet

from cchc.cases.models import Spell
from cchc.cases.terms import SpellEnd, SpellStart, SpellState
from cchc.figures.api import Asked, scopes_of
from cchc.kernel.among import among
from cchc.kernel.figures import Dimension
from cchc.kernel.local import at as at_local
from cchc.kernel.period import Period
from cchc.procedures.api import Channel

_COLUMNS = {
    Dimension.FIELD: "field",
    Dimension.PROCEDURE: "procedure",
    Dimension.CHANNEL: "channel",
}


@dataclass(frozen=True)
class Part:
    """Which spells, and by what they belong to a period.

    ``moment`` is the column that must lie in the period, or empty for a state: at its beginning, or with ``at_end`` at its end; then
    ``late`` keeps what is, or is not, broken by that instant.
    """

    condition: Q
    moment: str = ""
    at_end: bool = False
    late: bool | None = None


_ENDED = {end: Part(Q(end=end), "ends") for end in (SpellEnd.EARLY, SpellEnd.ON_TIME, SpellEnd.EXTENDED, SpellEnd.LATE, SpellEnd.CLOSED)}
_DONE = [SpellEnd.EARLY, SpellEnd.ON_TIME, SpellEnd.EXTENDED, SpellEnd.LATE]
PARTS: Mapping[str, Part] = {
    "received": Part(Q(start=SpellStart.RECEIVED), "begins"),
    "online": Part(Q(start=SpellStart.RECEIVED, channel=Channel.ONLINE), "begins"),
    "direct": Part(Q(start=SpellStart.RECEIVED) & ~Q(channel=Channel.ONLINE), "begins"),
    "carried": Part(Q()),
    "done": Part(Q(end__in=_DONE), "ends"),
    "kept": Part(Q(end__in=_DONE[:3]), "ends"),
    "on_time_or_extended": Part(Q(end__in=_DONE[1:3]), "ends"),
    "first_kept": Part(Q(first_kept=True), "ends"),
    "open": Part(Q(), at_end=True),
    "overdue": Part(Q(), at_end=True, late=True),
    "in_term": Part(Q(), at_end=True, late=False),
    "broken": Part(Q(late_at__isnull=False), "late_at"),
    "waiting": Part(Q(state=SpellState.WAITING), at_end=True),
    **{end.value: part for end, part in _ENDED.items()},
}


def spells_of(name: str, asked: Asked) -> QuerySet[Spell]:
    """Return the spells behind a part of a figure: one for each file counted."""
    return spells_in(PARTS[name], asked)


def spells_in(part: Part, asked: Asked) -> QuerySet[Spell]:
    """Return the spells of a part that the question is about."""
    first, end = _bounds(asked.period)
    found = _of_part(part, first, end)
    if part.moment:
        found = found.filter(_standing(asked, lambda since, until: _between(part.moment, since, until)))
    else:
        instant = end if part.at_end else first
        found = found.filter(_standing(asked, lambda since, until: _holds(instant, since, until)))
    for dimension, value in asked.only.items():
        found = found.filter(agency_id=int(value)) if dimension is Dimension.UNIT else found.filter(**{_COLUMNS[dimension]: value})
    return found


def spells_of_register(name: str, register: str, period: Period) -> QuerySet[Spell]:
    """Return the spells of a part in one imported register, whatever its units are called."""
    return _of_part(PARTS[name], *_bounds(period)).filter(case__register__code=register)


def _of_part(part: Part, first: datetime, end: datetime) -> QuerySet[Spell]:
    found = Spell.objects.filter(part.condition)
    if part.moment:
        return found.filter(**{f"{part.moment}__gte": first, f"{part.moment}__lt": end})
    instant = end if part.at_end else first
    found = found.filter(Q(ends__isnull=True) | Q(ends__gte=instant), begins__lt=instant)
    if part.late is None:
        return found
    return found.filter(late_at__lt=instant) if part.late else found.exclude(late_at__lt=instant)


def _bounds(period: Period) -> tuple[datetime, datetime]:
    assert period.end is not None, "a figure is asked for a closed period"
    return at_local(period.start, time.min), at_local(period.end, time.min)


def _standing(asked: Asked, bounds: Callable[[datetime | None, datetime | None], Q | None]) -> Q:
    """Return the condition that the agency counted for the unit as of the day."""
    scopes = scopes_of(asked.unit_id)
    whole = among("agency_id", [scope.unit_id for scope in scopes if scope.since is None and scope.until is None])
    for scope in scopes:
        if scope.since is None and scope.until is None:
            continue
        since, until = (at_local(day, time.min) if day else None for day in (scope.since, scope.until))
        inside = bounds(since, until)
        if inside is not None:
            whole |= Q(agency_id=scope.unit_id) & inside
    return whole


def _between(column: str, since: datetime | None, until: datetime | None) -> Q:
    condition = Q()
    if since is not None:
        condition &= Q(**{f"{column}__gte": since})
    if until is not None:
        condition &= Q(**{f"{column}__lt": until})
    return condition


def _holds(instant: datetime, since: datetime | None, until: datetime | None) -> Q | None:
    """Return no condition when the unit stood there just before the instant, and None when it did not."""
    if (since is not None and since >= instant) or (until is not None and until < instant):
        return None
    return Q()
