"""What a clock shows, which promises a calendar would move, and clocks that disagree with their ledgers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import VIETNAM
from cchc.worktime.models import Clock
from cchc.worktime.queries.in_force import load_calendar, schedule
from cchc.worktime.rules.calendars import Calendar
from cchc.worktime.rules.deadlines import Due
from cchc.worktime.rules.ledger import LedgerEntry, Projection, project, replay
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.terms import ClockState


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


def moves(calendar: Calendar) -> tuple[Move, ...]:
    """Return what the open promises would become on another calendar, in order of due date; only those that differ."""
    found = []
    for row in Clock.objects.exclude(state=ClockState.FINISHED).prefetch_related("entries").order_by("due_date", "id"):
        seen = view(row)
        after = replay(limit=seen.limit, entries=seen.entries, calendar=calendar, schedule=schedule(seen.schedule_code))
        if after != seen.promised:
            found.append(Move(seen.id, seen.stream, seen.promised, after))
    return tuple(found)


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


def stale() -> tuple[Move, ...]:
    """Return the open promises that the calendar in force would move: a calendar was edited and nobody has decided yet."""
    return moves(load_calendar())


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
