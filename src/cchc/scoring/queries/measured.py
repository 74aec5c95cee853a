"""A set scored from our own figures and from imported ones, for any unit and period."""

from collections.abc import Collection, Mapping

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.scoring.rules.kinds import Measure, Ratio
from cchc.scoring.rules.scoring import Facts, Scored, score
from cchc.scoring.rules.sets import CriteriaSet


def scored_unit(criteria_set: CriteriaSet, *, unit: organisations.UnitView, period: Period) -> Scored:
    """Return the points of one unit with all that stands under it. A criterion without any value is absent."""
    measures: dict[str, Measure] = {}
    for criterion in criteria_set.criteria:
        key = _key(criteria_set, criterion.code, criterion.figure)
        if not figures.is_registered(key):
            continue
        total = figures.figure_table(key, unit_id=unit.id, period=period).total
        if total.of is not None:
            measures[criterion.code] = Ratio(int(total.number), int(total.of))
    return score(criteria_set, Facts(unit.code, measures))


def scored_below(criteria_set: CriteriaSet, *, unit: organisations.UnitView, period: Period) -> dict[int, Scored]:
    """Return the points of each agency under a unit, by its id; of those for which something is measured."""
    found: dict[int, dict[str, Measure]] = {}
    for criterion in criteria_set.criteria:
        key = _key(criteria_set, criterion.code, criterion.figure)
        if not figures.is_registered(key):
            continue
        for line in figures.figure_table(key, unit_id=unit.id, period=period, by=[Dimension.UNIT]).lines:
            if line.of is not None:
                found.setdefault(int(str(line.key[0])), {})[criterion.code] = Ratio(int(line.number), int(line.of))
    assert period.last is not None, "an index is of a closed period"
    codes = _codes(found, period)
    return {unit_id: score(criteria_set, Facts(codes[unit_id], measures)) for unit_id, measures in found.items()}


def _codes(ids: Collection[int], period: Period) -> Mapping[int, str]:
    assert period.last is not None, "an index is of a closed period"
    return {unit_id: view.code for unit_id, view in organisations.units_on(ids, period.last).items()}


def _key(criteria_set: CriteriaSet, code: str, own: str) -> str:
    return own or f"{criteria_set.code}.{code}"
