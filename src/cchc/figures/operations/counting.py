"""Writing buckets: counted from the facts, or put together from finer buckets. What was there before goes; nothing is added to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from cchc.figures.models import (
    FLOWS,
    DayFlow,
    Flows,
    HalfMonthFlow,
    ProcedureDayFlow,
    ProcedureFlow,
    ProvinceFlow,
    UnitDayFlow,
    UnitFlow,
)
from cchc.figures.rules.buckets import SECOND, half_after
from cchc.figures.rules.registry import Scope, facts
from cchc.kernel.period import Period

# The first day of the half-month to which a day belongs, as ``rules.buckets.half_of``.
_HALF = f"date_trunc('month', {{day}})::date + CASE WHEN extract(day FROM {{day}}) < {SECOND} THEN 0 ELSE {SECOND - 1} END"
_SUMS = ", ".join(f"sum({flow})::int AS {flow}" for flow in FLOWS)
_COLUMNS = ", ".join(FLOWS)


@dataclass(frozen=True)
class Counted:
    """A table whose buckets are counted from the facts: its columns of the key, and the cuts of the recount that fill them."""

    model: type[Flows]
    keys: tuple[str, ...]
    by: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name of the table."""
        return str(self.model._meta.db_table)  # noqa: SLF001 (Django's own documented interface)

    @property
    def moment(self) -> str:
        """Return the column that says when."""
        return self.keys[1]

    def counting(self) -> str:
        """Return the head of a statement that inserts what was counted; ``{counted}`` is to be put behind it."""
        wanted = ", ".join(f"{name}_" for name in self.by)
        return f"{_head(self)} SELECT {wanted}, {_COLUMNS} FROM"


@dataclass(frozen=True)
class Summed:
    """A table whose buckets are put together from the days of another: half-months, or days that tell less apart."""

    model: type[Flows]
    keys: tuple[str, ...]
    days: type[Flows]

    @property
    def name(self) -> str:
        """Return the name of the table."""
        return str(self.model._meta.db_table)  # noqa: SLF001 (as above)

    def statement(self) -> str:
        """Return what the buckets of some owners in some days are: the columns of the key, then the flows."""
        rest = ", ".join(self.keys[2:])
        bucket = "day" if self.keys[1] == "day" else f"{_HALF.format(day='day')} AS start"
        places = ", ".join(str(place) for place in range(1, len(self.keys) + 1))
        return (
            f"SELECT {self.keys[0]}, {bucket}{', ' if rest else ''}{rest}, {_SUMS} FROM {self.days._meta.db_table}"  # noqa: S608, SLF001 (as above)
            f" WHERE {self.keys[0]} = ANY(%(owners)s) AND day >= %(first)s AND day < %(end)s GROUP BY {places}"
        )


DAYS = Counted(ProcedureDayFlow, ("province_id", "day", "field", "procedure", "channel"), ("top", "day", "field", "procedure", "channel"))
UNIT_DAYS = Counted(UnitDayFlow, ("unit_id", "day"), ("unit", "day"))
UNIT_HALVES = Counted(UnitFlow, ("unit_id", "start", "field", "procedure", "channel"), ("unit", "half", "field", "procedure", "channel"))
COUNTED = (DAYS, UNIT_DAYS, UNIT_HALVES)
OF_DAYS = Summed(DayFlow, ("province_id", "day", "field", "channel"), ProcedureDayFlow)
OF_PROVINCES = (
    Summed(ProvinceFlow, ("province_id", "start", "field", "channel"), DayFlow),
    Summed(ProcedureFlow, ("province_id", "start", "field", "procedure", "channel"), ProcedureDayFlow),
)
OF_UNITS = (Summed(HalfMonthFlow, ("unit_id", "start"), UnitDayFlow),)
SUMMED = (OF_DAYS, *OF_PROVINCES, *OF_UNITS)
SOMETHING = "(" + " OR ".join(f"{flow} <> 0" for flow in FLOWS) + ")"


def count(table: Counted, owners: Collection[int], scopes: Iterable[Scope], period: Period) -> None:
    """Count the buckets of owners (provinces or units, ids) in whole buckets of a period again. Two statements."""
    table.model.objects.filter(
        **{f"{table.keys[0]}__in": owners, f"{table.moment}__gte": period.start, f"{table.moment}__lt": period.end}
    ).delete()
    statement = facts().statement(scopes, period, table.by)
    _execute(f"{table.counting()} ({statement.sql}) counted WHERE {SOMETHING}", statement.values)


def count_month(owners: Collection[int], members: Sequence[Scope], month: Period) -> None:
    """Count everything that is counted from the facts for a whole month again, reading them once.

    ``owners`` are the units (ids) that have files, ``members`` who stood under each province. What happened in a unit that has always
    stood under its province is a sum of the unit's own days; only those that came or went are counted again with what they brought.
    """
    settled = [scope for scope in members if scope.since is None and scope.until is None]
    moving = [scope for scope in members if scope.since is not None or scope.until is not None]
    for table in COUNTED:
        table.model.objects.filter(**{f"{table.moment}__gte": month.start, f"{table.moment}__lt": month.end}).delete()
    units = facts().statement([Scope(unit, unit) for unit in owners], month, ("unit", *DAYS.by[1:]))
    _execute(f"CREATE TEMPORARY TABLE counted_once AS SELECT * FROM ({units.sql}) counted WHERE {SOMETHING}", units.values)  # noqa: S608 (names of our own)
    _execute("ANALYZE counted_once", None)
    _execute(f"{_head(UNIT_DAYS)} SELECT unit_, day_, {_SUMS} FROM counted_once GROUP BY 1, 2", None)  # noqa: S608 (as above)
    halves = f"unit_, {_HALF.format(day='day_')}, field_, procedure_, channel_"
    _execute(f"{_head(UNIT_HALVES)} SELECT {halves}, {_SUMS} FROM counted_once GROUP BY 1, 2, 3, 4, 5", None)  # noqa: S608 (as above)
    moved = facts().statement(moving, month, DAYS.by)
    together = f"""
        SELECT m.top_id AS top_, c.day_, c.field_, c.procedure_, c.channel_, {_COLUMNS}
        FROM unnest(%(settled_tops)s::bigint[], %(settled_units)s::bigint[]) AS m(top_id, unit_id) JOIN counted_once c ON c.unit_ = m.unit_id
        UNION ALL
        SELECT * FROM ({moved.sql}) counted WHERE {SOMETHING}
    """  # noqa: S608 (as above)
    _execute(
        f"{_head(DAYS)} SELECT top_, day_, field_, procedure_, channel_, {_SUMS} FROM ({together}) together GROUP BY 1, 2, 3, 4, 5",  # noqa: S608 (as above)
        {
            **moved.values,
            "settled_tops": [scope.top_id for scope in settled],
            "settled_units": [scope.unit_id for scope in settled],
        },
    )
    _execute("DROP TABLE counted_once", None)


def _head(table: Counted | Summed) -> str:
    """Return the head of a statement that fills a table."""
    return f"INSERT INTO {table.name} ({', '.join(table.keys)}, {_COLUMNS})"


def count_procedures(start: date, pairs: Sequence[tuple[int, str]]) -> None:
    """Count the half-month from ``start`` again for these procedures (codes) of these units (ids). Two statements."""
    values = {"start": start, "of": [unit for unit, _procedure in pairs], "about": [procedure for _unit, procedure in pairs]}
    these = "IN (SELECT * FROM unnest(%(of)s::bigint[], %(about)s::text[]))"
    _execute(f"DELETE FROM {UNIT_HALVES.name} WHERE start = %(start)s AND (unit_id, procedure) {these}", values)  # noqa: S608 (names of our own)
    scopes = [Scope(unit, unit) for unit in sorted({unit for unit, _procedure in pairs})]
    statement = facts().statement(scopes, Period(start, half_after(start)), UNIT_HALVES.by)
    where = f"{SOMETHING} AND procedure_ = ANY(%(about)s::text[]) AND (unit_, procedure_) {these}"
    _execute(f"{UNIT_HALVES.counting()} ({statement.sql}) counted WHERE {where}", {**values, **statement.values})


def put_together(tables: Iterable[Summed], owners: Collection[int], period: Period) -> None:
    """Sum the days of owners in whole buckets of the tables again. Two statements for each table."""
    values = {"owners": sorted(owners), "first": period.start, "end": period.end}
    for table in tables:
        table.model.objects.filter(
            **{f"{table.keys[0]}__in": owners, f"{table.keys[1]}__gte": period.start, f"{table.keys[1]}__lt": period.end}
        ).delete()
        _execute(f"{_head(table)} {table.statement()}", values)


def grouped(days: Iterable[tuple[int, date]]) -> list[tuple[frozenset[int], Period]]:
    """Return days of owners as unbroken stretches of days that went stale for the same owners: each is counted at once."""
    owners_of: dict[date, set[int]] = {}
    for owner, day in days:
        owners_of.setdefault(day, set()).add(owner)
    days_of: dict[frozenset[int], list[date]] = {}
    for day in sorted(owners_of):
        days_of.setdefault(frozenset(owners_of[day]), []).append(day)
    return [(owners, run) for owners, wanted in days_of.items() for run in _runs(wanted)]


def _runs(days: Iterable[date]) -> list[Period]:
    """Return days in their order as unbroken stretches."""
    runs: list[Period] = []
    for day in days:
        after = day + timedelta(days=1)
        runs[-1:] = [Period(runs[-1].start, after)] if runs and runs[-1].end == day else [*runs[-1:], Period(day, after)]
    return runs


def _execute(text: str, values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
