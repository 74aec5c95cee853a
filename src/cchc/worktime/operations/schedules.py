"""Define a named schedule. It never changes afterwards: new hours are a new schedule, given to units from a day on."""

import re
from datetime import datetime

from django.db import transaction

from cchc.audit.api import record
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.text import clean
from cchc.worktime.models import Schedule as ScheduleRow
from cchc.worktime.models import Session
from cchc.worktime.operations.calendars import RIGHT, STREAM
from cchc.worktime.rules.schedules import Schedule
from cchc.worktime.terms import Origin

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE, _NAME, _SOURCE = 60, 200, 500


@transaction.atomic
def define_schedule(*, actor: Actor, at: datetime, schedule: Schedule, source: str) -> tuple[str, ...]:
    """Keep a new schedule and return its warnings (days that do not sum to eight hours), which do not refuse it.

    Raises ``Refused(field="code")`` when the code is taken. Impossible sessions were refused when the value was built.
    """
    actor.must(RIGHT)
    source = clean(source)
    _check(schedule, source)
    if ScheduleRow.objects.filter(code=schedule.code).exists():
        raise Refused(f"Đã có khung giờ «{schedule.code}». Đặt mã mới rồi giao cho đơn vị từ ngày áp dụng.", field="code")
    write_schedule(schedule, source=source, origin=Origin.OFFICE)
    public = {"code": schedule.code, "name": schedule.name, "sessions": [session.text for session in schedule.sessions], "source": source}
    record(stream=STREAM, act="schedule_defined", at=at, actor=actor, public=public)
    return schedule.warnings()


def _check(schedule: Schedule, source: str) -> None:
    """Refuse a code, a name or a source that no column holds, all at once."""
    problems = {}
    if len(schedule.code) > _LONGEST_CODE or not _CODE.fullmatch(schedule.code):
        problems["code"] = "Mã khung giờ chỉ gồm chữ thường không dấu, chữ số và dấu gạch ngang, tối đa 60 ký tự."
    if not schedule.name or len(schedule.name) > _NAME:
        problems["name"] = f"Nhập tên khung giờ, không quá {_NAME} ký tự."
    if not source or len(source) > _SOURCE:
        problems["source"] = f"Nhập số, ngày của văn bản quy định giờ làm việc, không quá {_SOURCE} ký tự."
    if problems:
        raise Invalid(problems)


def write_schedule(schedule: Schedule, *, source: str, origin: Origin, is_default: bool = False) -> None:
    """Write the rows of a schedule."""
    row = ScheduleRow.objects.create(
        code=schedule.code,
        name=schedule.name,
        result_time=schedule.result_time,
        results_on_makeup_days=schedule.results_on_makeup_days,
        is_default=is_default,
        source=source,
        origin=origin,
    )
    Session.objects.bulk_create(
        Session(schedule=row, weekday=s.weekday, opens=s.opens, closes=s.closes, counts=s.counts, counter=s.counter)
        for s in schedule.sessions
    )
