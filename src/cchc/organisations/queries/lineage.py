"""What became of a unit, and what a unit came from, through any number of reorganisations, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Q

from cchc.kernel.period import Period
from cchc.organisations.models import Succession, Unit, UnitTitle
from cchc.organisations.queries.lookup import unit
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.rules.lineage import Path, tie
from cchc.organisations.terms import Certainty, SuccessionKind

# A unit that ended without lineage of its own (a district) is followed through the units that stood under it on its last day.
_FORWARD = """
    WITH RECURSIVE asked AS (
        SELECT id, GREATEST(%(day)s::date, COALESCE(lower(period), %(day)s::date)) AS day, upper(period) AS ended
        FROM organisations_unit WHERE id = %(id)s
    ), bereft AS (
        SELECT a.id, a.ended - 1 AS day FROM asked a
        WHERE a.ended <= %(limit)s::date
        AND NOT EXISTS (SELECT 1 FROM organisations_succession s WHERE s.predecessor_id = a.id AND s.day > a.day AND s.day <= %(limit)s::date)
    ), walk AS (
        SELECT a.id AS start_id, a.id AS unit_id, a.day, 1::numeric AS share, ARRAY[]::text[] AS kinds, true AS is_default
        FROM asked a WHERE NOT EXISTS (SELECT 1 FROM bereft)
        UNION ALL
        SELECT p.unit_id, p.unit_id, b.day, 1::numeric, ARRAY[]::text[], true
        FROM bereft b JOIN organisations_unitparent p ON p.parent_id = b.id AND p.period @> b.day
        UNION ALL
        SELECT w.start_id, s.successor_id, s.day, w.share * s.share, w.kinds || s.kind::text, w.is_default AND s.is_default
        FROM walk w JOIN organisations_succession s ON s.predecessor_id = w.unit_id AND s.day = (
            SELECT min(n.day) FROM organisations_succession n
            WHERE n.predecessor_id = w.unit_id AND n.day > w.day AND n.day <= %(limit)s::date
        )
    )
    SELECT w.start_id, w.unit_id, w.share, w.kinds, w.is_default FROM walk w JOIN organisations_unit u ON u.id = w.unit_id
    WHERE u.period @> %(limit)s::date AND NOT EXISTS (
        SELECT 1 FROM organisations_succession n WHERE n.predecessor_id = w.unit_id AND n.day > w.day AND n.day <= %(limit)s::date
    )
"""

_BACKWARD = """
    WITH RECURSIVE walk AS (
        SELECT id AS unit_id, LEAST(%(day)s::date, COALESCE(upper(period) - 1, %(day)s::date)) AS day,
               1::numeric AS share, ARRAY[]::text[] AS kinds, true AS is_default
        FROM organisations_unit WHERE id = %(id)s
        UNION ALL
        SELECT s.predecessor_id, s.day - 1, w.share * s.share, w.kinds || s.kind::text, w.is_default AND s.is_default
        FROM walk w JOIN organisations_succession s ON s.successor_id = w.unit_id AND s.day = (
            SELECT max(n.day) FROM organisations_succession n
            WHERE n.successor_id = w.unit_id AND n.day <= w.day AND n.day > %(limit)s::date
        )
    )
    SELECT w.unit_id, w.unit_id, w.share, w.kinds, w.is_default FROM walk w JOIN organisations_unit u ON u.id = w.unit_id
    WHERE (u.period @> %(limit)s::date OR (%(oldest)s AND cardinality(w.kinds) > 0)) AND NOT EXISTS (
        SELECT 1 FROM organisations_succession n WHERE n.successor_id = w.unit_id AND n.day <= w.day AND n.day > %(limit)s::date
    )
"""


@dataclass(frozen=True)
class Bringer:
    """One old unit and how it goes into the new one. ``share`` of the old unit, None when not known."""

    unit: UnitView
    kind: SuccessionKind
    share: Decimal | None
    is_default: bool

    @property
    def share_known(self) -> bool:
        """Say whether the share was published."""
        return self.share is not None


@dataclass(frozen=True)
class Successor:
    """A unit that carries on another, or a part of it.

    ``share`` is the part of the unit asked about, None when not known. For a district it is never known; ``brought_by`` then
    names its communes that went into this one, each with its own kind and share; for any other unit, the unit itself.
    """

    unit: UnitView
    kind: SuccessionKind
    share: Decimal | None
    is_default: bool
    brought_by: tuple[Bringer, ...]

    @property
    def share_known(self) -> bool:
        """Say whether the share was published."""
        return self.share is not None


@dataclass(frozen=True)
class Predecessor(Bringer):
    """A unit that this one carries on, entirely or in part; ``share`` is the part of the old unit that is in this one."""


@dataclass(frozen=True)
class LineageEvent:
    """One edge of lineage as it was entered. The names are those of the day before and of the day itself, with the codes."""

    day: date
    kind: SuccessionKind
    predecessor_id: int
    predecessor: str
    successor_id: int
    successor: str
    share: Decimal | None
    is_default: bool
    act: str
    note: str
    certainty: Certainty


def successors_of(which: int | str, *, before: date | None = None, until: date | None = None) -> tuple[Successor, ...]:
    """Return the units that carry on a unit, in the order of their codes.

    ``which`` is an id, or a code with ``before``: the unit that bore it on the day before that day. ``until`` is the day to
    which lineage is followed, as far as is known when it is not given. A unit that goes on is its own successor; one that was
    dissolved has none; the successors of a district are those of its communes. Five queries. Raises ``NotFound``.
    """
    start = before - timedelta(days=1) if before else date.min
    unit_id = _identified(which, start)
    paths = _walk(_FORWARD, unit_id, day=start, limit=until or date.max)
    olds = views_of({path.start for path in paths}, day=start)
    news = views_of({path.end for path in paths}, day=until)
    return tuple(
        _successor(news[end], [path for path in paths if path.end == end], olds, unit_id)
        for end in sorted(news, key=lambda key: (news[key].code, key))
    )


def predecessors_of(which: int | str, *, on: date | None = None, back_to: date | None = None) -> tuple[Predecessor, ...]:
    """Return the units that a unit carries on, in the order of their codes, shown as they were on ``back_to``.

    ``which`` is an id, or a code with ``on``: the unit that bears it on that day. Lineage is followed back to the day
    ``back_to``, on which a unit that already existed is its own predecessor; without it as far as is known. Four queries.
    Raises ``NotFound``.
    """
    start = on or date.max
    unit_id = _identified(which, start)
    paths = _walk(_BACKWARD, unit_id, day=start, limit=back_to or date.min, oldest=back_to is None)
    olds = views_of({path.end for path in paths}, day=back_to)
    ties = {end: tie([path for path in paths if path.end == end]) for end in olds}
    return tuple(
        Predecessor(unit=olds[end], kind=ties[end].kind, share=ties[end].share, is_default=ties[end].is_default)
        for end in sorted(olds, key=lambda key: (olds[key].code, key))
    )


def lineage_of(unit_id: int) -> tuple[LineageEvent, ...]:
    """Return the edges of lineage at the unit, both ways, oldest first. Two queries."""
    edges = list(
        Succession.objects.filter(Q(predecessor=unit_id) | Q(successor=unit_id))
        .select_related("predecessor", "successor")
        .order_by("day", "pk")
    )
    ends = {edge.predecessor_id for edge in edges} | {edge.successor_id for edge in edges}
    titles: dict[int, list[UnitTitle]] = {}
    for title in UnitTitle.objects.filter(unit__in=ends):
        titles.setdefault(title.unit_id, []).append(title)
    return tuple(
        LineageEvent(
            day=edge.day,
            kind=SuccessionKind(edge.kind),
            predecessor_id=edge.predecessor_id,
            predecessor=_called(edge.predecessor, titles, edge.day - timedelta(days=1)),
            successor_id=edge.successor_id,
            successor=_called(edge.successor, titles, edge.day),
            share=edge.share,
            is_default=edge.is_default,
            act=edge.act,
            note=edge.note,
            certainty=Certainty(edge.certainty),
        )
        for edge in edges
    )


def _identified(which: int | str, day: date) -> int:
    return which if isinstance(which, int) else unit(which, on=day).id


def _walk(sql: str, unit_id: int, *, day: date, limit: date, oldest: bool = False) -> list[Path]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"id": unit_id, "day": day, "limit": limit, "oldest": oldest})
        return [
            Path(start=start, end=end, share=share, kinds=tuple(SuccessionKind(kind) for kind in kinds), is_default=is_default)
            for start, end, share, kinds, is_default in cursor.fetchall()
        ]


def _successor(new: UnitView, paths: Sequence[Path], olds: dict[int, UnitView], asked: int) -> Successor:
    starts = sorted({path.start for path in paths}, key=lambda start: (olds[start].code, start))
    ties = {start: tie([path for path in paths if path.start == start]) for start in starts}
    together = tie(paths)
    return Successor(
        unit=new,
        kind=together.kind,
        share=together.share if starts == [asked] else None,
        is_default=together.is_default,
        brought_by=tuple(
            Bringer(unit=olds[start], kind=ties[start].kind, share=ties[start].share, is_default=ties[start].is_default) for start in starts
        ),
    )


def _called(unit: Unit, titles: dict[int, list[UnitTitle]], day: date) -> str:
    name = next((title.full_name for title in titles.get(unit.pk, []) if _lasts(title, day)), unit.full_name)
    return f"{name} ({unit.code})"


def _lasts(title: UnitTitle, day: date) -> bool:
    return day in Period(title.period.lower or date.min, title.period.upper)
