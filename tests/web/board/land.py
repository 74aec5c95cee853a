"""A land drawn for tests: communes side by side, each a patch of a grid near to where it really lies. No real boundary is in it."""

import json
from itertools import pairwise
from math import sin

from cchc.kernel.actor import Actor
from cchc.organisations import api as organisations
from cchc.organisations.api import UnitKind, UnitView
from cchc.web.board.tiles import placed
from tests.world import NOW

SYSTEM = Actor.system("thử")
WEST, NORTH, STEP = 105.1, 18.8, 0.12


def load_land(province: UnitView, *, without: int = 0, far: str = "") -> None:
    """Load a boundary for every commune of the province but the last ones; ``far`` is the code of one put far out at sea."""
    communes = organisations.descendants_on(province.id, NOW.date(), kinds=[UnitKind.COMMUNE])
    cells = placed(organisations.points_of([view.id for view in communes]))
    features = [
        {
            "type": "Feature",
            "properties": {"ma": view.code},
            "geometry": {"type": "Polygon", "coordinates": [_patch(*cells[view.id], out=3.0 if view.code == far else 0.0)]},
        }
        for view in communes[: len(communes) - without]
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    organisations.load_boundaries(actor=SYSTEM, at=NOW, content=content, source="Ranh giới vẽ để thử")


def _patch(column: int, row: int, *, out: float) -> list[list[float]]:
    """Return a cell whose sides are crooked, the same for both neighbours."""
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)]
    points = [
        _at(begin[0] + (end[0] - begin[0]) * step / 8, begin[1] + (end[1] - begin[1]) * step / 8)
        for begin, end in pairwise(corners)
        for step in range(8)
    ]
    return [[lon + out, lat] for lon, lat in [*points, points[0]]]


def _at(x: float, y: float) -> tuple[float, float]:
    return round(WEST + STEP * (x + 0.18 * sin(5 * y)), 5), round(NORTH - STEP * (y + 0.18 * sin(4 * x)), 5)
