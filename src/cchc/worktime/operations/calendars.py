"""Edit the official calendar. Each edit is journalled on the stream ``calendar`` and moves no promise by itself."""

from datetime import date, datetime

from django.db import connection, transaction

from cchc.audit.api import record
from cchc.kernel.actor import Actor
from cchc.kernel.bus import publish
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.text import clean
from cchc.worktime.events import CalendarChanged
from cchc.worktime.models import CalendarDay
from cchc.worktime.queries.in_force import day_row, load_calendar
from cchc.worktime.rules.calendars import DayRow, two_rows
from cchc.worktime.terms import Confidence, DayKind, Origin

STREAM = "calendar"
RIGHT = "worktime:calendar:edit"


@transaction.atomic
def set_day(
    *,
    actor: Actor,
    at: datetime,
    day: date,
    kind: DayKind,
    name: str,
    source: str,
    for_date: date | None = None,
    confidence: Confidence = Confidence.SURE,
) -> DayRow:
    """Add a row for a day and return it.

    ``source`` names the document that fixes the day. Raises ``Refused`` when the day has a row (``day``), when name or source is
    missing, or when a swap does not name its other half (``for_date``); ``NotAllowed`` without ``worktime:calendar:edit``.
    """
    actor.must(RIGHT)
    row = DayRow(day, DayKind(kind), clean(name), for_date, clean(source), Confidence(confidence))
    if not row.name:
        raise Refused("Nhập tên ngày nghỉ hoặc ngày làm bù.", field="name")
    if not row.source:
        raise Refused("Nhập số, ngày của văn bản quy định ngày này.", field="source")
    _lock()
    taken = CalendarDay.objects.in_force().filter(day=day).first()
    if taken:
        raise Refused(two_rows(day_row(taken), row), field="day")
    CalendarDay.objects.create(
        day=day,
        kind=row.kind,
        name=row.name,
        for_date=for_date,
        source=row.source,
        confidence=row.confidence,
        origin=Origin.OFFICE,
    )
    _tell(actor, at, "day_set", row, {"source": row.source})
    return row


@transaction.atomic
def remove_day(*, actor: Actor, at: datetime, day: date, reason: str) -> None:
    """Withdraw the row of a day; the row stays as history. ``NotFound`` when the day has none."""
    actor.must(RIGHT)
    if not clean(reason):
        raise Refused("Nêu lý do bỏ ngày này khỏi lịch.", field="reason")
    _lock()
    taken = CalendarDay.objects.in_force().filter(day=day).first()
    if taken is None:
        raise NotFound(f"Ngày {day:%d/%m/%Y} không có trong lịch.", field="day")
    taken.withdrawn_at = at
    taken.save(update_fields=["withdrawn_at"])
    _tell(actor, at, "day_removed", day_row(taken), {"reason": clean(reason)})


@transaction.atomic
def swap_days(*, actor: Actor, at: datetime, off: date, makeup: date, name: str, source: str) -> tuple[DayRow, DayRow]:
    """Swap a working day for a make-up day: both rows, or neither. Errors are those of ``set_day``."""
    off_row = set_day(actor=actor, at=at, day=off, kind=DayKind.SWAPPED_OFF, name=name, source=source, for_date=makeup)
    makeup_row = set_day(actor=actor, at=at, day=makeup, kind=DayKind.MAKEUP_WORK, name=name, source=source, for_date=off)
    return off_row, makeup_row


def _lock() -> None:
    """Let one edit of the calendar run at a time, so that the sentence about a second row is never an IntegrityError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('worktime:calendar'))")


def _tell(actor: Actor, at: datetime, act: str, row: DayRow, more: dict[str, str]) -> None:
    version = load_calendar().version
    public = {"day": row.day.isoformat(), "kind": row.kind.value, "name": row.name, "calendar_version": version, **more}
    if row.for_date:
        public["for_date"] = row.for_date.isoformat()
    record(stream=STREAM, act=act, at=at, actor=actor, public=public)
    publish(CalendarChanged(row.day, version))
