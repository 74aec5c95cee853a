"""What is late right now, by who holds it: the first thing a leader asks in the morning."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, Min, QuerySet

from cchc.cases.models import Case
from cchc.cases.queries import sets
from cchc.cases.terms import Step
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.among import among


@dataclass(frozen=True)
class LateHolder:
    """A unit that holds late files: how many, since when the oldest is late, and at which step most of them lie."""

    unit_id: int | None
    count: int
    oldest: datetime
    step: Step


def late_by_holder(*, actor: Actor, at: datetime, agency_ids: Collection[int]) -> tuple[LateHolder, ...]:
    """Return who holds late files of these agencies, the most first. Needs ``cases:case:read``. Three statements."""
    actor.must(identity.Right.READ_CASE)
    late = Case.objects.filter(sets.late(at), among("agency_id", agency_ids)).order_by()
    rows = _from_index(late.values_list("holder_unit_id", "step").annotate(count=Count("*"), oldest=Min("late_from")))
    counts: dict[int | None, Counter[str]] = {}
    oldest: dict[int | None, datetime] = {}
    for unit_id, step, count, since in rows:
        counts.setdefault(unit_id, Counter())[step] += count
        oldest[unit_id] = min(since, oldest.get(unit_id, since))
    found = [LateHolder(unit_id, steps.total(), oldest[unit_id], Step(steps.most_common(1)[0][0])) for unit_id, steps in counts.items()]
    return tuple(sorted(found, key=lambda row: (-row.count, row.oldest)))


def _from_index(late: QuerySet[Case, tuple[int | None, str, int, datetime]]) -> list[tuple[int | None, str, int, datetime]]:
    """Read late files from ``cases_case_running_by_promise`` alone.

    That nothing late is closed is said by two indexes. The planner takes them for two conditions, expects hardly anything to fulfil both,
    and goes to each file for the rest: on ten million files that takes ten times as long.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan TO off")
        found = list(late)
        cursor.execute("SET LOCAL enable_bitmapscan TO DEFAULT")
    return found
