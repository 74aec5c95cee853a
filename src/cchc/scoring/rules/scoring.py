"""Scoring: a set and the facts of a unit give points of criteria, groups and the whole.

What a set says is followed, whatever the unit's level: a criterion with facts is scored, one without facts is not mentioned, one
that is left out (zero denominator with ``null``, or watched only) is there without points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc.kernel.errors import Invalid, Refused
from cchc.scoring.rules.kinds import Measure
from cchc.scoring.rules.rounding import rounded
from cchc.scoring.rules.sets import CriteriaSet, Criterion
from cchc.scoring.terms import SumOf


@dataclass(frozen=True)
class Facts:
    """What was measured of one unit: criterion code to measure."""

    unit: str
    measures: Mapping[str, Measure]


@dataclass(frozen=True)
class Scored:
    """The points of a unit.

    ``metrics`` has what the facts have, in the order of the set, rounded; nothing where a criterion is left out. ``exact`` holds
    the same before rounding. ``groups`` has the groups of which at least one criterion has facts. ``out_of`` is the most that the
    scored criteria could give, ``groups_out_of`` the same for each group: a share of it can be compared, points out of
    different maxima cannot.
    """

    unit: str
    metrics: Mapping[str, Decimal | None]
    groups: Mapping[str, Decimal]
    total: Decimal
    out_of: Decimal
    groups_out_of: Mapping[str, Decimal]
    exact: Mapping[str, Fraction | None]


def score(criteria_set: CriteriaSet, facts: Facts) -> Scored:
    """Return the points; ``Invalid`` when a fact is of no criterion of the set, or not of the form its rule needs."""
    exact = _exact(criteria_set, facts)
    places = criteria_set.places
    metrics = {code: None if points is None else rounded(points, places) for code, points in exact.items()}
    worth = {code: points for code, points in (metrics if criteria_set.sum_of is SumOf.ROUNDED else exact).items() if points is not None}
    present = {group.code: [c for c in criteria_set.of_group(group.code) if c.code in exact] for group in criteria_set.groups}
    groups = {code: _sum(worth, criteria, places) for code, criteria in present.items() if criteria}
    groups_out_of = {code: _out_of(worth, criteria) for code, criteria in present.items() if criteria}
    return Scored(
        unit=facts.unit,
        metrics=metrics,
        groups=groups,
        total=_sum(worth, list(criteria_set.criteria), places),
        out_of=sum(groups_out_of.values(), Decimal(0)),
        groups_out_of=groups_out_of,
        exact=exact,
    )


def _exact(criteria_set: CriteriaSet, facts: Facts) -> dict[str, Fraction | None]:
    problems = {
        code: f"Bộ tiêu chí «{criteria_set.name}» không có chỉ tiêu «{code}»." for code in facts.measures if not criteria_set.find(code)
    }
    exact: dict[str, Fraction | None] = {}
    for criterion in criteria_set.criteria:
        if criterion.code not in facts.measures:
            continue
        try:
            points = criterion.rule.points(criterion.maximum, facts.measures[criterion.code])
        except Refused as refusal:
            problems[criterion.code] = f"Chỉ tiêu «{criterion.code}» của «{facts.unit}»: {refusal.message}"
        else:
            exact[criterion.code] = None if criterion.information_only else points
    if problems:
        raise Invalid(problems)
    return exact


def _sum(worth: Mapping[str, Decimal | Fraction], criteria: list[Criterion], places: int) -> Decimal:
    """Return the sum with the set's places. Of points rounded before, rounding it changes nothing."""
    return rounded(sum((Fraction(worth[c.code]) for c in criteria if c.code in worth), Fraction(0)), places)


def _out_of(worth: Mapping[str, Decimal | Fraction], criteria: list[Criterion]) -> Decimal:
    return sum((c.maximum for c in criteria if c.code in worth), Decimal(0))
