"""Where units lie, for maps without boundaries."""

from collections.abc import Collection
from dataclasses import dataclass

from cchc.editions.api import rests_on
from cchc.organisations.models import Unit


@dataclass(frozen=True)
class Point:
    """A unit's point in degrees, and its area in square kilometres where it is known."""

    unit_id: int
    lat: float
    lon: float
    area: float | None


def points_of(unit_ids: Collection[int]) -> tuple[Point, ...]:
    """Return the points of the units that have one. One query."""
    return _points_of(frozenset(unit_ids))


@rests_on("organisations", most=64)
def _points_of(unit_ids: frozenset[int]) -> tuple[Point, ...]:
    rows = Unit.objects.filter(pk__in=unit_ids, lat__isnull=False, lon__isnull=False).order_by("pk")
    return tuple(
        Point(pk, float(lat), float(lon), float(area) if area is not None else None)
        for pk, lat, lon, area in rows.values_list("pk", "lat", "lon", "area_km2")
    )
