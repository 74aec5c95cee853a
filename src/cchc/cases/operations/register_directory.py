"""Find in our directory and catalogue what an old register names. What is not there stays a word, and is told."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import one_spelling
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.worktime import api as worktime

_LONGEST_CODE = 60
_LONGEST_TITLE = 1000


@dataclass(frozen=True)
class ProcedureFound:
    """A procedure as a case keeps it; ``version_id`` is None and ``field`` empty for one that the catalogue does not know."""

    version_id: int | None = None
    code: str = ""
    title: str = ""
    field: str = ""


class WorkingDays:
    """Working days between two instants, by the official calendar and the usual hours. Equal spans are counted once.

    An old register's units need not be in our directory, and what hours they kept is not known.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[date, date], int] = {}

    def between(self, start: datetime, end: datetime) -> int:
        """Return how many working days lie after the day of ``start``, up to and with that of ``end``."""
        span = local_date(start), local_date(end)
        if span not in self._known:
            calendar, schedule = worktime.load_calendar(), worktime.default_schedule()
            self._known[span] = worktime.elapsed(start=start, end=end, calendar=calendar, schedule=schedule).working_days
        return self._known[span]


class Directory:
    """Remembers what it has found, so that a register of any length asks once for each name and period."""

    def __init__(self) -> None:
        self.unknown_units: Counter[str] = Counter()
        self.unknown_procedures: Counter[str] = Counter()
        self.without_unit = 0
        self.without_procedure = 0
        self._units: dict[str, list[organisations.UnitView]] = {}
        self.days = WorkingDays()
        # By month: a name that was not there is not asked for again on every day of it.
        self._unknown_in: set[tuple[str, int, int]] = set()
        self._versions: dict[str, tuple[procedures.VersionView, ...]] = {}

    def unit(self, text: str, day: date) -> int | None:
        """Return the unit that bore this code, or alone bore this full name, on the day; None goes to the placeholder."""
        if not text:
            self.without_unit += 1
            return None
        found = next((view for view in self._units.get(text, ()) if day in view.period), None)
        month = (text, day.year, day.month)
        if found is None and month not in self._unknown_in:
            found = _unit(text, day)
            if found is None:
                self._unknown_in.add(month)
            else:
                self._units.setdefault(text, []).append(found)
        if found is None:
            self.unknown_units[text] += 1
            self.without_unit += 1
            return None
        return found.id

    def procedure(self, text: str, day: date) -> ProcedureFound:
        """Return the version in force on the day of the procedure with this code; its words alone when there is none."""
        if not text:
            self.without_procedure += 1
            return ProcedureFound()
        if text not in self._versions:
            self._versions[text] = _versions(text)
        versions = self._versions[text]
        if not versions:
            self.unknown_procedures[text] += 1
            self.without_procedure += 1
            return ProcedureFound(title=text[:_LONGEST_TITLE])
        held = next((item for item in versions if item.valid_from <= day and (item.valid_until is None or day < item.valid_until)), None)
        return ProcedureFound(
            version_id=held.id if held else None,
            code=versions[0].code,
            title=(held or versions[0]).title[:_LONGEST_TITLE],
            field=(held or versions[0]).field.name,
        )


def _unit(text: str, day: date) -> organisations.UnitView | None:
    try:
        return organisations.unit(text, on=day)
    except Refused:
        named = [
            view
            for view in organisations.find_units(text, on=day)
            if one_spelling(view.full_name) == one_spelling(text.split(",", maxsplit=1)[0])
        ]
        # A name that two units bear names none of them.
        return named[0] if len(named) == 1 else None


def _versions(code: str) -> tuple[procedures.VersionView, ...]:
    if len(code) > _LONGEST_CODE:
        return ()
    try:
        return procedures.versions_of(code)
    except Refused:
        return ()
