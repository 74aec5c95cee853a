"""Points as pages show them: read where they are kept, computed where they are not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.scoring.models import Computation, DailyTotal, Score
from cchc.scoring.queries.measured import Ranked, scored_unit, scored_units
from cchc.scoring.rules.kinds import Ratio
from cchc.scoring.rules.periods import IndexPeriod
from cchc.scoring.rules.scoring import Scored
from cchc.scoring.rules.sets import CriteriaSet

COURSE = 12


@dataclass(frozen=True)
class UnitScore:
    """The points of a unit. ``groups`` maps a group to its points and what they are out of; ``rank`` is None where nobody was compared."""

    unit_id: int
    measures: Mapping[str, Ratio]
    metrics: Mapping[str, Decimal | None]
    groups: Mapping[str, tuple[Decimal, Decimal]]
    total: Decimal
    out_of: Decimal
    rank: int | None = None
    ranked: int = 0


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
    below: Mapping[int, UnitScore]
    before: Mapping[int, Mark]
    computed_at: datetime | None
    counted_to: date
    days: tuple[Mark, ...] = ()
    periods: tuple[Mark, ...] = ()


def index_of(criteria_set: CriteriaSet, *, unit: organisations.UnitView, period: Period, today: date) -> Index:
    """Return the index of a unit for whole days of a period, counted to today. As many queries for a thousand units as for one."""
    assert period.last is not None, "an index is of a closed period"
    counted_to, named = min(period.last, today), IndexPeriod.of(period)
    kept = Computation.objects.filter(set_code=criteria_set.code, start=period.start, last=period.last).first() if named else None
    if kept is None or named is None:
        return _computed(criteria_set, unit, period, counted_to)
    under = _under(unit.id, kept.counted_to)
    rows = {row.unit_id: _of_row(row, criteria_set.places) for row in Score.objects.filter(computation=kept, unit_id__in=[unit.id, *under])}
    own = rows.pop(unit.id, None) or _of_scored(unit.id, *scored_unit(criteria_set, unit=unit, period=period, as_of=kept.counted_to))
    return Index(
        period=named,
        own=own,
        below=rows,
        before=_before(criteria_set, named.before(), [unit.id, *under]),
        computed_at=kept.computed_at,
        counted_to=kept.counted_to,
        days=_days(kept, unit.id),
        periods=_periods(criteria_set, named, unit.id),
    )


def scores_of(criteria_set: CriteriaSet, *, period: IndexPeriod, unit_ids: Collection[int], today: date) -> dict[int, UnitScore]:
    """Return the points of these units for a period: kept ones, else computed now. Units of which nothing is measured are absent."""
    kept = Computation.objects.filter(set_code=criteria_set.code, start=period.start, last=period.last).first()
    if kept is not None:
        return {row.unit_id: _of_row(row, criteria_set.places) for row in Score.objects.filter(computation=kept, unit_id__in=unit_ids)}
    found = scored_units(criteria_set, period=period.period, as_of=min(period.last, today))
    return {unit_id: _of_ranked(ranked) for unit_id, ranked in found.items() if unit_id in set(unit_ids)}


def _computed(criteria_set: CriteriaSet, unit: organisations.UnitView, period: Period, counted_to: date) -> Index:
    """Return the same without what is kept: there are no days, and one period."""
    named, earlier = IndexPeriod.of(period), _earlier(period)
    now = {key: _of_ranked(item) for key, item in scored_units(criteria_set, period=period, as_of=counted_to, under=unit).items()}
    then = scored_units(criteria_set, period=earlier, as_of=earlier.last or counted_to, under=unit)
    own = now.pop(unit.id, None) or _of_scored(unit.id, *scored_unit(criteria_set, unit=unit, period=period, as_of=counted_to))
    before = {
        key: Mark(earlier.start, item.scored.total, item.scored.out_of, item.rank, criteria_set.fewest(item.measures))
        for key, item in then.items()
    }
    # Of one unit its neighbours were not computed: it has no place among them.
    alone = UnitScore(own.unit_id, own.measures, own.metrics, own.groups, own.total, own.out_of)
    return Index(named, alone, now, before, None, counted_to)


def _earlier(period: Period) -> Period:
    """Return the month before a month, the quarter before a quarter, else as many days before as the period has."""
    named = IndexPeriod.of(period)
    if named is not None:
        return named.before().period
    assert period.end is not None, "an index is of a closed period"
    return Period(period.start - (period.end - period.start), period.start)


def _under(unit_id: int, day: date) -> list[int]:
    rows = organisations.memberships([unit_id])
    return [
        row.unit_id
        for row in rows
        if row.unit_id != unit_id and (row.since is None or row.since <= day) and (row.until is None or day < row.until)
    ]


def _before(criteria_set: CriteriaSet, period: IndexPeriod, unit_ids: Collection[int]) -> dict[int, Mark]:
    rows = Score.objects.filter(
        computation__set_code=criteria_set.code, computation__start=period.start, computation__last=period.last, unit_id__in=unit_ids
    )
    return {row.unit_id: _mark(criteria_set, period.start, row) for row in rows}


def _days(computation: Computation, unit_id: int) -> tuple[Mark, ...]:
    rows = DailyTotal.objects.filter(computation=computation, unit_id=unit_id).order_by("day")
    return tuple(Mark(row.day, row.total, row.out_of, row.rank) for row in rows)


def _periods(criteria_set: CriteriaSet, named: IndexPeriod, unit_id: int) -> tuple[Mark, ...]:
    rows = Score.objects.select_related("computation").filter(
        unit_id=unit_id,
        computation__set_code=criteria_set.code,
        computation__kind=named.kind,
        computation__start__lte=named.start,
        computation__start__gte=named.before(COURSE - 1).start,
    )
    return tuple(_mark(criteria_set, row.computation.start, row) for row in rows.order_by("computation__start"))


def _mark(criteria_set: CriteriaSet, day: date, row: Score) -> Mark:
    score = _of_row(row, criteria_set.places)
    return Mark(day, score.total, score.out_of, score.rank, criteria_set.fewest(score.measures))


def _of_row(row: Score, places: int) -> UnitScore:
    smallest = Decimal(1).scaleb(-places)
    return UnitScore(
        unit_id=row.unit_id,
        measures={code: Ratio(numerator, denominator) for code, (numerator, denominator) in row.measures.items()},
        metrics={code: None if points is None else Decimal(points) for code, points in row.metrics.items()},
        groups={code: (Decimal(points), Decimal(out_of)) for code, (points, out_of) in row.groups.items()},
        total=row.total.quantize(smallest),
        out_of=row.out_of.quantize(smallest),
        rank=row.rank,
        ranked=row.ranked,
    )


def _of_ranked(ranked: Ranked) -> UnitScore:
    plain = _of_scored(ranked.unit.id, ranked.scored, ranked.measures)
    return UnitScore(plain.unit_id, plain.measures, plain.metrics, plain.groups, plain.total, plain.out_of, ranked.rank, ranked.ranked)


def _of_scored(unit_id: int, scored: Scored, measures: Mapping[str, Ratio]) -> UnitScore:
    groups = {code: (points, scored.groups_out_of[code]) for code, points in scored.groups.items()}
    return UnitScore(unit_id, measures, scored.metrics, groups, scored.total, scored.out_of)
