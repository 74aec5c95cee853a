"""Our points beside published ones: of units and a period, the largest differences first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cchc.organisations import api as organisations
from cchc.scoring.models import PublishedScore
from cchc.scoring.queries.scores import UnitScore, scores_of
from cchc.scoring.rules.comparison import TOTAL, Difference, weight, why
from cchc.scoring.rules.periods import IndexPeriod, running
from cchc.scoring.rules.sets import CriteriaSet
from cchc.scoring.terms import Why

STREAM = "scoring:published"


@dataclass(frozen=True)
class PublishedValue:
    """A published value of a unit; nothing where they left the item out."""

    unit_id: int
    item: str
    value: Decimal | None


@dataclass(frozen=True)
class PublishedKept:
    """The values last imported for a period, with where they are from."""

    values: tuple[PublishedValue, ...]
    sources: tuple[str, ...]
    imported_at: datetime


@dataclass(frozen=True)
class Compared:
    """One item of one unit. ``name`` is the criterion's or group's own, or «Tổng điểm»; ``is_criterion`` tells criteria from sums."""

    unit: organisations.UnitView
    item: str
    name: str
    is_criterion: bool
    ours: Decimal | None
    published: Decimal | None
    difference: Decimal | None
    why: Why


def published_scores(criteria_set: CriteriaSet, *, period: IndexPeriod, under: organisations.UnitView, day: date) -> PublishedKept | None:
    """Return what was published of a unit and of what stands under it on the day, as last imported; None when nothing was. Two queries."""
    rows = organisations.memberships([under.id])
    ids = {row.unit_id for row in rows if (row.since is None or row.since <= day) and (row.until is None or day < row.until)}
    rows_of_all = PublishedScore.objects.filter(set_code=criteria_set.code, start=period.start, last=period.last).order_by("unit", "pk")
    # A province has had thousands of units under it; those with published points are few.
    found = [row for row in rows_of_all if row.unit_id in ids]
    if not found:
        return None
    # As it was published, without the noughts of the column.
    values = tuple(PublishedValue(row.unit_id, row.item, None if row.value is None else row.value.normalize() + 0) for row in found)
    return PublishedKept(values, tuple(dict.fromkeys(row.source for row in found)), max(row.imported_at for row in found))


def last_published(criteria_set: CriteriaSet) -> IndexPeriod | None:
    """Return the latest period for which anything published was imported."""
    row = PublishedScore.objects.filter(set_code=criteria_set.code).order_by("-last", "-start").first()
    return None if row is None else next(period for period in running(row.start) if period.last == row.last)


def compared(criteria_set: CriteriaSet, *, period: IndexPeriod, published: Collection[PublishedValue], today: date) -> tuple[Compared, ...]:
    """Return each published value beside ours, the most points apart first. As many queries for a thousand units as for one."""
    ids = {value.unit_id for value in published}
    ours = {unit_id: _items(score) for unit_id, score in scores_of(criteria_set, period=period, unit_ids=ids, today=today).items()}
    views = organisations.units_on(ids, min(period.last, today))
    found = []
    for value in published:
        items = ours.get(value.unit_id, {})
        unit = views[value.unit_id]
        difference = Difference(unit.code, period.name, value.item, items.get(value.item), value.value, known=value.item in items)
        criterion = criteria_set.find(value.item)
        compared_ = Compared(
            unit=unit,
            item=value.item,
            name=criterion.name if criterion else _sum_name(criteria_set, value.item),
            is_criterion=criterion is not None,
            ours=difference.ours,
            published=difference.published,
            difference=difference.difference,
            why=why(criteria_set, difference),
        )
        found.append((weight(difference), compared_))
    return tuple(each for _weight, each in sorted(found, key=lambda pair: -pair[0]))


def _items(score: UnitScore) -> dict[str, Decimal | None]:
    return {**score.metrics, **{code: points for code, (points, _out_of) in score.groups.items()}, TOTAL: score.total}


def _sum_name(criteria_set: CriteriaSet, item: str) -> str:
    return next((group.name for group in criteria_set.groups if group.code == item), "Tổng điểm")
