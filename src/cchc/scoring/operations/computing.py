"""Points are computed and kept, so that a page need not count; what is kept can always be computed again.

The running month, quarter and year every few minutes, what ended in the last ``MONTHS`` months every night (facts arrive late, values are
imported afterwards), anything older when somebody asks. Nothing is added to: a period is computed whole, and only what came out otherwise
is written. Killed in the middle, the period is as it was; the next run does it again.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from cchc.kernel.local import local_date
from cchc.scoring.models import Computation, DailyTotal, Score
from cchc.scoring.queries.measured import Ranked, scored_units
from cchc.scoring.queries.reference import reference_set
from cchc.scoring.rules.periods import IndexPeriod, ended, running
from cchc.scoring.rules.sets import CriteriaSet

SET = "qd766"
# How far back every night goes: a year of months for the course, and the year before for a comparison in spring.
MONTHS = 15
_VALUES = ("measures", "metrics", "groups", "total", "out_of", "rank", "ranked", "fewest")


def compute_running(*, at: datetime) -> int:
    """Compute the periods that run, and those that ended lately and were never computed; return how many rows were written."""
    today = local_date(at)
    known = set(Computation.objects.filter(set_code=SET).values_list("start", "last"))
    lately = [period for period in ended(today, months=MONTHS) if (period.start, period.last) not in known]
    return compute(at=at, periods=[*running(today), *lately])


def compute_ended(*, at: datetime) -> int:
    """Compute again every period that ended in the last ``MONTHS`` months; return how many rows were written."""
    return compute(at=at, periods=ended(local_date(at), months=MONTHS))


def compute(*, at: datetime, periods: Iterable[IndexPeriod]) -> int:
    """Compute these periods for every unit of which anything is measured; return how many rows were written.

    Each period is a transaction of its own. A period that another process is computing at this moment is passed over.
    """
    criteria_set = reference_set(SET)
    return sum(_compute(criteria_set, period, at) for period in periods)


@transaction.atomic
def _compute(criteria_set: CriteriaSet, period: IndexPeriod, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"cchc scores {criteria_set.code} {period.name}"])
        if not cursor.fetchone()[0]:
            return 0
    counted_to = min(period.last, local_date(at))
    computation, _made = Computation.objects.update_or_create(
        set_code=criteria_set.code,
        start=period.start,
        last=period.last,
        defaults={"kind": period.kind, "counted_to": counted_to, "computed_at": at},
    )
    found = scored_units(criteria_set, period=period.period, as_of=counted_to)
    written = _keep(criteria_set, computation, found, at)
    if period in running(local_date(at)):
        written += _keep_day(computation, found, local_date(at))
    return written


def _keep(criteria_set: CriteriaSet, computation: Computation, found: Mapping[int, Ranked], at: datetime) -> int:
    """Write the rows that came out otherwise than they are; return how many."""
    there = {row.unit_id: row for row in Score.objects.filter(computation=computation)}
    changed = []
    for unit_id, ranked in found.items():
        values, old = _values(criteria_set, ranked), there.get(unit_id)
        if old is None or any(getattr(old, name) != values[name] for name in _VALUES):
            changed.append(Score(computation=computation, unit_id=unit_id, changed_at=at, **values))
    Score.objects.bulk_create(changed, update_conflicts=True, unique_fields=["computation", "unit"], update_fields=[*_VALUES, "changed_at"])
    gone = [unit_id for unit_id in there if unit_id not in found]
    if gone:
        Score.objects.filter(computation=computation, unit_id__in=gone).delete()
    return len(changed) + len(gone)


def _keep_day(computation: Computation, found: Mapping[int, Ranked], day: date) -> int:
    """Write how the totals stand today, where that is new; return how many."""
    there = {row.unit_id: (row.total, row.out_of, row.rank) for row in DailyTotal.objects.filter(computation=computation, day=day)}
    rows = [
        DailyTotal(
            computation=computation, unit_id=unit_id, day=day, total=ranked.scored.total, out_of=ranked.scored.out_of, rank=ranked.rank
        )
        for unit_id, ranked in found.items()
        if there.get(unit_id) != (ranked.scored.total, ranked.scored.out_of, ranked.rank)
    ]
    DailyTotal.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["computation", "unit", "day"], update_fields=["total", "out_of", "rank"]
    )
    return len(rows)


def _values(criteria_set: CriteriaSet, ranked: Ranked) -> dict[str, Any]:
    scored = ranked.scored
    return {
        "measures": {code: [ratio.numerator, ratio.denominator] for code, ratio in ranked.measures.items()},
        "metrics": {code: None if points is None else f"{points}" for code, points in scored.metrics.items()},
        "groups": {code: [f"{points}", _plain(scored.groups_out_of[code])] for code, points in scored.groups.items()},
        "total": scored.total,
        "out_of": scored.out_of,
        "rank": ranked.rank,
        "ranked": ranked.ranked,
        "fewest": criteria_set.fewest(ranked.measures),
    }


def _plain(points: Decimal) -> str:
    return f"{points.normalize():f}"
