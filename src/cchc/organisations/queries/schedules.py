"""Which working hours a unit keeps."""

from datetime import date

from django.db import connection

from cchc.organisations.queries.views import DEEPEST
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


def schedule_of(unit_id: int, *, on: date) -> Schedule:
    """Return the schedule the unit keeps on the day: its own, else that of the nearest unit above, else the default. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, {"id": unit_id, "day": on, "deepest": DEEPEST})
        row = cursor.fetchone()
    return schedule(row[0]) if row else default_schedule()
