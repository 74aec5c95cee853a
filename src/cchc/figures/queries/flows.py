"""Flows of a unit with all that stood under it, from the rollups wherever they have what is asked, from the facts where they do not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection

from cchc.editions import api as editions
from cchc.figures.models import (
    FLOWS,
    ROLLUPS,
    DayFlow,
    Flows,
    HalfMonthFlow,
    ProcedureDayFlow,
    ProcedureFlow,
    ProvinceFlow,
    ProvinceFlows,
    UnitDayFlow,
    UnitFlow,
)
from cchc.figures.queries.owners import owners
from cchc.figures.rules.buckets import Cut, cut, half_of, months_of, shortest
from cchc.figures.rules.flows import OPEN, OVERDUE, WAITING, Counts
from cchc.figures.rules.registry import Key, Moved, Scope, facts
from cchc.figures.terms import Flow
from cchc.kernel.among import among
from cchc.kernel.period import Period
from cchc.kernel.standing import kept
from cchc.organisations import api as organisations

# What is summed under the name of a flow: a column, or columns with their signs.
Sums = tuple[tuple[str, str], ...]
_EVERYTHING: Sums = tuple((flow, flow) for flow in FLOWS)
# What is open, overdue and waiting, as the flows that would have led there: three sums instead of fourteen.
_STOCK: Sums = tuple(
    (flow.value, "".join(f"{'+' if sign > 0 else '-'}{name}" for name, sign in signs.items()))
    for flow, signs in ((Flow.RECEIVED, OPEN), (Flow.BECAME_LATE, OVERDUE), (Flow.PAUSED, WAITING))
)
_OF_FIELDS = {"field", "channel", "month"}
_OF_DAYS = {*_OF_FIELDS, "procedure"}
_OF_UNITS = {"unit", "month"}
Only = Mapping[str, str]
_NOTHING = Counts()


@dataclass(frozen=True)
class _Buckets:
    """The buckets of some provinces or units that begin in [first, end), in one of the rollups."""

    model: type[Flows]
    ids: tuple[int, ...]
    first: date
    end: date
    # Days that these half-months have too many, and the rollup of days from which they are taken away.
    of_days: type[Flows] | None = None
    beyond: Period | None = None

    @property
    def parts(self) -> "tuple[tuple[str, str, date, date, str], ...]":
        """Return what is read: the table, the column of a bucket's first day, between which days, and with which sign."""
        own = (_table(self.model), self.begins, self.first, self.end, "")
        if self.beyond is None or self.of_days is None or self.beyond.end is None:
            return (own,)
        return own, (_table(self.of_days), "day", self.beyond.start, self.beyond.end, "-")

    @property
    def owner(self) -> str:
        """Return the column of the province or unit."""
        return "province_id" if issubclass(self.model, ProvinceFlows) else "unit_id"

    @property
    def begins(self) -> str:
        """Return the column of the bucket's first day."""
        return "day" if self.model in _OF_SINGLE_DAYS else "start"

    @property
    def pieces(self) -> "tuple[_Buckets, ...]":
        """Return the buckets before the last month, and those of the last month."""
        if self.first >= self.end:
            return (self,)
        last = (self.end - timedelta(days=1)).replace(day=1)
        return (replace(self, end=last, beyond=None), replace(self, first=last)) if self.first < last else (self,)


def _table(model: type[Flows]) -> str:
    return str(model._meta.db_table)  # noqa: SLF001 (Django's own documented interface)


_OF_SINGLE_DAYS = (ProcedureDayFlow, DayFlow, UnitDayFlow)


def moved(unit_id: int, period: Period, by: Sequence[str] = (), *, only: Mapping[str, str] | None = None) -> dict[Key, Moved]:
    """Return the flows before and in a closed period, cut by ``field``, ``procedure``, ``channel``, and ``unit`` or ``level``.

    Whole half-months are read from the rollups, and so are the days at the edges where there are buckets of days; other edges, and units
    that have moved in the tree, are counted from the facts. ``only`` keeps one value of a cut. A combination without any flow and without
    stock is absent.
    """
    if "level" in by:
        return _by_level(moved(unit_id, period, ["unit" if name == "level" else name for name in by], only=only), by.index("level"), period)
    cuts = [*by, *(name for name in (only or {}) if name not in by)]
    before = _narrowed(_before(unit_id, period.start, cuts, only or {}), cuts, by, only)
    inside = _narrowed(_inside(unit_id, period, cuts, only or {}), cuts, by, only)
    return {key: Moved(before.get(key, _NOTHING), inside.get(key, _NOTHING)) for key in {*before, *inside}}


def moved_by_month(
    unit_id: int, period: Period, by: Sequence[str] = (), *, only: Mapping[str, str] | None = None
) -> dict[date, dict[Key, Moved]]:
    """Return the same for each calendar month that the period touches, by its first day. As many queries as for one period.

    What is open at the end of a month is what was open before it and what happened in it: the flows carry a changing tree along.
    """
    if "level" in by:
        by_unit = moved_by_month(unit_id, period, ["unit" if name == "level" else name for name in by], only=only)
        return {month: _by_level(rows, by.index("level"), period) for month, rows in by_unit.items()}
    cuts = [*by, *(name for name in (only or {}) if name not in by)]
    inside = _narrowed(_inside(unit_id, period, [*cuts, "month"], only or {}), [*cuts, "month"], [*by, "month"], only)
    stock = _narrowed(_before(unit_id, period.start, cuts, only or {}), cuts, by, only)
    found: dict[date, dict[Key, Moved]] = {}
    for month in (whole.start for whole in months_of(period)):
        happened = {key[:-1]: counts for key, counts in inside.items() if key[-1] == month}
        found[month] = {key: Moved(stock.get(key, _NOTHING), happened.get(key, _NOTHING)) for key in {*stock, *happened}}
        stock = {key: row.after for key, row in found[month].items()}
    return found


def has_ever(flow: Flow, unit_ids: Collection[int]) -> bool:
    """Say whether a flow has ever happened to files of any of these units themselves. One query."""
    return HalfMonthFlow.objects.filter(among("unit_id", unit_ids), **{f"{flow.value}__gt": 0}).exists()


def _narrowed(rows: Mapping[Key, Counts], cuts: Sequence[str], by: Sequence[str], only: Mapping[str, str] | None) -> dict[Key, Counts]:
    """Keep what ``only`` asks for, and put together what ``by`` does not tell apart."""
    if not only and list(cuts) == list(by):
        return dict(rows)
    places = [cuts.index(name) for name in by]
    wanted = [(cuts.index(name), value) for name, value in (only or {}).items()]
    found: dict[Key, Counts] = {}
    for key, counts in rows.items():
        if all(str(key[place]) == value for place, value in wanted):
            short = tuple(key[place] for place in places)
            found[short] = found[short] + counts if short in found else counts
    return found


def _by_level(rows: Mapping[Key, Moved], place: int, period: Period) -> dict[Key, Moved]:
    """Put the agencies of a level together: communes, departments, and whatever else has cases."""
    assert period.last is not None, "a figure is asked for a closed period"
    units = organisations.units_on({int(str(key[place])) for key in rows}, period.last)
    found: dict[Key, Moved] = {}
    for key, row in rows.items():
        level = (*key[:place], units[int(str(key[place]))].kind.value, *key[place + 1 :])
        both = found.get(level, Moved(Counts(), Counts()))
        found[level] = Moved(both.before + row.before, both.inside + row.inside)
    return found


def _inside(unit_id: int, period: Period, by: Sequence[str], only: Only) -> dict[Key, Counts]:
    if _is_province(unit_id) and set(by) <= _OF_DAYS:
        return _of_province(unit_id, cut(period), by, only, _EVERYTHING)
    settled, moving = _members(unit_id)
    parts = [_of_units(settled, cut(period), by, only, _EVERYTHING)]
    if moving:
        parts.append(facts().recount(moving, period, by))
    return _together(parts)


def _before(unit_id: int, day: date, by: Sequence[str], only: Only) -> dict[Key, Counts]:
    """Return what was open at the first instant of a day: as the sum of all flows before it where a rollup has them."""
    settled, moving = _members(unit_id)
    if _is_province(unit_id) and set(by) <= _OF_DAYS:
        found = _of_province(unit_id, _until(day), by, only, _STOCK)
    elif set(by) <= _OF_UNITS or (only.keys() & _OF_DAYS and len(settled) > 1):
        parts = [_of_units(settled, _until(day), by, only, _STOCK)]
        if moving:
            parts.append(facts().stock(moving, day, by))
        found = _together(parts)
    else:
        return dict(_stock(unit_id, day, tuple(by)))
    return {key: counts for key, counts in found.items() if counts.open or counts.overdue or counts.waiting}


@editions.held(lambda _unit_id, day, _by: editions.edition("organisations") + editions.edition_between(date.min, day, *ROLLUPS))
def _stock(unit_id: int, day: date, by: tuple[str, ...]) -> Mapping[Key, Counts]:
    """Return the same from the facts. What was open once is soon found among the spells of two months; a unit's history is longer."""
    return facts().stock(scopes_of(unit_id), day, by)


def _until(day: date) -> Cut:
    """Return everything before a day: all half-months, and the days since the last."""
    end = half_of(day)
    return Cut(date.min, end, (Period(end, day),) if end < day else ())


def _of_province(province_id: int, pieces: Cut, by: Sequence[str], only: Only, sums: Sums) -> dict[Key, Counts]:
    """Sum whole half-months of a province, and the days at the edges."""
    of_halves, of_days = (ProvinceFlow, DayFlow) if set(by) <= _OF_FIELDS else (ProcedureFlow, ProcedureDayFlow)
    return _together(_summed(rows, by, only, sums) for rows in _read_as(of_halves, of_days, (province_id,), pieces))


def _of_units(settled: Sequence[Scope], pieces: Cut, by: Sequence[str], only: Only, sums: Sums) -> dict[Key, Counts]:
    """Sum whole half-months of units, and the days at the edges; days that are cut further are counted from the facts."""
    ids = tuple(scope.unit_id for scope in settled)
    if set(by) <= _OF_UNITS:
        return _together(_summed(rows, by, only, sums) for rows in _read_as(HalfMonthFlow, UnitDayFlow, ids, pieces))
    halves = _Buckets(UnitFlow, ids, pieces.first, pieces.end)
    return _together([_summed(halves, by, only, sums), *(facts().recount(settled, edge, by) for edge in pieces.edges)])


def _read_as(of_halves: type[Flows], of_days: type[Flows], ids: tuple[int, ...], pieces: Cut) -> list[_Buckets]:
    """Return the half-months of some owners, less the days beyond, and the days at the edges, which have an end."""
    pieces = shortest(pieces)
    halves = _Buckets(of_halves, ids, pieces.first, pieces.end, of_days, pieces.beyond)
    return [halves, *(_Buckets(of_days, ids, edge.start, edge.end) for edge in pieces.edges if edge.end is not None)]


def _summed(rows: _Buckets, by: Sequence[str], only: Only, sums: Sums) -> dict[Key, Counts]:
    """Sum buckets by the cuts. What is over is held while its months stand: a new file changes the running month alone."""
    return _together(_piece(piece, tuple(by), tuple(sorted(only.items())), sums) for piece in rows.pieces)


@editions.held(lambda rows, *_how: editions.edition_between(rows.first, rows.end, *(part[0] for part in rows.parts)), most=256)
def _piece(rows: _Buckets, by: tuple[str, ...], only: tuple[tuple[str, str], ...], sums: Sums) -> Mapping[Key, Counts]:
    """Sum buckets. Written as SQL: a page asks a dozen such questions, and building one took as long as answering it.

    Days beyond are taken away in the same statement: an act that moves a promise from one bucket to another is seen whole or not at all.
    """
    cuts = [{"unit": "unit_id"}.get(name, name) for name in by]
    wanted = {("unit_id" if name == "unit" else name): int(value) if name == "unit" else value for name, value in only}
    narrowed = "".join(f" AND {column} = %s" for column in wanted)
    groups = f" GROUP BY {', '.join(str(place + 1) for place in range(len(cuts)))}" if cuts else ""
    columns = ", ".join([*cuts, *(f"sum({flow})" for flow, _text in sums)])
    selects, values = [], []
    for table, begins, first, end, sign in rows.parts:
        keys = [f"date_trunc('month', {begins})::date AS month" if name == "month" else name for name in cuts]
        read = ", ".join([*keys, *(f"{sign}({text}) AS {flow}" for flow, text in sums)])
        selects.append(
            f"SELECT {read} FROM {table} WHERE {rows.owner} = ANY(%s) AND {begins} >= %s AND {begins} < %s{narrowed}"  # noqa: S608 (names of this file alone)
        )
        values += [list(rows.ids), first, end, *wanted.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ({' UNION ALL '.join(selects)}) rows{groups}", values)  # noqa: S608 (as above)
        found = cursor.fetchall()
    size, flows = len(cuts), [flow for flow, _text in sums]
    counted = {row[:size]: Counts({flow: number for flow, number in zip(flows, row[size:], strict=True) if number}) for row in found}
    # Where nothing is left there is no row, as if it had never been counted.
    return {key: counts for key, counts in counted.items() if counts.of or not key}


def _together(parts: Iterable[Mapping[Key, Counts]]) -> dict[Key, Counts]:
    found: dict[Key, Counts] = {}
    for part in parts:
        for key, counts in part.items():
            found[key] = found[key] + counts if key in found else counts
    return found


@kept
def _members(unit_id: int) -> tuple[list[Scope], list[Scope]]:
    """Return who has always counted for the unit, and who came or went."""
    settled: list[Scope] = []
    moving: list[Scope] = []
    for scope in scopes_of(unit_id):
        (settled if scope.since is None and scope.until is None else moving).append(scope)
    return settled, moving


@kept
def scopes_of(unit_id: int) -> tuple[Scope, ...]:
    """Return who counts for a unit and when: itself, and what stood under it as of the day, of those that have files. Two queries."""
    rows = organisations.memberships([unit_id], of={unit_id, *owners()})
    return tuple(Scope(row.top_id, row.unit_id, row.since, row.until) for row in rows)


@kept
def _is_province(unit_id: int) -> bool:
    return unit_id in organisations.provinces_ever()
