"""Boundaries made simple enough to draw, so that neighbours still touch: what two units share is simplified once.

Rings are cut where three borders meet into *arcs*; each arc is simplified by itself (Douglas and Peucker 1973), always from the same end,
so that both neighbours get the very same line. No ring is ever left out: an island that would vanish keeps all its points.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, radians

from cchc.organisations.rules.geojson import Point, Polygon, Ring

# A degree of latitude in metres, near enough to draw.
METRES_PER_DEGREE = 111_320
_TWO, _THREE = 2, 3


def simplified(polygons: Mapping[str, Sequence[Polygon]], *, metres: float) -> dict[str, tuple[Polygon, ...]]:
    """Return the polygons with no more points than a drawing needs: no point lies further than ``metres`` from where it was."""
    rings = [ring for of_unit in polygons.values() for polygon in of_unit for ring in polygon]
    if not rings:
        return dict.fromkeys(polygons, ())
    stretch = cos(radians(sum(lat for _lon, lat in rings[0]) / len(rings[0])))
    cutter = _Cutter(_junctions(rings), metres / METRES_PER_DEGREE, stretch)
    return {code: tuple(tuple(cutter.ring(ring) for ring in polygon) for polygon in of_unit) for code, of_unit in polygons.items()}


def _junctions(rings: Sequence[Ring]) -> frozenset[Point]:
    """Return the points where more than two lines meet, and those where a shared border begins and ends."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for place, point in enumerate(ring):
            beside.setdefault(point, set()).update((ring[place - 1], ring[(place + 1) % len(ring)]))
    return frozenset(point for point, around in beside.items() if len(around) > _TWO)


class _Cutter:
    """Simplifies rings; arcs that were met before come out as they did then."""

    def __init__(self, junctions: frozenset[Point], tolerance: float, stretch: float) -> None:
        self.junctions, self.tolerance, self.stretch = junctions, tolerance, stretch
        self.arcs: dict[tuple[Point, ...], tuple[Point, ...]] = {}

    def ring(self, ring: Ring) -> Ring:
        """Return a ring of fewer points, or the ring itself where too few would be left."""
        cuts = [place for place, point in enumerate(ring) if point in self.junctions]
        if not cuts:
            # A ring that touches nobody, or one other all around: both begin at the same point, and turn where it is farthest.
            start = min(range(len(ring)), key=lambda place: ring[place])
            far = max(range(len(ring)), key=lambda place: (self._apart(ring[start], ring[place]), ring[place]))
            cuts = sorted({start, far})
        turned = ring[cuts[0] :] + ring[: cuts[0]]
        places = [place - cuts[0] for place in cuts] + [len(ring)]
        whole = (*turned, turned[0])
        found: list[Point] = []
        for begin, end in pairwise(places):
            found += self._arc(whole[begin : end + 1])[:-1]
        return tuple(found) if len(set(found)) >= _THREE else ring

    def _arc(self, points: tuple[Point, ...]) -> tuple[Point, ...]:
        back = points[::-1]
        way = min(points, back)
        if way not in self.arcs:
            self.arcs[way] = self._thinned(way)
        return self.arcs[way] if way == points else self.arcs[way][::-1]

    def _thinned(self, points: tuple[Point, ...]) -> tuple[Point, ...]:
        kept = {0, len(points) - 1}
        open_parts = [(0, len(points) - 1)]
        if points[0] == points[-1]:
            # An arc that comes back to its junction turns where it is farthest from it.
            far = max(range(len(points)), key=lambda place: self._apart(points[0], points[place]))
            kept.add(far)
            open_parts = [(0, far), (far, len(points) - 1)]
        while open_parts:
            first, last = open_parts.pop()
            inner = range(first + 1, last)
            far = max(inner, key=lambda place: self._off(points[place], points[first], points[last]), default=first)
            if far != first and self._off(points[far], points[first], points[last]) > self.tolerance:
                kept.add(far)
                open_parts += [(first, far), (far, last)]
        return tuple(points[place] for place in sorted(kept))

    def _apart(self, one: Point, other: Point) -> float:
        return hypot((one[0] - other[0]) * self.stretch, one[1] - other[1])

    def _off(self, point: Point, begin: Point, end: Point) -> float:
        """Return how far a point lies from the line between two others, in degrees of latitude."""
        x, y = (point[0] - begin[0]) * self.stretch, point[1] - begin[1]
        dx, dy = (end[0] - begin[0]) * self.stretch, end[1] - begin[1]
        length = dx * dx + dy * dy
        along = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
        return hypot(x - along * dx, y - along * dy)
