"""The rollups are never added to; what has gone stale in them is counted again from the facts. So late and corrected facts need no thought."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from time import monotonic

from django.db import connection, transaction
from django.db.models import Max

from cchc.figures.models import DayFlow, Stale
from cchc.figures.operations.counting import (
    COUNTED,
    DAYS,
    OF_DAYS,
    OF_PROVINCES,
    OF_UNITS,
    SUMMED,
    UNIT_DAYS,
    count,
    count_month,
    count_procedures,
    grouped,
    put_together,
)
from cchc.figures.rules.buckets import half_after, half_of, months_of
from cchc.figures.rules.registry import Scope, facts
from cchc.kernel.period import Period
from cchc.organisations import api as organisations

# So many marks at a time: a burst is taken in portions, each its own transaction.
PORTION = 5_000
# So long the job stays at it in a rush, in seconds; others want the worker too.
RUSH = 20.0
_DAY = timedelta(days=1)
Mark = tuple[int, date, date | None, str]
Progress = Callable[[int, int], None]


def quiet(_done: int, _of: int) -> None:
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


def keep_up() -> int:
    """Count again what goes stale while somebody is at it too, until nothing is or twenty seconds have passed; return how many marks.

    In a rush there is always a mark that came while the last ones were worked off: it does not wait for the next tick.
    """
    taken, end = 0, monotonic() + RUSH
    while marks := refresh():
        taken += marks
        if monotonic() > end:
            break
    return taken


@transaction.atomic
def _refresh_portion() -> int:
    # Nothing is taken away on the many ticks on which nothing is stale: taking away renews what pages rest on.
    if not Stale.objects.exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('cchc figures'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(
            "DELETE FROM figures_stale WHERE id IN (SELECT id FROM figures_stale ORDER BY id LIMIT %s) RETURNING unit_id, since, until, procedure",
            [PORTION],
        )
        taken = cursor.fetchall()
    marks = [mark for mark in taken if mark[1] != mark[2]]
    if marks:
        _refresh_units([mark for mark in marks if mark[2] is not None])
        _refresh_provinces(marks)
    return len(taken)


def _refresh_units(marks: Sequence[Mark]) -> None:
    """Count again what is of the units themselves: where they stand in the tree does not matter to it."""
    days = {(unit, since) for unit, since, _until, _procedure in marks}
    for units, run in grouped(days):
        count(UNIT_DAYS, units, _selves(units), run)
    halves: dict[date, set[int]] = {}
    procedures: dict[date, set[tuple[int, str]]] = {}
    for unit, since, _until, procedure in marks:
        halves.setdefault(half_of(since), set()).add(unit)
        procedures.setdefault(half_of(since), set()).add((unit, procedure))
    for start, units in sorted(halves.items()):
        put_together(OF_UNITS, units, Period(start, half_after(start)))
        count_procedures(start, sorted(procedures[start]))


def _refresh_provinces(marks: Sequence[Mark]) -> None:
    members = provinces()
    # What stands elsewhere since a day may have no files itself; others below it may.
    stood = provinces(with_files=False) if any(until is None for _unit, _since, until, _procedure in marks) else members
    days = {(province, day) for province, wanted in _stale_days(marks, stood).items() for day in wanted}
    for tops, run in grouped(days):
        count(DAYS, tops, [scope for scope in members if scope.top_id in tops], run)
        put_together((OF_DAYS,), tops, run)
    halves: dict[date, set[int]] = {}
    for province, day in days:
        halves.setdefault(half_of(day), set()).add(province)
    for start, tops in halves.items():
        put_together(OF_PROVINCES, tops, Period(start, half_after(start)))


def _stale_days(marks: Sequence[Mark], members: Iterable[Scope]) -> dict[int, set[date]]:
    """Return the days that must be counted again, by province.

    On a day on which a unit came or went, what it had open came or went with it: a fact of any earlier day changes that too. After a
    change of the tree every province that counts anything since then is counted again: where the unit was to stand before the change
    nobody knows any more.
    """
    homes: dict[int, list[Scope]] = {}
    for scope in members:
        homes.setdefault(scope.unit_id, []).append(scope)
    days: dict[int, set[date]] = {}
    changed = {since for _unit, since, until, _procedure in marks if until is None}
    for unit, since in {(unit, since) for unit, since, _until, _procedure in marks}:
        for scope in homes.get(unit, ()):
            moved = {day for day in (scope.since, scope.until) if day is not None and day >= since}
            days.setdefault(scope.top_id, set()).update({since}, moved)
    if changed:
        first = min(changed)
        counting = set(DayFlow.objects.filter(day__gte=first).order_by().values_list("province_id", flat=True).distinct())
        rest = _from(first, members)
        for province in counting | {scope.top_id for unit, _since, until, _of in marks if until is None for scope in homes.get(unit, ())}:
            days.setdefault(province, set()).update(rest)
    return days


def _from(since: date, members: Iterable[Scope]) -> set[date]:
    """Return all days from one on on which anything counts or is counted so far, and the day itself."""
    everything, last = span(members), DayFlow.objects.aggregate(last=Max("day"))["last"]
    ends = [everything.end] if everything is not None and everything.end is not None else []
    length = max(((end - since).days for end in [*ends, *([last + _DAY] if last else [])]), default=0)
    return {since + timedelta(days=number) for number in range(max(1, length))}


def span(members: Iterable[Scope]) -> Period | None:
    """Return the days on which anything counts: what is open comes and goes with its unit also on days after all that is known of files."""
    found = facts().days()
    if found is None or found.end is None:
        return found
    moves = (day + _DAY for scope in members for day in (scope.since, scope.until) if day is not None)
    return Period(found.start, max([found.end, *moves]))


def rebuild(*, progress: Progress = quiet) -> int:
    """Count every bucket again from the facts, month by month, in constant memory; return how many buckets there are now.

    Each month is its own transaction: pages go on reading, and what changes meanwhile is marked stale as ever.
    """
    members, owners = provinces(), facts().owners()
    everything = span(members)
    tops = sorted({scope.top_id for scope in members})
    months = months_of(everything) if everything else []
    with transaction.atomic():
        _alone()
        _drop_outside(months)
    for place, month in enumerate(months, start=1):
        with transaction.atomic():
            _alone()
            _room()
            count_month(owners, members, month)
            put_together((OF_DAYS, *OF_PROVINCES), tops, month)
            put_together(OF_UNITS, owners, month)
        progress(place, len(months))
    return sum(table.model.objects.count() for table in (*COUNTED, *SUMMED))


def rebuild_if_never_counted() -> int:
    """Count everything where there are facts and no bucket: after an upgrade that changed the buckets. Return how many there are now."""
    return 0 if DayFlow.objects.exists() or not facts().owners() else rebuild()


def provinces(*, with_files: bool = True) -> list[Scope]:
    """Return what stood under every province, for all time: of the units that have, or had, files, or of all."""
    rows = organisations.memberships(organisations.provinces_ever(), of=facts().owners() if with_files else None)
    return [Scope(row.top_id, row.unit_id, row.since, row.until) for row in rows]


def waiting() -> int:
    """Return how many marks wait to be worked off."""
    return Stale.objects.count()


def _selves(units: Iterable[int]) -> list[Scope]:
    """Return each unit as counting for itself alone."""
    return [Scope(unit, unit) for unit in units]


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cchc figures'))")


def _room() -> None:
    """Let a month of a province be grouped in memory, for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")


def _drop_outside(months: Sequence[Period]) -> None:
    for table in (*COUNTED, *SUMMED):
        column = table.keys[1]
        rows = table.model.objects.all()
        if months:
            rows = rows.exclude(**{f"{column}__gte": months[0].start, f"{column}__lt": months[-1].end})
        rows.delete()
