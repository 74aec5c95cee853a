"""Give a unit the working hours it keeps for a period."""

from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.organisations.models import Unit, UnitSchedule
from cchc.organisations.operations.writing import Writing, announce_change, journal, locked, must_exist, writing
from cchc.organisations.terms import Right
from cchc.worktime.api import Schedule, schedule


def give_schedule(
    *,
    actor: Actor,
    at: datetime,
    unit_id: int,
    schedule_code: str,
    since: date,
    until: date | None = None,
    act: str = "",
    note: str = "",
) -> Schedule:
    """Give the unit the schedule from ``since`` to before ``until`` (None: for good) and return it.

    What the unit kept before holds again after ``until``; units below that have no schedule of their own follow. Promises
    already made do not move. Raises ``NotAllowed``, ``NotFound``, ``Refused``.
    """
    actor.must(Right.EDIT_SCHEDULE, unit_id=unit_id)
    if until is not None and until <= since:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu: hãy chọn lại ngày kết thúc.", field="until")
    given = schedule(schedule_code)
    work = Writing(actor, at, since, act, note)
    with writing():
        unit = locked([unit_id])[unit_id]
        must_exist(unit, since, field="since")
        if until is not None and unit.period.upper is not None:
            must_exist(unit, until - timedelta(days=1), field="until")
        ends = until or unit.period.upper
        _make_room(unit, since, ends)
        UnitSchedule.objects.create(unit=unit, schedule_id=given.code, period=DateRange(since, ends), act=act)
        journal(work, unit, "unit_schedule_given", {"schedule": given.code, "until": ends.isoformat() if ends else None})
        announce_change(work, unit, "unit_schedule_given")
    return given


def _make_room(unit: Unit, since: date, until: date | None) -> None:
    """Keep of the rows that overlap the new period what lies before and after it."""
    for row in UnitSchedule.objects.filter(unit=unit, period__overlap=DateRange(since, until)):
        before, after = row.period.lower, row.period.upper
        row.delete()
        if before is None or before < since:
            UnitSchedule.objects.create(unit=unit, schedule_id=row.schedule_id, period=DateRange(before, since), act=row.act)
        if until is not None and (after is None or after > until):
            UnitSchedule.objects.create(unit=unit, schedule_id=row.schedule_id, period=DateRange(until, after), act=row.act)
