"""What cases do when something changes below: the calendar, a unit that ended."""

from datetime import date, time

from cchc.audit import api as audit
from cchc.cases.operations.rehousing import rehouse
from cchc.cases.operations.settling import open_settlement
from cchc.cases.tasks import defer_settlement
from cchc.kernel.bus import subscribe
from cchc.kernel.local import at as at_local
from cchc.organisations.api import UnitClosed
from cchc.worktime.api import CalendarChanged, DayKind, load_calendar


@subscribe(CalendarChanged)
def calendar_changed(event: CalendarChanged) -> None:
    """Open a run over the open promises and let a job do it. An edit that another has followed is left to the other's event."""
    if load_calendar().version != event.version:
        return
    edits = [entry for entry in audit.entries("calendar") if entry.public.get("calendar_version") == event.version]
    edit = edits[-1]
    run = open_settlement(calendar_version=event.version, at=edit.at, actor_post=edit.actor_post, reason=_why(edit))
    defer_settlement(run)


def _why(edit: audit.EntryView) -> str:
    """Return what was edited, in words for the office and the applicant. Of a swap both days, whichever half the news was about."""
    days = [date.fromisoformat(edit.public[name]) for name in ("day", "for_date") if edit.public.get(name)]
    kind = DayKind(edit.public["kind"])
    told = f"{days[0]:%d/%m/%Y}"
    if kind in {DayKind.SWAPPED_OFF, DayKind.MAKEUP_WORK} and len(days) > 1:
        off, makeup = days if kind is DayKind.SWAPPED_OFF else reversed(days)
        told = f"{off:%d/%m/%Y}, làm bù {makeup:%d/%m/%Y}"
    words = ", ".join(str(edit.public[name]) for name in ("name", "source", "reason") if edit.public.get(name))
    return f"{told}: {words}"


@subscribe(UnitClosed)
def unit_closed(event: UnitClosed) -> None:
    """Give what the unit held to the one that takes it over. A change decided ahead waits for its day (``tasks.rehouse_all``)."""
    moment = at_local(event.day, time.min)
    if moment <= audit.entries(f"unit:{event.code}")[-1].at:
        rehouse(unit_id=event.unit_id, code=event.code, at=moment)
