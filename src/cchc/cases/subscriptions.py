"""What cases do when something changes below: the calendar, a unit that ended."""

from datetime import time

from cchc.audit import api as audit
from cchc.cases.operations.rehousing import rehouse
from cchc.cases.operations.settling import open_settlement
from cchc.cases.tasks import defer_settlement
from cchc.kernel.bus import subscribe
from cchc.kernel.local import at as at_local
from cchc.organisations.api import UnitClosed
from cchc.worktime.api import CalendarChanged, load_calendar


@subscribe(CalendarChanged)
def calendar_changed(event: CalendarChanged) -> None:
    """Open a run over the open promises and let a job do it. An edit that another has followed is left to the other's event."""
    if load_calendar().version != event.version:
        return
    edits = [entry for entry in audit.entries("calendar") if entry.public.get("calendar_version") == event.version]
    edit = edits[-1]
    words = " ".join(str(edit.public.get(name, "")) for name in ("name", "source", "reason")).strip()
    reason = f"{event.day:%d/%m/%Y}: {words}"
    run = open_settlement(calendar_version=event.version, at=edit.at, actor_post=edit.actor_post, reason=reason)
    defer_settlement(run)


@subscribe(UnitClosed)
def unit_closed(event: UnitClosed) -> None:
    """Give what the unit held to the one that takes it over. A change decided ahead waits for its day (``tasks.rehouse_all``)."""
    moment = at_local(event.day, time.min)
    if moment <= audit.entries(f"unit:{event.code}")[-1].at:
        rehouse(unit_id=event.unit_id, code=event.code, at=moment)
