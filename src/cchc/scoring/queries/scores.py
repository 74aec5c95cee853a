"""Points as pages show them: read where they are kept, computed where they are not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from cchc.editions.api import rests_on
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.scoring.models import Computation, DailyTotal, Score
from cchc.scoring.queries.measured import Ranked, scored_unit, scored_units
from cchc.scoring.rules.kinds import Ratio
from cchc.scoring.rules.periods import IndexPeriod
from cchc.scoring.rules.scoring import Scored
from cchc.scoring.rules.sets import CriteriaSet

COURSE = 12


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a table of units shows of one.

    ``groups`` maps a group to its points and what they are out of; ``rank`` is None where nobody was compared; ``fewest`` is the smallest
    number of files that one of the points counted here is a share of, 0 for none.
    """

    unit_id: int
    groups: Mapping[str, tuple[Decimal, Decimal]]
    total: Decimal
    out_of: Decimal
    fewest: int
    rank: int | None = None
    ranked: int = 0


@dataclass(frozen=True, kw_only=True)
class UnitScore(Standing):
    """The points of a unit, with what they were computed from, by criterion."""

    measures: Mapping[str, Ratio]
    metrics: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Mark:
    """A total at some time: of a period (``day`` is its first day), or as it stood on a day of one.

    ``fewest`` is the smallest number of files that one of its points is a share of; not known of a single day.
    """

    day: date
    total: Decimal
    out_of: Decimal
    rank: int | None
    fewest: int | None = None


@dataclass(frozen=True)
class Index:
    """The index of a unit and of those under it for a period.

    ``period`` is None for days that are no month, quarter or year. ``computed_at`` is when what was kept was computed, None when it was
    computed now; ``counted_to`` is the last day of files in it. ``before`` holds the period before, by unit. ``days`` is the course of the
    total in the period, ``periods`` over the last periods of its kind, this one last.
    """

    period: IndexPeriod | None
    own: UnitScore
    below: Mapping[int, Standing]
    before: Mapping[int, Mark]
    computed_at: datetime | None
    counted_to: date
    days: tuple[Mark, ...] = ()
    periods: tuple[Mark, ...] = ()


def index_of(criteria_set: CriteriaSet, *, unit: organisations.UnitView, period: Period, today: date) -> Index:
    """Return the index of a unit for whole days of a period, counted to today. As many queries for a thousand units as for one."""
    assert period.last is not None, "an index is of a closed period"
    named = IndexPeriod.of(period)
    kept = _kept(criteria_set, unit.id, named) if named is not None else None
    if kept is None:
        return _computed(criteria_set, unit, period, min(period.last, today))
    own = kept.own or _of_scored(criteria_set, unit.id, *scored_unit(criteria_set, unit=unit, period=period, as_of=kept.counted_to))
    return Index(named, own, kept.below, kept.before, kept.computed_at, kept.counted_to, kept.days, kept.periods)


@dataclass(frozen=True)
class _Kept:
    """What is kept of an index; ``own`` is None where the unit itself was not scored."""

    own: UnitScore | None
    below: Mapping[int, Standing]
    before: Mapping[int, Mark]
    computed_at: datetime
    counted_to: date
    days: tuple[Mark, ...]
    periods: tuple[Mark, ...]


@rests_on("scoring", "organisations")
def _kept(criteria_set: CriteriaSet, unit_id: int, period: IndexPeriod) -> _Kept | None:
    """Return what was computed of a period; None where nothing was. It stands until the points are computed again."""
    kept = Computation.objects.filter(set_code=criteria_set.code, start=period.start, last=period.last).first()
    if kept is None:
        return None
    under = _under(kept, unit_id)
    row = Score.objects.filter(computation=kept, unit_id=unit_id).first()
    return _Kept(
        own=_of_row(criteria_set, row) if row is not None else None,
        below=_standings(criteria_set, kept, under),
        before=_before(criteria_set, period.before(), [unit_id, *under]),
        computed_at=kept.computed_at,
        counted_to=kept.counted_to,
        days=_days(kept, unit_id),
        periods=_periods(criteria_set, period, unit_id),
    )


def scores_of(criteria_set: CriteriaSet, *, period: IndexPeriod, unit_ids: Collection[int], today: date) -> dict[int, UnitScore]:
    """Return the points of these units for a period: kept ones, else computed now. Units of which nothing is measured are absent."""
    kept = Computation.objects.filter(set_code=criteria_set.code, start=period.start, last=period.last).first()
    if kept is not None:
        return {row.unit_id: _of_row(criteria_set, row) for row in Score.objects.filter(computation=kept, unit_id__in=unit_ids)}
    found = scored_units(criteria_set, period=period.period, as_of=min(period.last, today))
    return {unit_id: _of_ranked(criteria_set, ranked) for unit_id, ranked in found.items() if unit_id in set(unit_ids)}


def _computed(criteria_set: CriteriaSet, unit: organisations.UnitView, period: Period, counted_to: date) -> Index:
    """Return the same without what is kept: there are no days, and one period."""
    named, earlier = IndexPeriod.of(period), _earlier(period)
    now = {
        key: _of_ranked(criteria_set, item) for key, item in scored_units(criteria_set, period=period, as_of=counted_to, under=unit).items()
    }
    then = scored_units(criteria_set, period=earlier, as_of=earlier.last or counted_to, under=unit)
    own = now.pop(unit.id, None) or _of_scored(
        criteria_set, unit.id, *scored_unit(criteria_set, unit=unit, period=period, as_of=counted_to)
    )
    before = {
        key: Mark(earlier.start, item.scored.total, item.scored.out_of, item.rank, criteria_set.fewest(item.measures))
        for key, item in then.items()
    }
    # Of one unit its neighbours were not computed: it has no place among them.
    alone = replace(own, rank=None, ranked=0)
    return Index(named, alone, now, before, None, counted_to)


def _earlier(period: Period) -> Period:
    """Return the month before a month, the quarter before a quarter, else as many days before as the period has."""
    named = IndexPeriod.of(period)
    if named is not None:
        return named.before().period
    assert period.end is not None, "an index is of a closed period"
    return Period(period.start - (period.end - period.start), period.start)


def _under(kept: Computation, unit_id: int) -> list[int]:
    """Return the ids of the units that have points and stood under the unit on the last day counted. Two queries."""
    scored = set(Score.objects.filter(computation=kept).values_list("unit_id", flat=True))
    day = kept.counted_to
    return [
        row.unit_id
        for row in organisations.memberships([unit_id])
        if row.unit_id in scored
        and row.unit_id != unit_id
        and (row.since is None or row.since <= day)
        and (row.until is None or day < row.until)
    ]


def _standings(criteria_set: CriteriaSet, kept: Computation, unit_ids: Collection[int]) -> dict[int, Standing]:
    rows = Score.objects.filter(computation=kept, unit_id__in=unit_ids)
    columns = ("unit_id", "groups", "total", "out_of", "fewest", "rank", "ranked")
    return {
        unit_id: Standing(
            unit_id=unit_id,
            groups=_groups(groups),
            total=_plain(criteria_set, total),
            out_of=_plain(criteria_set, out_of),
            fewest=fewest,
            rank=rank,
            ranked=ranked,
        )
        for unit_id, groups, total, out_of, fewest, rank, ranked in rows.values_list(*columns)
    }


def _before(criteria_set: CriteriaSet, period: IndexPeriod, unit_ids: Collection[int]) -> dict[int, Mark]:
    rows = Score.objects.filter(
        computation__set_code=criteria_set.code, computation__start=period.start, computation__last=period.last, unit_id__in=unit_ids
    )
    columns = ("unit_id", "total", "out_of", "rank", "fewest")
    return {
        unit_id: Mark(period.start, _plain(criteria_set, total), _plain(criteria_set, out_of), rank, fewest)
        for unit_id, total, out_of, rank, fewest in rows.values_list(*columns)
    }


def _days(computation: Computation, unit_id: int) -> tuple[Mark, ...]:
    rows = DailyTotal.objects.filter(computation=computation, unit_id=unit_id).order_by("day")
    return tuple(Mark(row.day, row.total, row.out_of, row.rank) for row in rows)


def _periods(criteria_set: CriteriaSet, named: IndexPeriod, unit_id: int) -> tuple[Mark, ...]:
    rows = Score.objects.filter(
        unit_id=unit_id,
        computation__set_code=criteria_set.code,
        computation__kind=named.kind,
        computation__start__lte=named.start,
        computation__start__gte=named.before(COURSE - 1).start,
    )
    columns = ("computation__start", "total", "out_of", "rank", "fewest")
    return tuple(
        Mark(start, _plain(criteria_set, total), _plain(criteria_set, out_of), rank, fewest)
        for start, total, out_of, rank, fewest in rows.order_by("computation__start").values_list(*columns)
    )


def _of_row(criteria_set: CriteriaSet, row: Score) -> UnitScore:
    return UnitScore(
        unit_id=row.unit_id,
        measures={code: Ratio(numerator, denominator) for code, (numerator, denominator) in row.measures.items()},
        metrics={code: None if points is None else Decimal(points) for code, points in row.metrics.items()},
        groups=_groups(row.groups),
        total=_plain(criteria_set, row.total),
        out_of=_plain(criteria_set, row.out_of),
        fewest=row.fewest,
        rank=row.rank,
        ranked=row.ranked,
    )


def _of_ranked(criteria_set: CriteriaSet, ranked: Ranked) -> UnitScore:
    return replace(_of_scored(criteria_set, ranked.unit.id, ranked.scored, ranked.measures), rank=ranked.rank, ranked=ranked.ranked)


def _of_scored(criteria_set: CriteriaSet, unit_id: int, scored: Scored, measures: Mapping[str, Ratio]) -> UnitScore:
    return UnitScore(
        unit_id=unit_id,
        measures=measures,
        metrics=scored.metrics,
        groups={code: (points, scored.groups_out_of[code]) for code, points in scored.groups.items()},
        total=scored.total,
        out_of=scored.out_of,
        fewest=criteria_set.fewest(measures),
    )


def _groups(written: Mapping[str, tuple[str, str]]) -> dict[str, tuple[Decimal, Decimal]]:
    return {code: (Decimal(points), Decimal(out_of)) for code, (points, out_of) in written.items()}


def _plain(criteria_set: CriteriaSet, points: Decimal) -> Decimal:
    """Return points with the places of their set, without the further noughts of the column."""
    return points.quantize(Decimal(1).scaleb(-criteria_set.places))
