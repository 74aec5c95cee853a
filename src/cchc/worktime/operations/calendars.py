"""Edit the official calendar. Each edit is journalled on the stream ``calendar`` and moves no promise by itself."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from cchc.audit.api import record
from cchc.kernel.actor import Actor
from cchc.kernel.bus import publish
from cchc.kernel.errors import Invalid, NotFound, Refused
from cchc.kernel.text import clean
from cchc.worktime.events import CalendarChanged
from cchc.worktime.models import CalendarDay, CalendarYear
from cchc.worktime.operations.locks import edit_calendar
from cchc.worktime.queries.in_force import day_row, load_calendar
from cchc.worktime.rules.calendars import SWAP, DayRow, swap_rows, two_rows
from cchc.worktime.terms import Confidence, DayKind, Origin, YearStatus

STREAM = "calendar"
RIGHT = "worktime:calendar:edit"
_NAME, _SOURCE = 200, 500
# No term is longer than ten years; a day farther away is a slip of the pen.
_FARTHEST = 10


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
    missing or too long, or when a swap does not name its other half (``for_date``); ``NotAllowed`` without
    ``worktime:calendar:edit``.
    """
    actor.must(RIGHT)
    row = DayRow(day, DayKind(kind), clean(name), for_date, clean(source), Confidence(confidence))
    check_words(name=row.name, source=row.source)
    _must_be_near(day, at, "day")
    edit_calendar()
    taken = CalendarDay.objects.in_force().filter(day=day).first()
    if taken:
        raise Refused(two_rows(day_row(taken), row), field="day")
    _add(row)
    _tell(actor, at, "day_set", row, {"source": row.source})
    return row


@transaction.atomic
def edit_day(
    *,
    actor: Actor,
    at: datetime,
    day: date,
    name: str,
    source: str,
    confidence: Confidence,
    reason: str,
    kind: DayKind | None = None,
) -> tuple[DayRow, ...]:
    """Correct the row of a day and return what stands now; the old row stays as history. Of a swap both halves are corrected.

    ``kind`` may change between the kinds of a day off. A swap is another swap when its days change: withdraw it and enter the
    right one. Raises ``NotFound`` (``day``) when the day has no row and ``Refused`` (``kind``, ``name``, ``source``, ``reason``).
    """
    actor.must(RIGHT)
    words = clean(name), clean(source)
    check_words(name=words[0], source=words[1])
    must_say_why(reason, "Nêu lý do sửa dòng này.")
    edit_calendar()
    rows = _rows_of(day)
    wanted = DayKind(kind) if kind else None
    if wanted and wanted is not load_calendar().rows[day].kind and (wanted in SWAP or rows[0].kind in SWAP):
        raise Refused("Không đổi được một ngày hoán đổi thành loại khác. Hãy bỏ dòng cũ rồi nhập lại.", field="kind")
    _withdraw(rows, at)
    changed = []
    for row in rows:
        new_kind = row.kind if row.kind in SWAP or wanted is None else wanted
        new = DayRow(row.day, new_kind, words[0], row.for_date, words[1], Confidence(confidence))
        _add(new)
        _tell(actor, at, "day_edited", new, {"source": new.source, "before": row.name, "reason": clean(reason)})
        changed.append(new)
    return tuple(changed)


@transaction.atomic
def remove_day(*, actor: Actor, at: datetime, day: date, reason: str) -> tuple[DayRow, ...]:
    """Withdraw the row of a day, or both rows of a swap, and return them; they stay as history. ``NotFound`` when there is none."""
    actor.must(RIGHT)
    must_say_why(reason, "Nêu lý do bỏ ngày này khỏi lịch.")
    edit_calendar()
    rows = _rows_of(day)
    _withdraw(rows, at)
    for row in rows:
        _tell(actor, at, "day_removed", row, {"reason": clean(reason)})
    return rows


@transaction.atomic
def swap_days(
    *,
    actor: Actor,
    at: datetime,
    off: date,
    makeup: date,
    name: str,
    source: str,
    confidence: Confidence = Confidence.SURE,
) -> tuple[DayRow, DayRow]:
    """Swap a working day for a make-up day: both rows, or neither.

    Raises ``Refused`` when ``off`` is no working day, ``makeup`` no day of weekly rest, or one of them has a row already; the
    other errors are those of ``set_day``.
    """
    actor.must(RIGHT)
    check_words(name=clean(name), source=clean(source))
    _must_be_near(off, at, "off")
    _must_be_near(makeup, at, "makeup")
    edit_calendar()
    rows = swap_rows(
        calendar=load_calendar(), off=off, makeup=makeup, name=clean(name), source=clean(source), confidence=Confidence(confidence)
    )
    for row in rows:
        _add(row)
    for row in rows:
        _tell(actor, at, "day_set", row, {"source": row.source})
    return rows


@transaction.atomic
def set_year_status(*, actor: Actor, at: datetime, year: int, status: YearStatus, source: str, note: str = "") -> None:
    """Say how far the calendar of a year can be trusted, and by which document. Seeding leaves alone what was said here."""
    actor.must(RIGHT)
    check_words(source=clean(source))
    if not 1975 < year < date.max.year:  # noqa: PLR2004 (Viet Nam keeps one time since 1975)
        raise Refused("Năm không hợp lệ. Nhập năm dương lịch gồm bốn chữ số.", field="year")
    if len(clean(note)) > _SOURCE:
        raise Refused(f"Ghi chú dài quá {_SOURCE} ký tự. Hãy rút gọn.", field="note")
    edit_calendar()
    values = {"status": YearStatus(status), "source": clean(source), "note": clean(note), "origin": Origin.OFFICE}
    before = CalendarYear.objects.filter(year=year).values_list("status", flat=True).first()
    CalendarYear.objects.update_or_create(year=year, defaults=values)
    public = {"year": year, "status": YearStatus(status).value, "before": before or "", "source": clean(source), "note": clean(note)}
    record(stream=STREAM, act="year_status_set", at=at, actor=actor, public=public)


def check_words(*, source: str, name: str | None = None) -> None:
    """Refuse a name or a source that is missing or too long, both at once."""
    problems = {}
    if name is not None and not name:
        problems["name"] = "Nhập tên ngày nghỉ hoặc ngày làm bù."
    elif name and len(name) > _NAME:
        problems["name"] = f"Tên dài quá {_NAME} ký tự. Hãy rút gọn."
    if not source:
        problems["source"] = "Nhập số, ngày của văn bản làm căn cứ."
    elif len(source) > _SOURCE:
        problems["source"] = f"Căn cứ dài quá {_SOURCE} ký tự. Hãy rút gọn."
    if problems:
        raise Invalid(problems)


def must_say_why(reason: str, sentence: str) -> None:
    """Refuse an edit without a reason, or with one of more than a paragraph."""
    if not clean(reason):
        raise Refused(sentence, field="reason")
    if len(clean(reason)) > _SOURCE:
        raise Refused(f"Lý do dài quá {_SOURCE} ký tự. Hãy rút gọn.", field="reason")


def _must_be_near(day: date, at: datetime, field: str) -> None:
    if abs(day.year - at.year) > _FARTHEST:
        raise Refused(f"Ngày {day:%d/%m/%Y} cách hiện nay quá {_FARTHEST} năm. Xem lại năm.", field=field)


def _rows_of(day: date) -> tuple[DayRow, ...]:
    rows = load_calendar().swap_of(day)
    if not rows:
        raise NotFound(f"Ngày {day:%d/%m/%Y} không có trong lịch.", field="day")
    return rows


def _add(row: DayRow) -> None:
    CalendarDay.objects.create(
        day=row.day,
        kind=row.kind,
        name=row.name,
        for_date=row.for_date,
        source=row.source,
        confidence=row.confidence,
        origin=Origin.OFFICE,
    )


def _withdraw(rows: Iterable[DayRow], at: datetime) -> None:
    CalendarDay.objects.in_force().filter(day__in=[row.day for row in rows]).update(withdrawn_at=at)


def _tell(actor: Actor, at: datetime, act: str, row: DayRow, more: dict[str, str]) -> None:
    version = load_calendar().version
    public = {"day": row.day.isoformat(), "kind": row.kind.value, "name": row.name, "calendar_version": version, **more}
    if row.for_date:
        public["for_date"] = row.for_date.isoformat()
    record(stream=STREAM, act=act, at=at, actor=actor, public=public)
    publish(CalendarChanged(row.day, version))
