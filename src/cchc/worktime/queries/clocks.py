"""What a clock shows, which promises a calendar moves, and clocks that disagree with their ledgers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime.models import Clock
from cchc.worktime.queries.in_force import load_calendar, schedules
from cchc.worktime.rules.calendars import Calendar
from cchc.worktime.rules.deadlines import Due, on_time
from cchc.worktime.rules.ledger import LedgerEntry, Projection, project, settled
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.rules.timetable import Timetable
from cchc.worktime.terms import ClockState, LimitUnit


@dataclass(frozen=True)
class ClockView:
    """A clock with its ledger, oldest entry first.

    ``due`` is None while the clock waits; ``promised`` is then the last promise. ``on_time`` is None until the end.
    """

    id: int
    stream: str
    limit: TimeLimit
    schedule_code: str
    entries: tuple[LedgerEntry, ...]
    projection: Projection

    @property
    def state(self) -> ClockState:
        """Return running, paused or finished."""
        return self.projection.state

    @property
    def due(self) -> Due | None:
        """Return the promise that runs, or None while the clock waits."""
        return self.projection.due

    @property
    def promised(self) -> Due:
        """Return the last promise made."""
        return self.projection.promised

    @property
    def on_time(self) -> bool | None:
        """Return whether the promise was kept, or None before the end."""
        return self.projection.on_time

    @property
    def waiting_for(self) -> str:
        """Return what a paused clock waits for (``chờ bổ sung hồ sơ``), or an empty text."""
        return self.projection.waiting_for


@dataclass(frozen=True)
class Move:
    """A promise that a calendar moves."""

    clock_id: int
    stream: str
    before: Due
    after: Due


def clock(clock_id: int) -> ClockView:
    """Return a clock with its ledger; ``NotFound`` when there is none. Two queries."""
    row = Clock.objects.filter(pk=clock_id).first()
    if row is None:
        raise NotFound("Không có đồng hồ thời hạn này.", field="clock_id")
    return view(row)


def clocks(clock_ids: Iterable[int]) -> dict[int, ClockView]:
    """Return several clocks by id, in two queries. Unknown ids are left out."""
    rows = Clock.objects.filter(pk__in=list(clock_ids)).prefetch_related("entries")
    return {row.pk: view(row) for row in rows}


def unsettled(
    calendar: Calendar | None = None, *, unbroken_at: datetime | None = None, limit: int | None = None, after_id: int | None = None
) -> tuple[Move, ...]:
    """Return the running promises that lie on a day off, and where the rule of a changed calendar moves them, in order of clock.

    ``calendar`` is the one in force unless another is given, such as one with an edit not yet made. ``unbroken_at`` leaves out what
    was broken by that instant: a day closed afterwards mends nothing. ``limit`` and ``after_id`` (the last ``clock_id`` seen) read it
    in portions. No ledger is read and no promise on a working day: one look at the index for
    the days promised, one for the clocks on those that are closed.
    """
    asked = calendar or load_calendar()
    running = Clock.objects.filter(state=ClockState.RUNNING)
    moves = _Moves(asked)
    closed: dict[str, list[date]] = {}
    for code, day in running.order_by("schedule", "due_date").values_list("schedule_id", "due_date").distinct():
        if moves.may_move(code, day):
            closed.setdefault(code, []).append(day)
    if not closed:
        return ()
    rows = running.filter(reduce(or_, (Q(schedule=code, due_date__in=days) for code, days in closed.items())))
    if after_id is not None:
        rows = rows.filter(pk__gt=after_id)
    found: list[Move] = []
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        before = Due(_vietnam(row.due_at), row.due_date)
        if unbroken_at is not None and not on_time(finished=unbroken_at, due=before, unit=LimitUnit(row.unit)):
            continue
        after = moves.after(before, LimitUnit(row.unit), row.schedule_id)
        if after != before:
            found.append(Move(row.pk, row.stream, before, after))
            if limit is not None and len(found) >= limit:
                break
    return tuple(found)


class _Moves:
    """Where promises go on a calendar; equal ones are counted once."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.schedules = {value.code: value for value in schedules()}
        self._known: dict[tuple[Due, LimitUnit, str], Due] = {}

    def may_move(self, code: str, day: date) -> bool:
        """Say whether a promise of that day could move: nobody works on it, or no results are handed out."""
        return Timetable(self.calendar, self.schedules[code]).result_day(day) != day

    def after(self, promise: Due, unit: LimitUnit, code: str) -> Due:
        key = (promise, unit, code)
        if key not in self._known:
            self._known[key] = settled(promise=promise, unit=unit, calendar=self.calendar, schedule=self.schedules[code])
        return self._known[key]


def inconsistencies() -> tuple[str, ...]:
    """Return a sentence for each clock whose row disagrees with its ledger, or whose ledger cannot be read."""
    sentences = []
    for row in Clock.objects.prefetch_related("entries").order_by("id").iterator(chunk_size=500):
        try:
            seen = view(row)
        except Refused as error:
            sentences.append(f"Đồng hồ {row.pk} ({row.stream}): {error.message}")
            continue
        if (row.state, row.due_at, row.due_date) != (seen.state, seen.promised.due_at, seen.promised.due_date):
            sentences.append(f"Đồng hồ {row.pk} ({row.stream}): ngày hẹn đang lưu khác với sổ.")
    return tuple(sentences)


def view(row: Clock) -> ClockView:
    """Build the view of a row and its entries."""
    lines = tuple(sorted((_local(entry.line()) for entry in row.entries.all()), key=lambda line: line.seq))
    return ClockView(row.pk, row.stream, row.limit, row.schedule_id, lines, project(limit=row.limit, entries=lines))


def _local(line: LedgerEntry) -> LedgerEntry:
    """Return the entry with its instants on Viet Nam's clock, as they were written; the database gives them in UTC."""
    due = Due(_vietnam(line.due.due_at), line.due.due_date)
    return LedgerEntry(**{**vars(line), "at": _vietnam(line.at), "due": due})


def _vietnam(instant: datetime) -> datetime:
    return instant.astimezone(VIETNAM)
