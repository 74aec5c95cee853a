"""The slow second opinion about figures: what was done to every file, and a count that looks at each of them at the end of each day.

Nothing here knows of spells, rollups or statements: a file is the list of what was owed on it and since when, the tree of units is a
table kept by hand, and a number is what one finds going through all files day by day.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from cchc.kernel.local import VIETNAM

DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)
RUNNING, WAITING = {"accepted", "processing"}, {"awaiting_supplement", "awaiting_payment"}
Key = tuple[object, ...]


def midnight(day: date) -> datetime:
    """Return the first instant of a day in Viet Nam."""
    return datetime.combine(day, time(), tzinfo=VIETNAM)


def day_of(moment: datetime) -> date:
    """Return the day in Viet Nam."""
    return moment.astimezone(VIETNAM).date()


LONG_AGO = midnight(date(1975, 6, 13))


class Tree:
    """Which unit stands under which, day by day. A unit that has ended stays where it stood last, and one always stood where it began."""

    def __init__(self) -> None:
        self.kinds: dict[int, str] = {}
        self.first: dict[int, date] = {}
        self.ended: dict[int, date] = {}
        self._rows: dict[int, list[tuple[date, int | None]]] = {}
        self._above: dict[tuple[int, date], frozenset[int]] = {}

    def born(self, unit: int, kind: str, parent: int | None, day: date) -> None:
        """Note a unit that exists from the day on."""
        self.kinds[unit], self.first[unit], self._rows[unit] = kind, day, [(day, parent)]
        self._above.clear()

    def moves(self, unit: int, parent: int, day: date) -> None:
        """Note that it stands elsewhere from the day on; what was planned for later is given up."""
        self._rows[unit] = [row for row in self._rows[unit] if row[0] < day] + [(day, parent)]
        self._above.clear()

    def ends(self, unit: int, day: date, *, heir: int) -> None:
        """Note that it has ended; what stands or is to stand under it goes to the heir."""
        self.ended[unit] = day
        self._above.clear()
        self._rows[unit] = [row for row in self._rows[unit] if row[0] < day]
        for child in list(self._rows):
            if self.exists(child, day) and self.parent(child, day) == unit:
                self.moves(child, heir, day)
            self._rows[child] = [(since, heir if parent == unit and since > day else parent) for since, parent in self._rows[child]]

    def exists(self, unit: int, day: date) -> bool:
        """Say whether the unit exists on the day."""
        return self.first[unit] <= day and (unit not in self.ended or day < self.ended[unit])

    def parent(self, unit: int, day: date) -> int | None:
        """Return what it stood under on the day."""
        rows = self._rows[unit]
        return next((parent for since, parent in reversed(rows) if since <= day), rows[0][1])

    def above(self, unit: int, day: date) -> frozenset[int]:
        """Return the unit and everything above it on the day."""
        if (unit, day) not in self._above:
            parent = self.parent(unit, day)
            self._above[unit, day] = frozenset({unit}) | (self.above(parent, day) if parent is not None else frozenset())
        return self._above[unit, day]

    def under(self, unit: int, top: int, day: date) -> bool:
        """Say whether the unit is the other, or stood under it on the day."""
        return top in self.above(unit, day)

    def standing(self, day: date, *kinds: str) -> list[int]:
        """Return the units of these kinds that exist on the day."""
        return [unit for unit, kind in self.kinds.items() if kind in kinds and self.exists(unit, day)]


@dataclass(frozen=True)
class Mark:
    """From ``at`` on the agency owes a result by ``late_from`` (None: no promise), or waits, or owes nothing (state ``""``)."""

    at: datetime
    state: str
    late_from: datetime | None
    agency: int | None

    @property
    def debt(self) -> tuple[object, ...]:
        """Return what is owed, however long already."""
        return (self.state, self.late_from if self.state == "running" else None, self.agency) if self.state else ("",)

    def late(self, moment: datetime) -> bool:
        """Say whether the promise was broken before the moment."""
        return self.state == "running" and self.late_from is not None and self.late_from < moment


@dataclass
class File:
    """One file: where it belongs, its row as last read, and all that was ever owed on it."""

    code: str
    field: str
    procedure: str
    channel: str
    own: bool = True
    time: datetime = LONG_AGO
    row: dict[str, Any] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    received: datetime | None = None
    ended: datetime | None = None
    how: str = ""
    first_kept: bool = False
    _days: tuple[int, set[date]] = (0, set())

    def note(self, mark: Mark) -> None:
        """Keep what is owed from now on, unless it is what was owed before."""
        if not self.marks or self.marks[-1].debt != mark.debt:
            self.marks.append(mark)

    def before(self, moment: datetime) -> Mark | None:
        """Return what was owed just before the moment, or None when nothing was."""
        last = next((mark for mark in reversed(self.marks) if mark.at < moment), None)
        return last if last is not None and last.state else None

    def read(self, row: dict[str, Any], at: datetime) -> None:
        """Take over the row as it is after what was done at the moment."""
        self.row, stage = row, row["stage"]
        late_from, agency = row["late_from"], row["agency_id"]
        if row["received_at"] is None:
            return
        if self.received is None:
            self.received = row["received_at"]
            if stage not in RUNNING:
                self.note(Mark(self.received, "running", late_from, agency))
        state = "running" if stage in RUNNING else "waiting" if stage in WAITING else ""
        self.note(Mark(at, state, late_from, agency))
        if not state and self.ended is None:
            self.ended, self.how = at, self._verdict(at) if stage in {"finished", "returned"} else "closed"
            first = row["first_late_from"] if self.own else late_from
            self.first_kept = self.how != "closed" and (first is None or self.row["finished_at"] < first)

    @property
    def days(self) -> set[date]:
        """Return the days on which anything about it changes: something is done, or a promise is broken."""
        if self._days[0] != len(self.marks):
            broken = [mark.late_from for mark in self.marks if mark.late_from is not None]
            self._days = len(self.marks), {day_of(moment) for moment in (*(mark.at for mark in self.marks), *broken)}
        return self._days[1]

    def _verdict(self, at: datetime) -> str:
        """Judge a result: against the promise, against the one before an extension, against the day."""
        finished, late_from, before = self.row["finished_at"] or at, self.row["late_from"], self.row["unextended"]
        if late_from is not None and finished >= late_from:
            return "late"
        if before is not None and finished >= before:
            return "extended"
        promised = day_of(before - INSTANT) if before is not None else self.row["due_date"]
        return "early" if promised is not None and day_of(finished) < promised else "on_time"


Happenings = Counter[str]
Sorter = Callable[[File, int], Key | None]


def counted(files: list[File], tree: Tree, top: int, start: date, end: date, sort: Sorter) -> dict[Key, Happenings]:
    """Go through all files day by day, and count what happened to those whose agency stood under ``top`` on the day.

    ``sort`` says in which heap a file of an agency belongs, or None for nowhere.
    """
    heaps: dict[Key, Happenings] = {}

    def put(what: str, file: File, agency: int | None, day: date, number: int = 1) -> None:
        if agency is not None and tree.under(agency, top, day) and (key := sort(file, agency)) is not None:
            heaps.setdefault(key, Counter())[what] += number

    first, last = midnight(start), midnight(end)
    alive = [file for file in files if file.received and file.received < last and (file.ended is None or file.ended >= first)]
    for file in alive:
        _standing(file, first, start - DAY, {"carried": "carried"}, put)
        _standing(file, last, end - DAY, {"carried": "open", "overdue": "overdue", "waiting": "waiting"}, put)
    agencies = {mark.agency for file in alive for mark in file.marks if mark.agency is not None}
    day = start
    while day < end:
        morning, night = midnight(day), midnight(day + DAY)
        came = {agency for agency in agencies if tree.under(agency, top, day - DAY) != tree.under(agency, top, day)}
        for file in alive:
            if day in file.days:
                _on_a_day(file, morning, night, day, put)
            if came and (held := file.before(morning)) is not None and held.agency in came:
                _along(file, held, morning, day, put)
        day += DAY
    return heaps


Put = Callable[..., None]


def _standing(file: File, moment: datetime, day: date, words: dict[str, str], put: Put) -> None:
    mark = file.before(moment)
    if mark is None:
        return
    put(words["carried"], file, mark.agency, day)
    if "overdue" in words and mark.late(moment):
        put(words["overdue"], file, mark.agency, day)
    if "waiting" in words and mark.state == "waiting":
        put(words["waiting"], file, mark.agency, day)


def _on_a_day(file: File, morning: datetime, night: datetime, day: date, put: Put) -> None:
    first = file.marks[0]
    if morning <= first.at < night:
        put("received", file, first.agency, day)
        put("online" if file.channel == "online" else "direct", file, first.agency, day)
    if file.ended is not None and morning <= file.ended < night:
        owner = file.marks[-2].agency
        put(file.how, file, owner, day)
        put("first_kept", file, owner, day, int(file.first_kept))
    for mark, after in pairwise([*file.marks, None]):
        assert mark is not None
        if after is not None and mark.state and after.state and mark.agency != after.agency and morning <= after.at < night:
            put("taken", file, mark.agency, day, -1)
            put("taken", file, after.agency, day)
        if mark.state == "running" and mark.late_from is not None:
            broken = max(mark.at, mark.late_from)
            if morning <= broken < night and (after is None or broken <= after.at):
                put("became_late", file, mark.agency, day)


def _along(file: File, held: Mark, morning: datetime, day: date, put: Put) -> None:
    """Count an open file with its agency, which came or went at the beginning of the day; one of both days is not counted for the top."""
    put("taken", file, held.agency, day)
    put("taken", file, held.agency, day - DAY, -1)
    if held.late(morning):
        put("became_late", file, held.agency, day)


def _kept(of: Happenings) -> int:
    return of["early"] + of["on_time"] + of["extended"]


def _done(of: Happenings) -> int:
    return _kept(of) + of["late"]


COUNTS: dict[str, Callable[[Happenings], int]] = {
    "cases.ii06.online": lambda of: of["online"],
    "cases.ii06.direct": lambda of: of["direct"],
    "cases.ii06.carried": lambda of: of["carried"],
    "cases.ii06.received": lambda of: of["received"] + of["carried"],
    "cases.ii06.early": lambda of: of["early"],
    "cases.ii06.on_time": lambda of: of["on_time"] + of["extended"],
    "cases.ii06.late": lambda of: of["late"],
    "cases.ii06.done": _done,
    "cases.ii06.in_term": lambda of: of["open"] - of["overdue"],
    "cases.ii06.overdue": lambda of: of["overdue"],
    "cases.ii06.open": lambda of: of["open"],
    "cases.received": lambda of: of["received"],
    "cases.waiting": lambda of: of["waiting"],
    "cases.closed": lambda of: of["closed"],
    "cases.extended": lambda of: of["extended"],
    "cases.taken": lambda of: of["taken"],
    "cases.became_late": lambda of: of["became_late"],
}
SHARES: dict[str, tuple[Callable[[Happenings], int], Callable[[Happenings], int]]] = {
    "cases.on_time_share": (_kept, lambda of: _done(of) + of["overdue"]),
    "cases.on_time_of_done": (_kept, _done),
    "cases.first_promise_kept": (lambda of: of["first_kept"], lambda of: _done(of) + of["overdue"]),
    "cases.early_share": (lambda of: of["early"], _done),
    "cases.extended_share": (lambda of: of["extended"], _done),
    "cases.late_share": (lambda of: of["late"], _done),
    "cases.overdue_share": (lambda of: of["overdue"], lambda of: of["open"]),
    "cases.online_share": (lambda of: of["online"], lambda of: of["received"]),
    "cases.closed_share": (lambda of: of["closed"], lambda of: _done(of) + of["closed"]),
}
