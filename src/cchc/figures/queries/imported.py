"""Imported values as a figure: of the very unit and the very days for which they were published."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cchc.audit import api as audit
from cchc.figures.models import ImportedValue
from cchc.figures.rules.registry import Asked, Key, Ratio
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.organisations import api as organisations

STREAM = "figures:imported"


@dataclass(frozen=True)
class ImportView:
    """An import that was made: when, in which post, from where, how many values changed, of how many units, in which days."""

    at: datetime
    post: str
    source: str
    values: int
    units: int
    start: date
    last: date


def imports_made(*, most: int = 50) -> tuple[ImportView, ...]:
    """Return the imports as the journal has them, the newest first."""
    found = []
    for entry in reversed(audit.entries(STREAM, last=most)):
        values = entry.public["values"]
        starts, lasts = ([date.fromisoformat(row[place]) for row in values] for place in (2, 3))
        units = len({row[1] for row in values})
        found.append(ImportView(entry.at, entry.actor_post, entry.public["source"], len(values), units, min(starts), max(lasts)))
    return tuple(found)


def imported(key: str) -> Callable[[Asked], Mapping[Key, Ratio]]:
    """Return the count of a figure that is fed by imports. Nothing is added up: a province's value is the one published for it."""

    def count(asked: Asked) -> Mapping[Key, Ratio]:
        if set(asked.by) - {Dimension.UNIT} or asked.only:
            return {}
        rows = ImportedValue.objects.filter(key=key, start=asked.period.start, last=asked.period.last)
        if asked.by:
            # Also of units that have no files here: what was published for them is known all the same.
            return {(row.unit_id,): _ratio(row) for row in rows.filter(unit_id__in=_standing(asked))}
        own = rows.filter(unit_id=asked.unit_id).first()
        return {} if own is None else {(): _ratio(own)}

    return count


def imported_values(keys: Collection[str], *, period: Period) -> dict[int, dict[str, Ratio]]:
    """Return every value imported for exactly these days, by unit id and key. One query for any number of units and figures."""
    found: dict[int, dict[str, Ratio]] = {}
    for row in ImportedValue.objects.filter(key__in=keys, start=period.start, last=period.last):
        found.setdefault(row.unit_id, {})[row.key] = _ratio(row)
    return found


def _standing(asked: Asked) -> set[int]:
    """Return the ids of the unit and of what stood under it on the last day asked for."""
    last = asked.period.last
    assert last is not None, "a figure is asked for a closed period"
    rows = organisations.memberships([asked.unit_id])
    return {row.unit_id for row in rows if (row.since is None or row.since <= last) and (row.until is None or last < row.until)}


def _ratio(row: ImportedValue) -> Ratio:
    return Ratio(float(row.number), None if row.of is None else float(row.of))
