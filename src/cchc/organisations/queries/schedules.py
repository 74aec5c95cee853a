"""Which working hours a unit keeps."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from cchc.organisations.models import UnitSchedule
from cchc.organisations.queries.views import DEEPEST, UnitView, views_of
from cchc.worktime.api import Schedule, default_schedule, schedule

_NEAREST = """
    WITH RECURSIVE up AS (
        SELECT %(id)s::bigint AS id, 0 AS depth
        UNION ALL
        SELECT p.parent_id, up.depth + 1
        FROM up JOIN organisations_unitparent p ON p.unit_id = up.id AND p.period @> %(day)s::date
        WHERE up.depth < %(deepest)s
    )
    SELECT g.schedule_code FROM up
    JOIN organisations_unitschedule g ON g.unit_id = up.id AND g.period @> %(day)s::date
    ORDER BY up.depth LIMIT 1
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


def schedule_of(unit_id: int, *, on: date) -> Schedule:
    """Return the schedule the unit keeps on the day: its own, else that of the nearest unit above, else the default. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, {"id": unit_id, "day": on, "deepest": DEEPEST})
        row = cursor.fetchone()
    return schedule(row[0]) if row else default_schedule()
