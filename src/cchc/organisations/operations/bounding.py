"""Load the boundaries of units from a GeoJSON file of the operator: nothing is drawn that nobody gave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.organisations.models import Unit, UnitBoundary
from cchc.organisations.operations.writing import Writing, journal, locked, writing
from cchc.organisations.rules.geojson import Polygon, read
from cchc.organisations.rules.outlines import simplified
from cchc.organisations.terms import Right, Scheme

METRES = 100
_MOST_METRES = 5_000
_LONGEST = 300
# How many units without a boundary are named.
NAMED = 12
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class BoundaryReport:
    """What was loaded: units, points before and after, the property that held the codes, and which communes have none on that day."""

    units: int
    points_read: int
    points_kept: int
    code_property: str
    since: date | None
    missing: int
    missing_names: tuple[str, ...]


def load_boundaries(
    *,
    actor: Actor,
    at: datetime,
    content: bytes,
    source: str,
    code_property: str = "",
    since: date | None = None,
    metres: int = METRES,
    progress: Progress = lambda _done, _total: None,
) -> BoundaryReport:
    """Load the file whole or not at all. Needs ``organisations:unit:edit`` in every unit of the file.

    A boundary holds from ``since``, or from when its unit exists, and takes the place of what was loaded for those days. ``source`` says
    whose file it is. ``metres`` is how far a line may move when it is simplified. Raises ``Refused`` with every problem of the file.
    """
    source = clean(source)
    if not source or len(source) > _LONGEST:
        raise Refused("Nêu nguồn của tệp ranh giới (cơ quan ban hành, ngày), không quá 300 ký tự.", field="source")
    if not 0 <= metres <= _MOST_METRES:
        raise Refused(f"Mức giản lược phải từ 0 đến {_MOST_METRES} mét.", field="metres")
    day = since or local_date(at)
    known = dict(Unit.objects.existing(day).filter(scheme=Scheme.TERRITORY).values_list("code", "pk"))
    found = read(content, codes=known.keys(), code_property=code_property)
    for code in found.polygons:
        actor.must(Right.EDIT_UNIT, unit_id=known[code])
    outlines = simplified(found.polygons, metres=metres)
    work = Writing(actor, at, day, "")
    public = {"source": source, "file": sha256(content).hexdigest(), "metres": metres}
    with writing():
        units = locked(known[code] for code in outlines)
        for done, (code, polygons) in enumerate(sorted(outlines.items()), start=1):
            unit = units[known[code]]
            _give(unit, since, polygons, metres=metres, source=source, at=at)
            journal(work, unit, "unit_boundary_given", public)
            progress(done, len(outlines))
    missing = _missing(units, day)
    return BoundaryReport(
        units=len(outlines),
        points_read=_points(found.polygons),
        points_kept=_points(outlines),
        code_property=found.code_property,
        since=since,
        missing=len(missing),
        missing_names=tuple(missing[:NAMED]),
    )


def _give(unit: Unit, since: date | None, polygons: Sequence[Polygon], *, metres: int, source: str, at: datetime) -> None:
    period = DateRange(since or unit.period.lower, unit.period.upper)
    for row in UnitBoundary.objects.filter(unit=unit, period__overlap=period):
        before = row.period.lower
        row.delete()
        if since is not None and (before is None or before < since):
            row.pk, row.period = None, DateRange(before, since)
            row.save(force_insert=True)
    UnitBoundary.objects.create(unit=unit, period=period, polygons=polygons, metres=metres, source=source, loaded_at=at)


def _missing(units: Mapping[int, Unit], day: date) -> list[str]:
    """Return the names of the units beside those that were loaded, of the same kind and under the same units, that have no boundary."""
    parents = Unit.objects.filter(children__unit__in=units, children__period__contains=day)
    kinds = {unit.kind for unit in units.values()}
    beside = Unit.objects.existing(day).filter(parents__parent__in=parents, parents__period__contains=day, kind__in=kinds)
    bare = beside.exclude(boundaries__period__contains=day).order_by("vi_key", "pk").distinct()
    return list(bare.values_list("full_name", flat=True))


def _points(polygons: Mapping[str, Sequence[Polygon]]) -> int:
    return sum(len(ring) for of_unit in polygons.values() for polygon in of_unit for ring in polygon)
