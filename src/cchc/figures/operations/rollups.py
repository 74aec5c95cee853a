"""The rollups are never added to; what has gone stale is counted again from the facts. So late and corrected facts need no thought."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from cchc.figures.models import FLOWS, DayFlow, Flows, HalfMonthFlow, ProvinceFlow, Stale
from cchc.figures.rules.buckets import SECOND, half_after, half_of, months_of
from cchc.figures.rules.flows import Counts
from cchc.figures.rules.registry import Key, Scope, facts
from cchc.kernel.period import Period
from cchc.organisations import api as organisations

# So many marks at a time: a burst is taken in portions, each its own transaction.
PORTION = 5_000
_DAY = timedelta(days=1)
_DAYS = ("top", "day", "field", "channel")
_HALVES = ("unit", "half")
_PROVINCE_HALVES = f"""
    INSERT INTO figures_provinceflow (province_id, start, field, channel, {", ".join(FLOWS)})
    SELECT province_id, date_trunc('month', day)::date + CASE WHEN extract(day FROM day) < {SECOND} THEN 0 ELSE {SECOND - 1} END, field, channel,
           {", ".join(f"sum({flow})" for flow in FLOWS)}
    FROM figures_dayflow WHERE province_id = ANY(%(tops)s) AND day >= %(first)s AND day < %(end)s GROUP BY 1, 2, 3, 4
"""  # noqa: S608 (names of our own columns)
Progress = Callable[[int, int], None]


def _quiet(_done: int, _of: int) -> None:
    """Tell nobody."""


def refresh() -> int:
    """Count again what has gone stale; return how many marks were taken away, 0 when another process is at it.

    The marks go in the transaction that counts: whatever was committed with a mark is seen by the count, and what is committed
    afterwards has a mark of its own. Killed in the middle, nothing has happened.
    """
    taken = 0
    while portion := _refresh_portion():
        taken += portion
        if portion < PORTION:
            break
    return taken


@transaction.atomic
def _refresh_portion() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('cchc figures'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(
            "DELETE FROM figures_stale WHERE id IN (SELECT id FROM figures_stale ORDER BY id LIMIT %s) RETURNING unit_id, since, until",
            [PORTION],
        )
        marks = cursor.fetchall()
    if not marks:
        return 0
    _count_halves({(unit, half_of(since)) for unit, since, until in marks if until is not None})
    members = provinces()
    # What stands elsewhere since a day may have no files itself; others below it may.
    stood = provinces(with_files=False) if any(until is None for _unit, _since, until in marks) else members
    tops_of: dict[date, set[int]] = {}
    for province, wanted in _stale_days(marks, stood).items():
        for day in wanted:
            tops_of.setdefault(day, set()).add(province)
    # Provinces of which the same days went stale are counted together.
    days: dict[frozenset[int], set[date]] = {}
    for day, tops in tops_of.items():
        days.setdefault(frozenset(tops), set()).add(day)
    for tops, wanted in days.items():
        scopes = [scope for scope in members if scope.top_id in tops]
        for run in _runs(wanted):
            _count_days(tops, scopes, run)
    for start in {half_of(day) for day in tops_of}:
        _sum_days({top for day, tops in tops_of.items() if half_of(day) == start for top in tops}, Period(start, half_after(start)))
    return len(marks)


def _stale_days(marks: Sequence[tuple[int, date, date | None]], members: Iterable[Scope]) -> dict[int, set[date]]:
    """Return the days that must be counted again, by province.

    On a day on which a unit came or went, what it had open came or went with it: a fact of any earlier day changes that too. After a
    change of the tree every province that counts anything since then is counted again: where the unit was to stand before the change
    nobody knows any more.
    """
    homes: dict[int, list[Scope]] = {}
    for scope in members:
        homes.setdefault(scope.unit_id, []).append(scope)
    days: dict[int, set[date]] = {}
    changed = {since for _unit, since, until in marks if until is None}
    for unit, since, _until in marks:
        for scope in homes.get(unit, ()):
            moved = {day for day in (scope.since, scope.until) if day is not None and day >= since}
            days.setdefault(scope.top_id, set()).update({since}, moved)
    if changed:
        first = min(changed)
        counting = set(DayFlow.objects.filter(day__gte=first).order_by().values_list("province_id", flat=True).distinct())
        rest = _from(first, members)
        for province in counting | {scope.top_id for unit, _since, until in marks if until is None for scope in homes.get(unit, ())}:
            days.setdefault(province, set()).update(rest)
    return days


def _from(since: date, members: Iterable[Scope]) -> set[date]:
    """Return all days from one on on which anything counts or is counted so far, and the day itself."""
    span, last = _span(members), DayFlow.objects.aggregate(last=Max("day"))["last"]
    ends = [span.end] if span is not None and span.end is not None else []
    length = max(((end - since).days for end in [*ends, *([last + _DAY] if last else [])]), default=0)
    return {since + timedelta(days=number) for number in range(max(1, length))}


def _span(members: Iterable[Scope]) -> Period | None:
    """Return the days on which anything counts: what is open comes and goes with its unit also on days after all that is known of files."""
    span = facts().days()
    if span is None or span.end is None:
        return span
    moves = (day + _DAY for scope in members for day in (scope.since, scope.until) if day is not None)
    return Period(span.start, max([span.end, *moves]))


def rebuild(*, progress: Progress = _quiet) -> int:
    """Count every bucket again from the facts, month by month, in constant memory; return how many buckets there are now.

    Each month is its own transaction: pages go on reading, and what changes meanwhile is marked stale as ever.
    """
    members, owners = provinces(), [Scope(unit, unit) for unit in facts().owners()]
    span = _span(members)
    tops = sorted({scope.top_id for scope in members})
    months = months_of(span) if span else []
    with transaction.atomic():
        _alone()
        _drop_outside(span)
    for place, month in enumerate(months, start=1):
        with transaction.atomic():
            _alone()
            _count_days(tops, members, month)
            _sum_days(tops, month)
            HalfMonthFlow.objects.filter(start__gte=month.start, start__lt=month.end).delete()
            _insert("figures_halfmonthflow", "unit_id, start", owners, month, _HALVES)
        progress(place, len(months))
    return DayFlow.objects.count() + ProvinceFlow.objects.count() + HalfMonthFlow.objects.count()


def verify(*, progress: Progress = _quiet, with_journal: bool = True) -> list[str]:
    """Count everything again and compare; return a sentence for each bucket or fact that disagrees.

    Works off what is stale first. ``with_journal`` also tells every file's story again from its journal and compares it with the
    facts, which takes longest.
    """
    while refresh():
        pass
    wrong: list[str] = []
    members, owners = provinces(), [Scope(unit, unit) for unit in facts().owners()]
    span = _span(members)
    months = months_of(span) if span else []
    for place, month in enumerate(months, start=1):
        counted = facts().recount(members, month, _DAYS)
        kept = {
            (row[0], row[1], row[2], row[3]): row[4:]
            for row in DayFlow.objects.filter(day__gte=month.start, day__lt=month.end).values_list(
                "province_id", "day", "field", "channel", *FLOWS
            )
        }
        wrong += _differences("ngày", counted, kept)
        kept_provinces = {
            (row[0], row[1], row[2], row[3]): row[4:]
            for row in ProvinceFlow.objects.filter(start__gte=month.start, start__lt=month.end).values_list(
                "province_id", "start", "field", "channel", *FLOWS
            )
        }
        wrong += _differences("nửa tháng của tỉnh", _by_half(counted), kept_provinces)
        halves = facts().recount(owners, month, _HALVES)
        kept_halves = {
            (row[0], row[1]): row[2:]
            for row in HalfMonthFlow.objects.filter(start__gte=month.start, start__lt=month.end).values_list("unit_id", "start", *FLOWS)
        }
        wrong += _differences("nửa tháng", halves, kept_halves)
        progress(place, len(months))
    wrong += _outside(span)
    if with_journal:
        wrong += list(facts().check(progress))
    return wrong


def provinces(*, with_files: bool = True) -> list[Scope]:
    """Return what stood under every province, for all time: of the units that have, or had, files, or of all."""
    owners = set(facts().owners()) if with_files else set()
    rows = organisations.memberships(organisations.provinces_ever())
    return [Scope(row.top_id, row.unit_id, row.since, row.until) for row in rows if not with_files or row.unit_id in owners]


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cchc figures'))")


def _count_days(tops: Collection[int], scopes: Sequence[Scope], days: Period) -> None:
    DayFlow.objects.filter(province_id__in=tops, day__gte=days.start, day__lt=days.end).delete()
    _insert("figures_dayflow", "province_id, day, field, channel", scopes, days, _DAYS)


def _sum_days(tops: Collection[int], days: Period) -> None:
    """Put the days of whole half-months together again."""
    ProvinceFlow.objects.filter(province_id__in=tops, start__gte=days.start, start__lt=days.end).delete()
    with connection.cursor() as cursor:
        cursor.execute(_PROVINCE_HALVES, {"tops": list(tops), "first": days.start, "end": days.end})


def _count_halves(buckets: Iterable[tuple[int, date]]) -> None:
    by_start: dict[date, list[int]] = {}
    for unit, start in buckets:
        by_start.setdefault(start, []).append(unit)
    for start, units in sorted(by_start.items()):
        HalfMonthFlow.objects.filter(unit_id__in=units, start=start).delete()
        scopes = [Scope(unit, unit) for unit in units]
        _insert("figures_halfmonthflow", "unit_id, start", scopes, Period(start, half_after(start)), _HALVES)


def _insert(table: str, keys: str, scopes: Iterable[Scope], period: Period, by: Sequence[str]) -> None:
    statement = facts().statement(scopes, period, by)
    columns = ", ".join(statement.flows)
    some = " OR ".join(f"{flow} <> 0" for flow in statement.flows)
    wanted = ", ".join(f"{name}_" for name in by)
    with connection.cursor() as cursor:
        # Names of our own tables and columns, no text of a person.
        cursor.execute(
            f"INSERT INTO {table} ({keys}, {columns}) SELECT {wanted}, {columns} FROM ({statement.sql}) counted WHERE {some}",  # noqa: S608
            statement.values,
        )


def _runs(days: Collection[date]) -> list[Period]:
    """Return the days as unbroken stretches."""
    runs: list[Period] = []
    for day in sorted(days):
        after = day + _DAY
        runs[-1:] = [Period(runs[-1].start, after)] if runs and runs[-1].end == day else [*runs[-1:], Period(day, after)]
    return runs


def _drop_outside(span: Period | None) -> None:
    for rows in _rows_outside(span):
        rows.delete()


def _outside(span: Period | None) -> list[str]:
    return [f"Còn {rows.count()} dòng tổng hợp ngoài khoảng có hồ sơ." for rows in _rows_outside(span) if rows.exists()]


def _rows_outside(span: Period | None) -> list[QuerySet[Any]]:
    """Return the buckets of each table that lie before or after everything counted."""
    tables: list[tuple[type[Flows], str]] = [(DayFlow, "day"), (ProvinceFlow, "start"), (HalfMonthFlow, "start")]
    if span is None:
        return [table.objects.all() for table, _column in tables]
    months = months_of(span)
    return [table.objects.exclude(**{f"{column}__gte": months[0].start, f"{column}__lt": months[-1].end}) for table, column in tables]


def _by_half(counted: Mapping[Key, Counts]) -> dict[Key, Counts]:
    """Put counts of days together by half-month."""
    found: dict[Key, Counts] = {}
    for (top, day, *cuts), counts in counted.items():
        assert isinstance(day, date), "days are counted by day"
        key = (top, half_of(day), *cuts)
        found[key] = found.get(key, Counts()) + counts
    return found


def _differences(what: str, counted: dict, kept: dict) -> list[str]:  # type: ignore[type-arg]
    sentences = []
    for key in sorted({*counted, *kept}, key=str):
        wanted = counted.get(key)
        numbers = tuple(wanted[flow] if wanted else 0 for flow in FLOWS)
        has = tuple(kept.get(key, (0,) * len(FLOWS)))
        if numbers != has:
            pairs = ", ".join(f"{flow} {old}→{new}" for flow, old, new in zip(FLOWS, has, numbers, strict=True) if old != new)
            sentences.append(f"Tổng hợp {what} {' · '.join(map(str, key))}: đếm lại khác ({pairs}).")
    return sentences


def waiting() -> int:
    """Return how many marks wait to be worked off."""
    return Stale.objects.count()
