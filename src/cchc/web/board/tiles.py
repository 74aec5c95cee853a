"""A map without boundaries: one tile for each commune, as near to where it lies as the grid allows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, radians, sqrt

from cchc.figures.api import MINIMUM
from cchc.organisations.api import Point
from cchc.web.board.names import short
from cchc.web.ui.shapes import TILE_HEIGHT as HEIGHT
from cchc.web.ui.shapes import TILE_WIDTH as WIDTH
from cchc.web.ui.shapes import Tile
from cchc.web.ui.vietnamese import number_text

GAP = 2
_LONG_WORD = 7


@dataclass(frozen=True)
class Told:
    """What a map tells of a unit: its number (None: not known), whether that may not be shown, its words, and where they lead."""

    name: str
    number: float | None
    title: str
    url: str
    is_hidden: bool = False


@dataclass(frozen=True)
class TileMap:
    """All tiles with the size of the drawing."""

    tiles: tuple[Tile, ...]
    width: int
    height: int


@dataclass(frozen=True)
class Scale:
    """From how many on a tile darkens for the second and the third time; it does for the first time at the fewest that are shown.

    By the largest number of the map: where every commune has ten, ten tells nothing.
    """

    middle: int = 10
    dark: int = 20

    @classmethod
    def of(cls, told: Iterable[Told]) -> "Scale":
        """Return the scale of a map: the darkest from the largest round number there is on, the middle from a fifth or a quarter of that."""
        most = max((item.number for item in told if item.number), default=0)
        scale = cls()
        for size in (10, 100, 1_000, 10_000, 100_000):
            for middle, dark in ((size, 5 * size), (2 * size, 10 * size), (5 * size, 20 * size)):
                if dark <= most:
                    scale = cls(middle, dark)
        return scale

    def level(self, number: float | None) -> int:
        """Return how dark a tile is: -1 where nothing is known, 0 for nothing, up to 3."""
        return -1 if number is None else sum(number >= step for step in (1, self.middle, self.dark))

    @property
    def ranges(self) -> tuple[str, str]:
        """Return the numbers of the first and the second shade as they are written."""
        return f"{MINIMUM}–{number_text(self.middle - 1)}", f"{number_text(self.middle)}–{number_text(self.dark - 1)}"


def wrapped(name: str) -> tuple[str, ...]:
    """Return the name of a commune in two lines at most."""
    bare = short(name)
    words = bare.split()
    if len(bare) <= _LONG_WORD or len(words) == 1:
        return (bare,)
    half = min(range(1, len(words)), key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))))
    return (" ".join(words[:half]), " ".join(words[half:]))


@lru_cache(maxsize=64)
def placed(points: Sequence[Point]) -> dict[int, tuple[int, int]]:
    """Return the (column, row) of each point: nearest to its place first come, on a grid a little larger than needed."""
    if not points:
        return {}
    stretch = cos(radians(sum(point.lat for point in points) / len(points)))
    xs, ys = [point.lon * stretch for point in points], [point.lat for point in points]
    wide, tall = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    # Tiles are a little wider than tall, and a map of n tiles needs some empty ones to keep its shape.
    room = 1.35 * len(points)
    columns = max(1, ceil(sqrt(room * wide / tall * HEIGHT / WIDTH)))
    rows = max(1, ceil(room / columns))
    wanted = [
        (point.unit_id, (x - min(xs)) / wide * (columns - 1), (max(ys) - y) / tall * (rows - 1))
        for point, x, y in zip(points, xs, ys, strict=True)
    ]
    free = {(column, row) for column in range(columns) for row in range(rows)}
    found = {}
    for unit_id, x, y in sorted(wanted, key=lambda item: (round(item[2]), item[1])):
        cell = min(free, key=lambda cell: ((cell[0] - x) ** 2 + (cell[1] - y) ** 2, cell))
        free.discard(cell)
        found[unit_id] = cell
    return found


def drawn(cells: dict[int, tuple[int, int]], told: Mapping[int, Told]) -> TileMap:
    """Return the drawing; ``told`` says by unit what its tile shows."""
    made, scale = [], Scale.of(told.values())
    for unit_id, (column, row) in sorted(cells.items(), key=lambda item: (item[1][1], item[1][0])):
        item = told[unit_id]
        text = f"{item.number:g}" if item.number and not item.is_hidden else ""
        x, y = 1 + column * (WIDTH + GAP), 1 + row * (HEIGHT + GAP)
        made.append(Tile(x, y, wrapped(item.name), text, scale.level(item.number), item.title, item.url, item.is_hidden))
    width = max((tile.x for tile in made), default=0) + WIDTH + 1
    height = max((tile.y for tile in made), default=0) + HEIGHT + 1
    return TileMap(tuple(made), width, height)
