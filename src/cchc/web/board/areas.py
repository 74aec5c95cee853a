"""A map with boundaries, where the operator has loaded them: each commune as it lies, in one drawing without any server of maps.

What lies far from the rest (đặc khu Hoàng Sa, Trường Sa…) stands in a frame of its own beside the map, so that neither is too small
to see. Nothing is drawn that was not loaded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from cchc.organisations.api import Boundary, Ring
from cchc.web.board.names import short
from cchc.web.board.tiles import Scale, Told

WIDTH, FRAME, MARGIN, LABEL = 720, 130, 4, 28
# From this share of the communes on, the map with boundaries is the first one shown.
MOST = 0.8
# What is further from the rest than this stands in a frame, in degrees.
_FAR = 0.9
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Area:
    """One unit: its outline as the path of an SVG, where its number stands, and what it tells."""

    path: str
    number: str
    x: float
    y: float
    css: str
    title: str
    url: str


@dataclass(frozen=True)
class Frame:
    """The frame around something far away, with its name beneath."""

    y: float
    name: str

    @property
    def label_y(self) -> float:
        """Return the y of the name."""
        return self.y + FRAME + 18


@dataclass(frozen=True)
class AreaMap:
    """All areas with the size of the drawing; ``left_out`` are units without a boundary, as (name, title, address)."""

    areas: tuple[Area, ...]
    frames: tuple[Frame, ...]
    width: int
    height: int
    left_out: tuple[tuple[str, str, str], ...]
    sources: tuple[str, ...]


def covers(boundaries: Sequence[Boundary], units: int) -> bool:
    """Say whether there are boundaries for most of the units."""
    return units > 0 and len(boundaries) >= MOST * units


def drawn(boundaries: Sequence[Boundary], told: Mapping[int, Told]) -> AreaMap:
    """Return the map of the boundaries; ``told`` says by unit what it shows."""
    near, far = _parted({item.unit_id: _box(item) for item in boundaries})
    by_unit, scale = {item.unit_id: item for item in boundaries}, Scale.of(told.values())
    main = _Paper(_around([box for _unit, box in near]), WIDTH, 0)
    areas = [_area(by_unit[unit_id], told[unit_id], scale, main) for unit_id, _ in near]
    frames: list[Frame] = []
    for number, (unit_id, box) in enumerate(far):
        top = number * (FRAME + LABEL)
        paper = _Paper(box, FRAME - 2 * MARGIN, top + MARGIN, left=WIDTH + 3 * MARGIN, tallest=FRAME - 2 * MARGIN)
        areas.append(_area(by_unit[unit_id], told[unit_id], scale, paper))
        frames.append(Frame(top, short(told[unit_id].name)))
    bare = sorted((item.name, item.title, item.url) for unit_id, item in told.items() if unit_id not in by_unit)
    return AreaMap(
        areas=tuple(areas),
        frames=tuple(frames),
        width=WIDTH + (FRAME + 3 * MARGIN if far else 0),
        height=round(max(main.height, len(far) * (FRAME + LABEL))),
        left_out=tuple(bare),
        sources=tuple(sorted({item.source for item in boundaries})),
    )


def _area(item: Boundary, told: Told, scale: Scale, paper: "_Paper") -> Area:
    text = f"{told.number:g}" if told.number and not told.is_hidden else ""
    x, y = paper.at(*_inside(item))
    level = scale.level(told.number)
    css = "hid" if told.is_hidden else {-1: "none", 0: ""}.get(level, f"l{level}")
    return Area(paper.path(item), text, x, y, css, told.title, told.url)


class _Paper:
    """A part of the drawing: degrees in ``box`` become units of the drawing, north up, in their true proportion."""

    def __init__(self, box: Box, width: float, top: float, *, left: float = 0, tallest: float = 0) -> None:
        self.west, south, east, self.north = box
        self.stretch = cos(radians((south + self.north) / 2))
        wide, tall = (east - self.west) * self.stretch or 1e-9, self.north - south or 1e-9
        self.scale = min(width / wide, tallest / tall) if tallest else width / wide
        self.left, self.top, self.height = left, top, tall * self.scale

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point of the earth lies on the drawing."""
        x = self.left + (lon - self.west) * self.stretch * self.scale
        return round(x, 1), round(self.top + (self.north - lat) * self.scale, 1)

    def path(self, item: Boundary) -> str:
        """Return the outline of a unit, holes and islands in one path."""
        rings = (ring for polygon in item.polygons for ring in polygon)
        return "".join("M" + "L".join("{:g} {:g}".format(*self.at(lon, lat)) for lon, lat in ring) + "Z" for ring in rings)


def _inside(item: Boundary) -> tuple[float, float]:
    """Return a point well inside the largest part of a unit: in the middle of its widest stretch, half way up."""
    part = max(item.polygons, key=lambda polygon: _extent(polygon[0]))
    lats = [lat for _lon, lat in part[0]]
    level = (min(lats) + max(lats)) / 2
    crossings = sorted(
        one[0] + (level - one[1]) / (other[1] - one[1]) * (other[0] - one[0])
        for ring in part
        for one, other in pairwise((*ring, ring[0]))
        if (one[1] > level) != (other[1] > level)
    )
    lons = [lon for lon, _lat in part[0]]
    stretches = zip(crossings[::2], crossings[1::2], strict=True)
    west, east = max(stretches, key=lambda pair: pair[1] - pair[0], default=(min(lons), max(lons)))
    return (west + east) / 2, level


def _extent(ring: Ring) -> float:
    lons, lats = zip(*ring, strict=True)
    return (max(lons) - min(lons)) * (max(lats) - min(lats))


def _box(item: Boundary) -> Box:
    lons, lats = zip(*(point for polygon in item.polygons for ring in polygon for point in ring), strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _around(boxes: Sequence[Box]) -> Box:
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _parted(boxes: Mapping[int, Box]) -> tuple[list[tuple[int, Box]], list[tuple[int, Box]]]:
    """Return the largest group of units that lie together, and those that lie far from it."""
    left, groups = dict(boxes), []
    while left:
        group = [left.popitem()]
        for _unit, box in group:
            group += [(other, left.pop(other)) for other in [key for key, its in left.items() if _gap(box, its) <= _FAR]]
        groups.append(sorted(group))
    groups.sort(key=len, reverse=True)
    return groups[0], sorted(item for group in groups[1:] for item in group)


def _gap(one: Box, other: Box) -> float:
    return max(one[0] - other[2], other[0] - one[2], one[1] - other[3], other[1] - one[3], 0.0)
