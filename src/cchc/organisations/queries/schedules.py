"""Which working hours units keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from cchc.kernel.standing import kept
from cchc.organisations.models import UnitSchedule
from cchc.organisations.queries.views import DEEPEST, UnitView, views_of
from cchc.worktime.api import Schedule, default_schedule, schedule

_NEAREST = """
    WITH RECURSIVE up AS (
        SELECT asked.id AS unit_id, asked.id AS at_id, 0 AS depth FROM unnest(%(ids)s::bigint[]) AS asked (id)
        UNION ALL
        SELECT up.unit_id, p.parent_id, up.depth + 1
        FROM up JOIN organisations_unitparent p ON p.unit_id = up.at_id AND p.period @> %(day)s::date
        WHERE up.depth < %(deepest)s
    )
    SELECT DISTINCT ON (up.unit_id) up.unit_id, up.at_id, g.schedule_code FROM up
    JOIN organisations_unitschedule g ON g.unit_id = up.at_id AND g.period @> %(day)s::date
    ORDER BY up.unit_id, up.depth
"""


@dataclass(frozen=True)
class ScheduleKept:
    """A schedule given to a unit from ``since`` (None: not known) until before ``until`` (None: for good)."""

    unit: UnitView
    schedule_code: str
    since: date | None
    until: date | None
    act: str


def schedules_kept(*, on: date) -> tuple[ScheduleKept, ...]:
    """Return who was given which schedule, as of the day and to come, by schedule, name of unit and day. Two queries.

    Units below that have no row of their own follow the nearest unit above.
    """
    rows = UnitSchedule.objects.filter(period__endswith__gt=on) | UnitSchedule.objects.filter(period__upper_inf=True)
    rows = rows.order_by("schedule", "unit__vi_key", "period")
    views = views_of((row.unit_id for row in rows), day=on)
    return tuple(ScheduleKept(views[row.unit_id], row.schedule_id, row.period.lower, row.period.upper, row.act) for row in rows)


@dataclass(frozen=True)
class Kept:
    """The schedule a unit keeps, and the unit it was given to: itself, one above it, or none (the default of all)."""

    schedule: Schedule
    given_to: int | None


@kept
def schedule_of(unit_id: int, *, on: date) -> Schedule:
    """Return the schedule the unit keeps on the day: its own, else that of the nearest unit above, else the default. One query."""
    return schedules_on([unit_id], on)[unit_id].schedule


def schedules_on(unit_ids: Iterable[int], day: date) -> dict[int, Kept]:
    """Return per unit the schedule it keeps on the day, and whose it is. One query, and one for each schedule among them."""
    wanted = list(dict.fromkeys(unit_ids))
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, {"ids": wanted, "day": day, "deepest": DEEPEST})
        nearest = {unit_id: (giver, code) for unit_id, giver, code in cursor.fetchall()}
    # Each question for a schedule asks whether the loaded ones still stand: ask once per schedule, not once per unit.
    known = {code: schedule(code) for code in {code for _, code in nearest.values()}}
    fallback = default_schedule() if len(nearest) < len(wanted) else None
    kept: dict[int, Kept] = {}
    for unit_id in wanted:
        giver, code = nearest.get(unit_id, (None, ""))
        own = known.get(code) or fallback
        if own is not None:
            kept[unit_id] = Kept(own, giver)
    return kept
