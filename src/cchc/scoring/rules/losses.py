"""Where points are lost, and how many more files it would take to lose none."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc.scoring.rules.kinds import LinearThresholdRule, Measure, Ratio, RatioRule, Rule
from cchc.scoring.rules.sets import CriteriaSet, Criterion


@dataclass(frozen=True)
class Loss:
    """Points lost on one criterion. ``missing`` is how much the numerator lacks for the maximum, where the criterion is a share of something."""

    criterion: Criterion
    points: Decimal
    lost: Decimal
    ratio: Ratio | None
    missing: int | None


def losses(criteria_set: CriteriaSet, metrics: Mapping[str, Decimal | None], measures: Mapping[str, Measure]) -> tuple[Loss, ...]:
    """Return the criteria on which points are lost, the most first; what is left out or watched only loses nothing."""
    found = []
    for criterion in criteria_set.criteria:
        points = metrics.get(criterion.code)
        if points is None or points >= criterion.maximum:
            continue
        measure = measures.get(criterion.code)
        ratio = measure if isinstance(measure, Ratio) else None
        found.append(Loss(criterion, points, criterion.maximum - points, ratio, missing(criterion.rule, ratio) if ratio else None))
    return tuple(sorted(found, key=lambda loss: -loss.lost))


def missing(rule: Rule, ratio: Ratio) -> int | None:
    """Return how much more the numerator needs for all points with the denominator as it is; None where there is nothing to share out."""
    full_at = rule.full_at if isinstance(rule, RatioRule) else Decimal(1) if isinstance(rule, LinearThresholdRule) else None
    if full_at is None or not ratio.denominator:
        return None
    wanted = Fraction(full_at) * ratio.denominator
    return max(0, -(-wanted.numerator // wanted.denominator) - ratio.numerator)
