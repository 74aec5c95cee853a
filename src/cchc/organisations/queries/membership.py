"""Which units stood under a unit, and for how long: the whole history at once, for numbers that are counted as of the day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from cchc.editions.api import rests_on
from cchc.organisations.models import Unit
from cchc.organisations.queries.views import DEEPEST
from cchc.organisations.terms import UnitKind

# A unit that has ended still stands where it stood last: what it left undone is counted there until somebody takes it over. And a unit
# that has stood there from its first day has always stood there: only real moves are bounds.
_STANDING = """
    SELECT p.unit_id, p.parent_id,
           daterange(
               NULLIF(lower(p.period), lower(u.period)),
               CASE WHEN upper(p.period) = upper(u.period) THEN NULL ELSE upper(p.period) END
           ) AS period
    FROM organisations_unitparent p JOIN organisations_unit u ON u.id = p.unit_id
"""
_BELOW = f"""
    WITH RECURSIVE standing AS ({_STANDING}), down AS (
        SELECT id AS top_id, id AS unit_id, daterange(NULL, NULL) AS period, 0 AS depth FROM organisations_unit WHERE id = ANY(%(tops)s)
        UNION ALL
        SELECT d.top_id, s.unit_id, d.period * s.period, d.depth + 1
        FROM down d JOIN standing s ON s.parent_id = d.unit_id AND s.period && d.period
        WHERE d.depth < %(deepest)s
    )
    SELECT top_id, unit_id, lower(period), upper(period) FROM down ORDER BY top_id, unit_id, lower(period) NULLS FIRST
"""  # noqa: S608 (texts of this file alone)
# A few units climb to where they stood much faster than the whole country is walked down.
_ABOVE = f"""
    WITH RECURSIVE standing AS NOT MATERIALIZED ({_STANDING}), up AS (
        SELECT id AS unit_id, id AS top_id, daterange(NULL, NULL) AS period, 0 AS depth FROM organisations_unit WHERE id = ANY(%(units)s)
        UNION ALL
        SELECT u.unit_id, s.parent_id, u.period * s.period, u.depth + 1
        FROM up u JOIN standing s ON s.unit_id = u.top_id AND s.period && u.period
        WHERE u.depth < %(deepest)s
    )
    SELECT top_id, unit_id, lower(period), upper(period) FROM up WHERE top_id = ANY(%(tops)s)
    ORDER BY top_id, unit_id, lower(period) NULLS FIRST
"""  # noqa: S608 (as above)


@dataclass(frozen=True, order=True)
class Membership:
    """``unit_id`` stood under ``top_id``, or was it, from ``since`` (None: always) until before ``until`` (None: still)."""

    top_id: int
    unit_id: int
    since: date | None
    until: date | None


def memberships(tops: Collection[int], *, of: Collection[int] | None = None) -> tuple[Membership, ...]:
    """Return who stood under each of the units, at any depth, the units themselves included, for all time. One query.

    A unit is its own member for ever. One that has ended stays a member of the unit it stood under on its last day; one that stood
    there from its first day on has no ``since``. ``of`` asks for these members alone.
    """
    return _memberships(tuple(sorted(tops)), None if of is None else tuple(sorted(of)))


@rests_on("organisations", most=64)
def _memberships(tops: tuple[int, ...], of: tuple[int, ...] | None) -> tuple[Membership, ...]:
    values = {"tops": list(tops), "deepest": DEEPEST, "units": None if of is None else list(of)}
    with connection.cursor() as cursor:
        cursor.execute(_BELOW if of is None else _ABOVE, values)
        return tuple(Membership(*row) for row in cursor.fetchall())


@rests_on("organisations")
def provinces_ever() -> tuple[int, ...]:
    """Return the ids of all provinces that exist or have existed."""
    return tuple(Unit.objects.filter(kind=UnitKind.PROVINCE).order_by("pk").values_list("pk", flat=True))
