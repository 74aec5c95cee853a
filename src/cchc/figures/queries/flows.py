"""Flows of a unit with all that stood under it, from the rollups wherever they have what is asked, from the facts where they do not."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from cchc.figures.models import FLOWS, DayFlow, HalfMonthFlow
from cchc.figures.rules.buckets import cut
from cchc.figures.rules.flows import Counts
from cchc.figures.rules.registry import Key, Moved, Scope, facts
from cchc.kernel.period import Period
from cchc.kernel.standing import kept
from cchc.organisations import api as organisations

_SUMS = {f"{flow}_": Sum(flow) for flow in FLOWS}
_OF_DAYS = {"field", "channel", "day"}


def moved(unit_id: int, period: Period, by: Sequence[str] = (), *, only: Mapping[str, str] | None = None) -> dict[Key, Moved]:
    """Return the flows before and in a closed period, cut by ``field``, ``procedure``, ``channel``, and ``unit`` or ``level``.

    A province reads its days, a unit its half-months with what is left over at the edges counted from the facts; a finer cut reads the
    facts. ``only`` keeps one value of a cut. A combination without any flow and without stock is absent.
    """
    if "level" in by:
        return _by_level(moved(unit_id, period, ["unit" if name == "level" else name for name in by], only=only), by.index("level"), period)
    cuts = [*by, *(name for name in (only or {}) if name not in by)]
    before, inside = (_before(unit_id, period.start, cuts), _inside(unit_id, period, cuts))
    found: dict[Key, list[Counts]] = {}
    for place, part in enumerate((before, inside)):
        for key, counts in part.items():
            named = dict(zip(cuts, key, strict=True))
            if any(str(named[name]) != value for name, value in (only or {}).items()):
                continue
            both = found.setdefault(key[: len(by)], [Counts(), Counts()])
            both[place] += counts
    return {key: Moved(*both) for key, both in found.items()}


def _by_level(rows: Mapping[Key, Moved], place: int, period: Period) -> dict[Key, Moved]:
    """Put the agencies of a level together: communes, departments, and whatever else has cases."""
    assert period.last is not None, "a figure is asked for a closed period"
    units = organisations.units_on({int(str(key[place])) for key in rows}, period.last)
    found: dict[Key, Moved] = {}
    for key, row in rows.items():
        level = (*key[:place], units[int(str(key[place]))].kind.value, *key[place + 1 :])
        both = found.get(level, Moved(Counts(), Counts()))
        found[level] = Moved(both.before + row.before, both.inside + row.inside)
    return found


def _inside(unit_id: int, period: Period, by: Sequence[str]) -> dict[Key, Counts]:
    if _is_province(unit_id) and set(by) <= _OF_DAYS:
        return _days(unit_id, period.start, period.end, by)
    if set(by) <= {"unit"}:
        return _half_months(unit_id, period, by)
    return facts().recount(scopes_of(unit_id), period, by)


def _before(unit_id: int, day: date, by: Sequence[str]) -> dict[Key, Counts]:
    if _is_province(unit_id) and set(by) <= _OF_DAYS:
        return _days(unit_id, None, day, by)
    return facts().stock(scopes_of(unit_id), day, by)


def _days(province_id: int, start: date | None, end: date | None, by: Sequence[str]) -> dict[Key, Counts]:
    rows = DayFlow.objects.filter(province_id=province_id, day__lt=end)
    if start is not None:
        rows = rows.filter(day__gte=start)
    return _summed(rows, by)


def _half_months(unit_id: int, period: Period, by: Sequence[str]) -> dict[Key, Counts]:
    """Sum whole half-months of those that never moved; count the edges, and those that moved, from the facts."""
    members = scopes_of(unit_id)
    settled = [scope for scope in members if scope.since is None and scope.until is None]
    pieces = cut(period)
    rows = HalfMonthFlow.objects.filter(unit_id__in=[scope.unit_id for scope in settled], start__gte=pieces.first, start__lt=pieces.end)
    parts = [_summed(rows, by)]
    parts += [facts().recount(settled, edge, by) for edge in pieces.edges]
    if moving := [scope for scope in members if scope not in settled]:
        parts.append(facts().recount(moving, period, by))
    return _together(parts)


def _summed(rows: QuerySet[Any], by: Sequence[str]) -> dict[Key, Counts]:
    names = ["unit_id" if name == "unit" else name for name in by]
    found = rows.order_by().values(*names).annotate(**_SUMS) if names else [rows.aggregate(**_SUMS)]
    return {tuple(row[name] for name in names): Counts({flow: row[f"{flow}_"] for flow in FLOWS if row[f"{flow}_"]}) for row in found}


def _together(parts: Iterable[Mapping[Key, Counts]]) -> dict[Key, Counts]:
    found: dict[Key, Counts] = {}
    for part in parts:
        for key, counts in part.items():
            found[key] = found.get(key, Counts()) + counts
    return found


@kept
def scopes_of(unit_id: int) -> tuple[Scope, ...]:
    """Return who counts for a unit and when: itself, and what stood under it as of the day. One query."""
    return tuple(Scope(row.top_id, row.unit_id, row.since, row.until) for row in organisations.memberships([unit_id]))


@kept
def _is_province(unit_id: int) -> bool:
    return unit_id in organisations.provinces_ever()
