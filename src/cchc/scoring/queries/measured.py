"""A set scored from our own figures and from imported ones: every unit of a period at once, in a number of queries that does not grow with them.

A unit counts with all that stands under it. Where nothing stands under a unit and it has not moved, its line in the table of the unit at
the top is its own number, so that one reading per figure serves a whole province; the few others are asked one by one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.scoring.rules.kinds import Ratio
from cchc.scoring.rules.ranks import ranks
from cchc.scoring.rules.scoring import Facts, Scored, score
from cchc.scoring.rules.sets import CriteriaSet

Ratios = dict[str, Ratio]


@dataclass(frozen=True)
class Ranked:
    """The points of a unit with what they were computed from. ``rank`` is among the ``ranked`` units of its kind under the same unit."""

    unit: organisations.UnitView
    measures: Mapping[str, Ratio]
    scored: Scored
    rank: int
    ranked: int


def scored_unit(criteria_set: CriteriaSet, *, unit: organisations.UnitView, period: Period, as_of: date) -> tuple[Scored, Ratios]:
    """Return the points of one unit with all that stands under it, and the measures. A criterion without any value is absent.

    Files are counted to the end of ``as_of`` where the period goes on; what was imported must be of the whole period.
    """
    values = figures.imported_values(_imported(criteria_set), period=period).get(unit.id, {})
    measures = _named(criteria_set, {**_asked(criteria_set, unit.id, period, as_of), **_ratios(values)})
    return score(criteria_set, Facts(unit.code, measures)), measures


def scored_units(
    criteria_set: CriteriaSet, *, period: Period, as_of: date, under: organisations.UnitView | None = None
) -> dict[int, Ranked]:
    """Return the points of every unit of which anything is measured in the period, by its id; ``under`` keeps one and what stands under it.

    The same for each unit as ``scored_unit`` gives, ranks apart, which need the neighbours.
    """
    assert period.last is not None, "an index is of a closed period"
    values = figures.imported_values(_imported(criteria_set), period=period)
    views = _views({*figures.owners(), *values, *([under.id] if under else [])}, min(period.last, as_of), under)
    counted = _counted(criteria_set, views, period, as_of)
    found: dict[int, tuple[Scored, Ratios]] = {}
    for unit_id, view in views.items():
        measures = _named(criteria_set, {**counted.get(unit_id, {}), **_ratios(values.get(unit_id, {}))})
        if any(ratio.denominator or ratio.numerator for ratio in measures.values()):
            found[unit_id] = score(criteria_set, Facts(view.code, measures)), measures
    return _ranked(found, views)


def _views(ids: set[int], day: date, under: organisations.UnitView | None) -> dict[int, organisations.UnitView]:
    """Return the units and all above them, or those that are, or stand under, one of them."""
    views = organisations.units_on(ids, day)
    if under is not None:
        return {unit_id: view for unit_id, view in views.items() if under.id in {unit_id, *view.ancestor_ids}}
    above = {ancestor for view in views.values() for ancestor in view.ancestor_ids} - set(views)
    return {**views, **(organisations.units_on(above, day) if above else {})}


def _counted(criteria_set: CriteriaSet, views: Mapping[int, organisations.UnitView], period: Period, as_of: date) -> dict[int, Ratios]:
    """Return what is counted here, by unit and key of the figure: units alone and at rest from the lines of those at the top."""
    with_files, holders = set(figures.owners()), dict[int, list[organisations.Membership]]()
    for row in organisations.memberships(list(views)):
        if row.unit_id in with_files:
            holders.setdefault(row.top_id, []).append(row)
    found: dict[int, Ratios] = {unit_id: _nothing(criteria_set) for unit_id in views if unit_id not in holders}
    for top in [unit_id for unit_id, view in views.items() if unit_id in holders and not set(view.ancestor_ids) & set(views)]:
        found[top], lines = _table(criteria_set, top, period, as_of)
        for row in holders[top]:
            alone = [member.unit_id for member in holders.get(row.unit_id, ())] == [row.unit_id]
            if alone and row.unit_id != top and row.since is None and row.until is None:
                found[row.unit_id] = lines.get(row.unit_id, _nothing(criteria_set))
    return {**found, **{unit_id: _asked(criteria_set, unit_id, period, as_of) for unit_id in set(views) - set(found)}}


def _table(criteria_set: CriteriaSet, unit_id: int, period: Period, as_of: date) -> tuple[Ratios, dict[int, Ratios]]:
    """Return the numbers of a unit as a whole, and of each agency in it."""
    nothing = _nothing(criteria_set)
    own, lines = dict(nothing), dict[int, Ratios]()
    for table in figures.figure_tables(list(nothing), unit_id=unit_id, period=period, as_of=as_of, by=[Dimension.UNIT]):
        key = table.figure.key
        own[key] = _ratio(table.total)
        for line in table.lines:
            lines.setdefault(int(str(line.key[0])), dict(nothing))[key] = _ratio(line)
    return own, lines


def _asked(criteria_set: CriteriaSet, unit_id: int, period: Period, as_of: date) -> Ratios:
    keys = list(_nothing(criteria_set))
    return {table.figure.key: _ratio(table.total) for table in figures.figure_tables(keys, unit_id=unit_id, period=period, as_of=as_of)}


def _ranked(found: Mapping[int, tuple[Scored, Ratios]], views: Mapping[int, organisations.UnitView]) -> dict[int, Ranked]:
    """Give places among units of the same kind that stand under the same unit."""
    leagues: dict[tuple[object, ...], list[int]] = {}
    for unit_id in found:
        view = views[unit_id]
        leagues.setdefault((view.kind, *view.ancestor_ids[:1]), []).append(unit_id)
    ranked: dict[int, Ranked] = {}
    for league in leagues.values():
        totals: list[Decimal | None] = [found[unit_id][0].total for unit_id in league]
        for unit_id, place in zip(league, ranks(totals), strict=True):
            scored, measures = found[unit_id]
            assert place is not None, "every unit here has a total"
            ranked[unit_id] = Ranked(views[unit_id], measures, scored, place, len(league))
    return ranked


def _nothing(criteria_set: CriteriaSet) -> Ratios:
    """Return what a unit without any file measures by the figures counted here: of nothing, nothing."""
    return {
        criterion.figure: Ratio(0, 0) for criterion in criteria_set.criteria if criterion.figure and figures.is_registered(criterion.figure)
    }


def _imported(criteria_set: CriteriaSet) -> Collection[str]:
    return [key_of(criteria_set, criterion.code) for criterion in criteria_set.criteria if not criterion.figure]


def key_of(criteria_set: CriteriaSet, code: str) -> str:
    """Return the key of the figure that measures a criterion."""
    criterion = criteria_set.find(code)
    return (criterion.figure if criterion else "") or f"{criteria_set.code}.{code}"


def _named(criteria_set: CriteriaSet, by_key: Mapping[str, Ratio]) -> Ratios:
    keys = {criterion.code: key_of(criteria_set, criterion.code) for criterion in criteria_set.criteria}
    return {code: by_key[key] for code, key in keys.items() if key in by_key}


def _ratio(line: figures.Line) -> Ratio:
    return Ratio(int(line.number), int(line.of or 0))


def _ratios(values: Mapping[str, figures.Ratio]) -> Ratios:
    return {key: Ratio(int(value.number), int(value.of)) for key, value in values.items() if value.of is not None}
