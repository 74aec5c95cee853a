"""The calendar, the schedules and the settings of the database, kept in memory for as long as their edition stands.

One small query asks for the edition; everything else is loaded once per edition. Those who act read them too, so they are kept outside
``standing`` as well: nobody sees another transaction's rows, and a rollback leaves nothing behind, because no edition comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from cchc.editions.api import edition
from cchc.kernel.errors import NotFound
from cchc.kernel.period import Period
from cchc.kernel.standing import kept
from cchc.worktime.models import CalendarDay, CalendarYear, Setting
from cchc.worktime.models import Schedule as ScheduleRow
from cchc.worktime.rules.calendars import Calendar, DayRow, cutoffs_of
from cchc.worktime.rules.schedules import Schedule, Session
from cchc.worktime.terms import Confidence, Cutoff, DayKind, YearStatus


def load_calendar() -> Calendar:
    """Return the calendar in force. One query while nothing changes."""
    return _in_force().calendar


def schedule(code: str) -> Schedule:
    """Return the schedule of that code; ``NotFound`` when there is none."""
    found = _in_force().schedules.get(code)
    if found is None:
        raise NotFound(f"Không có khung giờ làm việc «{code}».", field="schedule")
    return found


def schedules() -> tuple[Schedule, ...]:
    """Return all schedules in order of code."""
    return tuple(value for _, value in sorted(_in_force().schedules.items()))


def default_schedule() -> Schedule:
    """Return the schedule of units that were given none; ``NotFound`` before the reference data is loaded."""
    loaded = _in_force()
    if loaded.default is None:
        raise NotFound("Chưa có khung giờ mặc định. Hãy nạp dữ liệu chuẩn: cchc seed reference.", field="schedule")
    return loaded.schedules[loaded.default]


def cutoff(on: date) -> time:
    """Return the hour after which an accepted file is forwarded the next working day (Decree 118/2025 Art. 18(2))."""
    for period, value in _in_force().forward_cutoffs:
        if on in period:
            return value
    raise NotFound(f"Không có quy định giờ chuyển hồ sơ áp dụng ngày {on:%d/%m/%Y}. Hãy bổ sung thông số forward_cutoff.", field="on")


@dataclass(frozen=True)
class _InForce:
    edition: str
    calendar: Calendar
    schedules: Mapping[str, Schedule]
    default: str | None
    forward_cutoffs: tuple[tuple[Period, time], ...]


_kept: dict[str, _InForce] = {}


@kept
def _in_force() -> _InForce:
    name = edition("worktime")
    kept = _kept.get(name)
    if kept is not None:
        return kept
    loaded = _load(name)
    # Another transaction may have committed between the two readings; what was loaded is then used once and not kept. On a page the
    # edition is the page's own and stays: what was loaded under it is found by nobody who comes after the change.
    if edition("worktime") == name:
        _kept.clear()
        _kept[name] = loaded
    return loaded


def _load(name: str) -> _InForce:
    hours: dict[str, list[tuple[Period, time]]] = {Cutoff.FORWARD: [], Cutoff.SAME_DAY: []}
    for row in Setting.objects.filter(key__in=hours).order_by("key", "period"):
        hours[row.key].append((Period(row.period.lower, row.period.upper), time.fromisoformat(row.value)))
    rows = list(ScheduleRow.objects.prefetch_related("sessions").order_by("code"))
    return _InForce(
        edition=name,
        calendar=Calendar.of(
            (day_row(row) for row in CalendarDay.objects.in_force()),
            years={row.year: YearStatus(row.status) for row in CalendarYear.objects.order_by("year")},
            same_day_cutoffs=cutoffs_of(hours[Cutoff.SAME_DAY]),
        ),
        schedules={row.code: schedule_value(row) for row in rows},
        default=next((row.code for row in rows if row.is_default), None),
        forward_cutoffs=tuple(hours[Cutoff.FORWARD]),
    )


def day_row(row: CalendarDay) -> DayRow:
    """Return the value of a calendar row."""
    return DayRow(row.day, DayKind(row.kind), row.name, row.for_date, row.source, Confidence(row.confidence))


def schedule_value(row: ScheduleRow) -> Schedule:
    """Return the value of a schedule with its sessions."""
    return Schedule(
        code=row.code,
        name=row.name,
        sessions=tuple(Session(s.weekday, s.opens, s.closes, counts=s.counts, counter=s.counter) for s in row.sessions.all()),
        result_time=row.result_time,
        results_on_makeup_days=row.results_on_makeup_days,
    )
