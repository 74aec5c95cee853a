"""Who stood above and below a unit on a day, and what it was called then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from cchc.editions.api import rests_on
from cchc.kernel.errors import NotFound
from cchc.organisations.models import Unit, UnitTitle
from cchc.organisations.queries.views import DEEPEST, UnitView, views_of
from cchc.organisations.terms import UnitKind

_BELOW = """
    WITH RECURSIVE down AS (
        SELECT %(id)s::bigint AS id, 0 AS depth
        UNION ALL
        SELECT p.unit_id, down.depth + 1
        FROM down JOIN organisations_unitparent p ON p.parent_id = down.id AND p.period @> %(day)s::date
        WHERE down.depth < %(deepest)s
    )
    SELECT DISTINCT u.id FROM down JOIN organisations_unit u ON u.id = down.id
    WHERE down.depth > 0 AND u.period @> %(day)s::date
"""


_CIRCLE = """
    WITH RECURSIVE up AS (
        SELECT %(parent)s::bigint AS id, daterange(%(day)s::date, NULL) AS period, 0 AS depth
        UNION ALL
        SELECT p.parent_id, up.period * p.period, up.depth + 1
        FROM up JOIN organisations_unitparent p ON p.unit_id = up.id AND p.period && up.period
        WHERE up.depth < %(deepest)s AND up.id <> %(unit)s
    )
    SELECT EXISTS (SELECT 1 FROM up WHERE id = %(unit)s)
"""


@dataclass(frozen=True)
class Title:
    """What a unit is called from ``since`` (None: not known) until before ``until`` (None: still), and by which act."""

    type_word: str
    name: str
    full_name: str
    since: date | None
    until: date | None
    act: str


@rests_on("organisations")
def ancestors_on(unit_id: int, day: date) -> tuple[UnitView, ...]:
    """Return the units above the unit on the day, nearest first. Two queries."""
    view = views_of([unit_id], day=day).get(unit_id)
    if view is None or day not in view.period:
        return ()
    above = views_of(view.ancestor_ids, day=day)
    return tuple(above[ancestor] for ancestor in view.ancestor_ids)


def descendants_on(unit_id: int, day: date, *, kinds: Collection[UnitKind] = ()) -> tuple[UnitView, ...]:
    """Return the units below the unit on the day, at any depth, of the kinds given or of all, by kind and name.

    Units with agency codes of one kind come in the numeric order of the codes. Three queries.
    """
    return _descendants_on(unit_id, day, frozenset(kinds))


@rests_on("organisations")
def _descendants_on(unit_id: int, day: date, kinds: frozenset[UnitKind]) -> tuple[UnitView, ...]:
    units = Unit.objects.filter(pk__in=descendant_ids_on(unit_id, day))
    if kinds:
        units = units.filter(kind__in=kinds)
    order = {kind: place for place, kind in enumerate(UnitKind)}
    rows = sorted(
        units.values_list("pk", "kind", "agency_key", "vi_key", "code"),
        key=lambda row: (order[UnitKind(row[1])], row[2] is None, row[2] or "", row[3], row[4]),
    )
    views = views_of([row[0] for row in rows], day=day)
    return tuple(views[row[0]] for row in rows)


@rests_on("organisations")
def descendant_ids_on(unit_id: int, day: date) -> frozenset[int]:
    """Return the ids of the units below the unit on the day, at any depth. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"id": unit_id, "day": day, "deepest": DEEPEST})
        return frozenset(row[0] for row in cursor.fetchall())


def would_stand_above_itself(unit_id: int, parent_id: int, *, since: date) -> bool:
    """Say whether the unit stands above the parent, or is it, on any day from ``since`` on, moves already entered included."""
    with connection.cursor() as cursor:
        cursor.execute(_CIRCLE, {"unit": unit_id, "parent": parent_id, "day": since, "deepest": DEEPEST})
        (found,) = cursor.fetchone()
        return bool(found)


def title_on(unit_id: int, day: date) -> Title:
    """Return the title the unit bore on the day. Raises ``NotFound`` when it bore none."""
    row = UnitTitle.objects.filter(unit_id=unit_id, period__contains=day).first()
    if row is None:
        raise NotFound(f"Đơn vị này không có tên gọi vào ngày {day:%d/%m/%Y}: đơn vị không tồn tại vào ngày đó.", field="unit")
    return _title(row)


def titles_of(unit_id: int) -> tuple[Title, ...]:
    """Return all titles the unit has borne or is to bear, oldest first."""
    return tuple(_title(row) for row in UnitTitle.objects.filter(unit_id=unit_id).order_by("period"))


def _title(row: UnitTitle) -> Title:
    return Title(row.type_word, row.name, row.full_name, row.period.lower, row.period.upper, row.act)
