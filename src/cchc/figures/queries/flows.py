"""Flows of a unit with all that stood under it, from the rollups wherever they have what is asked, from the facts where they do not."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from cchc.figures.models import FLOWS, DayFlow, HalfMonthFlow, ProvinceFlow
from cchc.figures.queries.owners import owners
from cchc.figures.rules.buckets import Cut, cut, half_of, months_of
from cchc.figures.rules.flows import Counts
from cchc.figures.rules.registry import Key, Moved, Scope, facts
from cchc.kernel.period import Period
from cchc.kernel.standing import kept
from cchc.organisations import api as organisations

_SUMS = {f"{flow}_": Sum(flow) for flow in FLOWS}
_OF_DAYS = {"field", "channel", "month"}


def moved(unit_id: int, period: Period, by: Sequence[str] = (), *, only: Mapping[str, str] | None = None) -> dict[Key, Moved]:
    """Return the flows before and in a closed period, cut by ``field``, ``procedure``, ``channel``, and ``unit`` or ``level``.

    A province reads its days, a unit its half-months with what is left over at the edges counted from the facts; a finer cut reads the
    facts. ``only`` keeps one value of a cut. A combination without any flow and without stock is absent.
    """
    if "level" in by:
        return _by_level(moved(unit_id, period, ["unit" if name == "level" else name for name in by], only=only), by.index("level"), period)
    cuts = [*by, *(name for name in (only or {}) if name not in by)]
    before = _narrowed(_before(unit_id, period.start, cuts), cuts, by, only)
    inside = _narrowed(_inside(unit_id, period, cuts), cuts, by, only)
    return {key: Moved(before.get(key, Counts()), inside.get(key, Counts())) for key in {*before, *inside}}


def moved_by_month(
    unit_id: int, period: Period, by: Sequence[str] = (), *, only: Mapping[str, str] | None = None
) -> dict[date, dict[Key, Moved]]:
    """Return the same for each calendar month that the period touches, by its first day. As many queries as for one period.

    What is open at the end of a month is what was open before it and what happened in it: the flows carry a changing tree along.
    """
    cuts = [*by, *(name for name in (only or {}) if name not in by)]
    inside = _narrowed(_inside(unit_id, period, [*cuts, "month"]), [*cuts, "month"], [*by, "month"], only)
    stock = _narrowed(_before(unit_id, period.start, cuts), cuts, by, only)
    found: dict[date, dict[Key, Moved]] = {}
    for month in (whole.start for whole in months_of(period)):
        happened = {key[:-1]: counts for key, counts in inside.items() if key[-1] == month}
        found[month] = {key: Moved(stock.get(key, Counts()), happened.get(key, Counts())) for key in {*stock, *happened}}
        stock = {key: row.after for key, row in found[month].items()}
    return found


def _narrowed(rows: Mapping[Key, Counts], cuts: Sequence[str], by: Sequence[str], only: Mapping[str, str] | None) -> dict[Key, Counts]:
    """Keep what ``only`` asks for, and put together what ``by`` does not tell apart."""
    places = [cuts.index(name) for name in by]
    wanted = [(cuts.index(name), value) for name, value in (only or {}).items()]
    found: dict[Key, Counts] = {}
    for key, counts in rows.items():
        if all(str(key[place]) == value for place, value in wanted):
            short = tuple(key[place] for place in places)
            found[short] = found.get(short, Counts()) + counts
    return found


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
        assert period.end is not None, "a figure is asked for a closed period"
        return _days(unit_id, period.start, period.end, by)
    if set(by) <= {"unit", "month"}:
        return _half_months(unit_id, period, by)
    return facts().recount(scopes_of(unit_id), period, by)


def _before(unit_id: int, day: date, by: Sequence[str]) -> dict[Key, Counts]:
    """Return what was open at the first instant of a day: as the sum of all flows before it where a rollup has them."""
    if _is_province(unit_id) and set(by) <= _OF_DAYS:
        found = _days(unit_id, None, day, by)
    elif set(by) <= {"unit"}:
        members = scopes_of(unit_id)
        settled = [scope for scope in members if scope.since is None and scope.until is None]
        parts = [_of_halves(settled, _until(day), by)]
        if moving := [scope for scope in members if scope not in settled]:
            parts.append(facts().stock(moving, day, by))
        found = _together(parts)
    else:
        return facts().stock(scopes_of(unit_id), day, by)
    return {key: counts for key, counts in found.items() if counts.open or counts.overdue or counts.waiting}


def _until(day: date) -> Cut:
    """Return everything before a day: all half-months, and the days since the last."""
    end = half_of(day)
    return Cut(date.min, end, (Period(end, day),) if end < day else ())


def _days(province_id: int, start: date | None, end: date, by: Sequence[str]) -> dict[Key, Counts]:
    """Sum whole half-months of a province, and the days at the edges."""
    pieces = _until(end) if start is None else cut(Period(start, end))
    halves = ProvinceFlow.objects.filter(province_id=province_id, start__gte=pieces.first, start__lt=pieces.end)
    days = [DayFlow.objects.filter(province_id=province_id, day__gte=edge.start, day__lt=edge.end) for edge in pieces.edges]
    return _together(_summed(rows, by) for rows in (halves, *days))


def _half_months(unit_id: int, period: Period, by: Sequence[str]) -> dict[Key, Counts]:
    """Sum those that never moved; count those that moved from the facts."""
    members = scopes_of(unit_id)
    settled = [scope for scope in members if scope.since is None and scope.until is None]
    parts = [_of_halves(settled, cut(period), by)]
    if moving := [scope for scope in members if scope not in settled]:
        parts.append(facts().recount(moving, period, by))
    return _together(parts)


def _of_halves(settled: Sequence[Scope], pieces: Cut, by: Sequence[str]) -> dict[Key, Counts]:
    """Sum whole half-months of units; count the edges from the facts."""
    rows = HalfMonthFlow.objects.filter(unit_id__in=[scope.unit_id for scope in settled], start__gte=pieces.first, start__lt=pieces.end)
    return _together([_summed(rows, by), *(facts().recount(settled, edge, by) for edge in pieces.edges)])


def _summed(rows: QuerySet[Any], by: Sequence[str]) -> dict[Key, Counts]:
    names = [{"unit": "unit_id", "month": "month_"}.get(name, name) for name in by]
    if "month_" in names:
        rows = rows.annotate(month_=TruncMonth("day" if rows.model is DayFlow else "start"))
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
    """Return who counts for a unit and when: itself, and what stood under it as of the day, of those that have files. Two queries."""
    with_files = {unit_id, *owners()}
    rows = organisations.memberships([unit_id])
    return tuple(Scope(row.top_id, row.unit_id, row.since, row.until) for row in rows if row.unit_id in with_files)


@kept
def _is_province(unit_id: int) -> bool:
    return unit_id in organisations.provinces_ever()
