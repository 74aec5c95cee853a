"""The public board: one unit with all that stands under it, by agency and field, on a map, over the months."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.board import areas, tiles
from cchc.web.board.areas import AreaMap
from cchc.web.board.asking import Question, asked, presets, unasked
from cchc.web.board.bottlenecks import flow_url
from cchc.web.board.shown import period_text, strip
from cchc.web.board.slopes import slope
from cchc.web.board.tables import ON_TIME, OVERDUE, STRIP, by_field, fields, subjects, table
from cchc.web.board.tiles import Scale, TileMap, Told, placed
from cchc.web.ui.access import public
from cchc.web.ui.drawing import drawn
from cchc.web.ui.forms import query_text

MAP, AS_TILES = "ban-do", "o"


@require_safe
@public("Kết quả giải quyết thủ tục hành chính được công khai cho mọi người (khoản 2 Điều 32 Nghị định 61/2018/NĐ-CP)")
def home(request: HttpRequest) -> HttpResponse:
    """Show the board of everything counted here."""
    return _board(request, asked(request, local_date(cast("Any", request).at)))


@require_safe
@public("Kết quả giải quyết thủ tục hành chính của một đơn vị")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show the board of one unit."""
    return _board(request, asked(request, local_date(cast("Any", request).at), unit_code=code))


def _board(request: HttpRequest, question: Question | None) -> HttpResponse:
    if question is None:
        return unasked(request, local_date(cast("Any", request).at))
    given = {"question": question, "flow_url": flow_url(request, question)}
    drawing = drawn(request, "board/_show.html", given, lambda: _shown(question, wanted=query_text(request, MAP)), rests_on=subjects(STRIP))
    return render(request, "board/show.html", {"question": question, "drawing": drawing}, status=422 if question.problems else 200)


def _shown(question: Question, *, wanted: str) -> dict[str, Any]:
    by_unit = table(question, Dimension.UNIT, ranked=True)
    return {
        "period": period_text(question),
        "presets": presets(question),
        "numbers": strip(question, by_field(question)),
        "units": by_unit if len(by_unit.rows) > 1 else None,
        "fields": fields(question),
        "map": overdue_map(question, by_unit.of(OVERDUE), wanted=wanted),
        "slope": slope(question, ON_TIME),
        "crumbs": _above(question),
    }


def _above(question: Question) -> list[organisations.UnitView]:
    """Return the units above that have a board, the highest first."""
    above = organisations.ancestors_on(question.unit.id, question.last)
    tops = {top.id for top in figures.top_units(question.today)}
    highest = next((place for place, view in enumerate(above) if view.id in tops), None)
    return list(reversed(above[: highest + 1])) if highest is not None else []


@dataclass(frozen=True)
class Map:
    """The map of communes: drawn with boundaries or as tiles, and the ways to draw it that there are, as (label, address, is this one)."""

    scale: Scale
    areas: AreaMap | None
    tiles: TileMap
    switch: tuple[tuple[str, str, bool], ...] = ()


def overdue_map(question: Question, overdue: figures.PublicTable, *, wanted: str = "") -> Map | None:
    """Return what is overdue in each commune of a province; nothing for other units.

    With boundaries where those of most communes are loaded, else as tiles; ``wanted`` chooses among both.
    """
    if question.unit.kind is not organisations.UnitKind.PROVINCE:
        return None
    communes = organisations.descendants_on(question.unit.id, question.last, kinds=[organisations.UnitKind.COMMUNE])
    ids = tuple(view.id for view in communes)
    points = organisations.points_of(ids)
    counted = {int(str(line.key[0])): (line.number, is_hidden) for line, is_hidden in overdue.lines}
    owners = set(figures.owners())
    words = _Words()
    told = {view.id: words.told(question, view, counted, has_any=view.id in owners) for view in communes}
    tile_map = tiles.drawn({unit_id: cell for unit_id, cell in placed(points).items() if unit_id in told}, told)
    scale = Scale.of(told.values())
    boundaries = organisations.boundaries_of(ids, on=question.last)
    if not areas.covers(boundaries, len(communes)):
        return Map(scale, None, tile_map)
    as_tiles = wanted == AS_TILES
    switch = (
        (_("Bản đồ"), f"?{question.query()}", not as_tiles),
        (_("Ô"), f"?{question.query(ban_do=AS_TILES)}", as_tiles),
    )
    return Map(scale, None if as_tiles else areas.drawn(boundaries, told), tile_map, switch)


class _Words:
    """What is said of a commune, translated once for a map: there are a hundred communes on it."""

    def __init__(self) -> None:
        self.unknown, self.few = _("%(name)s: chưa có số liệu"), _("%(name)s: dưới 5 hồ sơ quá hạn")
        self.none, self.some = _("%(name)s: không có hồ sơ quá hạn"), _("%(name)s: %(count)s hồ sơ quá hạn")

    def told(self, question: Question, view: organisations.UnitView, counted: dict[int, tuple[float, bool]], *, has_any: bool) -> Told:
        """Return what the map tells of a commune: its number, or that there is none, or that it is too small to be shown."""
        name, url = {"name": view.full_name}, question.url(OVERDUE, don_vi=view.code)
        if not has_any:
            return Told(view.full_name, None, self.unknown % name, url)
        number, is_hidden = counted.get(view.id, (0, False))
        if is_hidden:
            return Told(view.full_name, 0, self.few % name, url, is_hidden=True)
        words = self.some % {**name, "count": f"{number:g}"} if number else self.none % name
        return Told(view.full_name, number, words, url)
