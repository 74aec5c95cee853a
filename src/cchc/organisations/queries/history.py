"""What was true of one unit, period by period, and who made it so."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cchc.audit.api import EntryView, entries
from cchc.organisations.models import Unit, UnitParent, UnitSchedule
from cchc.organisations.queries.views import UnitView, views_of
from cchc.organisations.terms import UnitAct
from cchc.worktime.api import Schedule, schedules


@dataclass(frozen=True)
class Place:
    """The unit above, from ``since`` (None: not known) until before ``until`` (None: still), and by which act."""

    parent: UnitView
    since: date | None
    until: date | None
    act: str


@dataclass(frozen=True)
class ScheduleGiven:
    """A schedule given to the unit itself, from ``since`` (None: not known) until before ``until`` (None: for good)."""

    schedule: Schedule
    since: date | None
    until: date | None
    act: str


@dataclass(frozen=True)
class UnitEntry:
    """One entry of the journal about the unit. ``person`` is the opaque id of who acted, empty for the system."""

    at: datetime
    act: UnitAct | str
    post: str
    person: str
    day: date | None
    ground: str
    note: str
    told: dict[str, Any]
    fingerprint: str


def places_of(unit_id: int) -> tuple[Place, ...]:
    """Return the units above the unit, those to come among them, oldest first. Two queries.

    Each unit above is shown as it was on the last day of that place.
    """
    rows = list(UnitParent.objects.filter(unit_id=unit_id).order_by("period"))
    parents = views_of((row.parent_id for row in rows), day=None)
    return tuple(Place(parents[row.parent_id], row.period.lower, row.period.upper, row.act) for row in rows)


def schedules_given_to(unit_id: int) -> tuple[ScheduleGiven, ...]:
    """Return the schedules given to the unit itself, oldest first; what it keeps by the units above it is not among them."""
    rows = UnitSchedule.objects.filter(unit_id=unit_id).order_by("period")
    known = {schedule.code: schedule for schedule in schedules()}
    return tuple(ScheduleGiven(known[row.schedule_id], row.period.lower, row.period.upper, row.act) for row in rows)


def entries_of(unit_id: int) -> tuple[UnitEntry, ...]:
    """Return the journal of the unit, newest first; what other units did under the same code is left out.

    A unit that got another code is followed back through its earlier streams.
    """
    code = Unit.objects.values_list("code", flat=True).filter(pk=unit_id).first()
    seen: set[str] = set()
    found: list[EntryView] = []
    while code and code not in seen:
        seen.add(code)
        mine = [entry for entry in entries(f"unit:{code}") if entry.public.get("unit") == unit_id]
        found += [entry for entry in reversed(mine) if entry.act != UnitAct.CODE_TAKEN]
        code = next((str(entry.public["before"]) for entry in mine if entry.act == UnitAct.CODE_TAKEN), None)
    return tuple(_entry(entry) for entry in found)


def _entry(entry: EntryView) -> UnitEntry:
    told = dict(entry.public)
    day = told.get("day")
    return UnitEntry(
        at=entry.at,
        act=UnitAct(entry.act) if entry.act in UnitAct.values() else entry.act,
        post=entry.actor_post,
        person=entry.actor_person,
        day=date.fromisoformat(day) if day else None,
        ground=told.get("ground", ""),
        note=told.get("note", ""),
        told=told,
        fingerprint=entry.fingerprint,
    )
