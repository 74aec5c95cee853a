"""Boundaries of units on a day, for maps."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from cchc.editions.api import rests_on
from cchc.organisations.models import UnitBoundary
from cchc.organisations.rules.geojson import Polygon


@dataclass(frozen=True)
class Boundary:
    """The polygons of a unit, in degrees, and which file they come from."""

    unit_id: int
    polygons: tuple[Polygon, ...]
    source: str


def boundaries_of(unit_ids: Collection[int], *, on: date) -> tuple[Boundary, ...]:
    """Return the boundaries of those units that have one on the day. One query."""
    return _boundaries_of(frozenset(unit_ids), on)


@rests_on("organisations", most=8)
def _boundaries_of(unit_ids: frozenset[int], on: date) -> tuple[Boundary, ...]:
    rows = UnitBoundary.objects.filter(unit_id__in=unit_ids, period__contains=on).order_by("unit_id")
    return tuple(
        Boundary(unit_id, tuple(tuple(tuple((lon, lat) for lon, lat in ring) for ring in polygon) for polygon in polygons), source)
        for unit_id, polygons, source in rows.values_list("unit_id", "polygons", "source")
    )
