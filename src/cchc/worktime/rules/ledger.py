"""The arithmetic of a clock: a budget (the limit) and an append-only ledger, from which state and promise follow.

``next_entry`` decides what an act does to the promise and returns the entry to be written; ``project`` reads a ledger and needs no
calendar, because each entry that moved the promise holds the promise it made and the calendar it used. A later edit of the
calendar therefore moves nothing by itself. The act ``calendar_changed`` settles a promise on the calendar in force: it stays where it
was printed while results are handed out on its day, and moves to the next such day when it has become a day off (``settled``).

Sources: the restart after a supplement is Decree 61/2018 Art. 19(4), in place of Decree 118/2025 (not read); the shift by the
time waited is the practice of provinces (dossier §4.8); one extension is Art. 19(9), and counting them is the owner's affair.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cchc.kernel.errors import Refused
from cchc.kernel.local import day_text, moment_text
from cchc.worktime.rules.calendars import Calendar
from cchc.worktime.rules.deadlines import Due, due, on_day, on_time
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.rules.schedules import Schedule
from cchc.worktime.rules.timetable import Timetable, aware, midnight, wall
from cchc.worktime.terms import ClockAct, ClockState, LimitUnit

ALLOWED: dict[ClockState | None, frozenset[ClockAct]] = {
    None: frozenset({ClockAct.STARTED}),
    ClockState.RUNNING: frozenset(
        {ClockAct.PAUSED, ClockAct.RESTARTED, ClockAct.EXTENDED, ClockAct.CALENDAR_CHANGED, ClockAct.FINISHED},
    ),
    ClockState.PAUSED: frozenset({ClockAct.RESUMED, ClockAct.RESTARTED, ClockAct.FINISHED}),
    ClockState.FINISHED: frozenset(),
}
_NEXT = {
    ClockAct.STARTED: ClockState.RUNNING,
    ClockAct.PAUSED: ClockState.PAUSED,
    ClockAct.RESUMED: ClockState.RUNNING,
    ClockAct.RESTARTED: ClockState.RUNNING,
    ClockAct.EXTENDED: ClockState.RUNNING,
    ClockAct.FINISHED: ClockState.FINISHED,
}


@dataclass(frozen=True)
class LedgerEntry:
    """One line of the ledger. ``due`` is the promise as it stands after the act, the last one while paused or finished.

    ``by`` or ``until`` say how an extension was measured; ``calendar_version`` names the calendar that counted.
    """

    seq: int
    act: ClockAct
    at: datetime
    due: Due
    rule: str = ""
    reason: str = ""
    by: TimeLimit | None = None
    until: date | None = None
    calendar_version: str = ""
    actor_post: str = ""


@dataclass(frozen=True)
class Projection:
    """What a ledger says. ``promised`` is the last promise made; ``due`` is None while the clock waits.

    ``on_time`` is None until the end. A clock that ends while it waits is judged by when the waiting began (dossier §4.8).
    """

    state: ClockState
    promised: Due
    due: Due | None
    started_at: datetime
    paused_at: datetime | None = None
    waiting_for: str = ""
    finished_at: datetime | None = None
    on_time: bool | None = None
    pauses: int = 0
    extensions: int = 0
    restarts: int = 0


def project(*, limit: TimeLimit, entries: Sequence[LedgerEntry]) -> Projection:
    """Return the state of a clock from its ledger, oldest entry first. Raises ``Refused`` when the ledger is impossible."""
    if not entries:
        raise Refused("Đồng hồ chưa có mục nào.")
    seen: Projection | None = None
    for place, entry in enumerate(entries, start=1):
        _must_follow(seen, entry.act)
        if entry.seq != place:
            raise Refused(f"Sổ đồng hồ thiếu mục số {place}.")
        seen = _after(seen, entry, limit)
    assert seen is not None, "at least one entry was read"
    return seen


def next_entry(
    *,
    limit: TimeLimit,
    entries: Sequence[LedgerEntry],
    act: ClockAct,
    at: datetime,
    calendar: Calendar,
    schedule: Schedule,
    rule: str,
    reason: str = "",
    by: TimeLimit | None = None,
    until: date | None = None,
    actor_post: str = "",
) -> LedgerEntry:
    """Return the entry that the act adds to the ledger, with the promise as it stands afterwards.

    An extension names exactly one of ``by`` (counted from the promised day) and ``until`` (a working day after it). Raises
    ``Refused`` for an act the state does not allow (no field), for an ``at`` before the last entry (``at``), and for an
    extension that does not extend (``by``, ``until``).
    """
    now = project(limit=limit, entries=entries) if entries else None
    _must_follow(now, act)
    if entries and at < entries[-1].at:
        raise Refused(f"Thời điểm {moment_text(at)} sớm hơn mục trước của đồng hồ ({moment_text(entries[-1].at)}).", field="at")
    promise = _promise(now, act, at, limit, by, until, calendar, schedule)
    return LedgerEntry(len(entries) + 1, act, at, promise, rule, reason, by, until, calendar.version, actor_post)


def replay(*, limit: TimeLimit, entries: Sequence[LedgerEntry], calendar: Calendar, schedule: Schedule) -> Due:
    """Return the last promise as the whole ledger would have given it, had this calendar been in force from the beginning.

    A question, never an act: promises that were printed are kept by ``settled`` alone. An extension to a named day stays that
    day; a change of the calendar settles what the recount has reached by then.
    """
    now: Projection | None = None
    for entry in entries:
        promise = _promise(now, entry.act, entry.at, limit, entry.by, entry.until, calendar, schedule, recount=True)
        now = _after(now, replace(entry, due=promise), limit)
    if now is None:
        raise Refused("Đồng hồ chưa có mục nào.")
    return now.promised


def settled(*, promise: Due, unit: LimitUnit, calendar: Calendar, schedule: Schedule) -> Due:
    """Return the promise itself while its day is one on which it can be kept; else the promise moved to the next such day.

    The house's rule of a changed calendar: what was printed stays, unless nobody will be there. A term in days or months moves
    to the result hour of the next day on which results are handed out, as a last day on a day off does (Civil Code 2015
    Art. 148(5)). A term in hours keeps its time of day on the next working day; a time outside that day's sessions becomes the
    end of the session before it, or the opening when it lies before the first. Settling what is settled changes nothing.
    """
    table = Timetable(calendar, schedule)
    if unit is LimitUnit.WORKING_HOURS:
        return promise if table.is_working(promise.due_date) else _same_time(promise, table)
    day = table.result_day(promise.due_date)
    return promise if day == promise.due_date else on_day(day, table)


def _same_time(promise: Due, table: Timetable) -> Due:
    day = table.add_working_days(promise.due_date, 1)
    moment = datetime.combine(day, wall(promise.due_at).time())
    reached = [min(moment, datetime.combine(day, session.closes)) for session in table.sessions(day) if session.opens <= moment.time()]
    return Due(aware(max(reached, default=table.opening(day))), day)


def _promise(
    now: Projection | None,
    act: ClockAct,
    at: datetime,
    limit: TimeLimit,
    by: TimeLimit | None,
    until: date | None,
    calendar: Calendar,
    schedule: Schedule,
    *,
    recount: bool = False,
) -> Due:
    """Return the promise after an act. What counts on from a promise counts from where it is settled on this calendar."""
    if now is None or act is ClockAct.RESTARTED:
        return due(start=at, limit=limit, calendar=calendar, schedule=schedule)
    if act not in {ClockAct.RESUMED, ClockAct.EXTENDED, ClockAct.CALENDAR_CHANGED}:
        return now.promised
    if act is ClockAct.RESUMED and not recount and now.paused_at and not on_time(finished=now.paused_at, due=now.promised, unit=limit.unit):
        # Broken as it was printed: neither the waiting nor a day closed afterwards mends it.
        return now.promised
    kept = settled(promise=now.promised, unit=limit.unit, calendar=calendar, schedule=schedule)
    if act is ClockAct.RESUMED:
        return _shifted(kept, now.paused_at, at, limit.unit, Timetable(calendar, schedule))
    if act is ClockAct.EXTENDED:
        return _extended(kept, by, until, Timetable(calendar, schedule), recount=recount)
    return kept


def _shifted(promised: Due, paused: datetime | None, resumed: datetime, unit: LimitUnit, table: Timetable) -> Due:
    """Return the promise moved by the time waited: what was left at the pause is left again at the resumption.

    Waiting mends no lateness: a clock paused after its promise keeps the broken promise.
    """
    assert paused is not None, "only a paused clock resumes"
    if resumed == paused or not on_time(finished=paused, due=promised, unit=unit):
        return promised
    if unit is LimitUnit.WORKING_HOURS:
        ends = table.add_time(wall(resumed), table.time_between(wall(paused), wall(promised.due_at)))
        return Due(aware(ends), ends.date())
    today = wall(resumed).date()
    if unit is LimitUnit.WORKING_DAYS:
        left = table.days_between(wall(paused).date(), promised.due_date)
        return on_day(table.result_day(table.add_working_days(today, left)), table)
    return on_day(table.result_day(promised.due_date + (today - wall(paused).date())), table)


def _extended(promised: Due, by: TimeLimit | None, until: date | None, table: Timetable, *, recount: bool) -> Due:
    """Return the new promise of an extension. A recount keeps a named day even where the calendar has closed it since."""
    if (by is None) == (until is None):
        raise Refused("Gia hạn phải ghi hoặc thời gian thêm, hoặc ngày hẹn mới.", field="until")
    if until is not None:
        if until <= promised.due_date and not recount:
            raise Refused(f"Ngày hẹn mới phải sau ngày đã hẹn ({day_text(promised.due_date)}).", field="until")
        if not table.is_working(until) and not recount:
            raise Refused(f"Ngày {until:%d/%m/%Y} không phải ngày làm việc; chọn ngày hẹn khác.", field="until")
        return on_day(table.result_day(until), table)
    assert by is not None, "one of the two is given"
    if by.is_same_day:
        raise Refused("Thời gian gia hạn phải lớn hơn 0.", field="by")
    start = promised.due_at if by.compares_instants else aware(midnight(promised.due_date))
    return due(start=start, limit=by, calendar=table.calendar, schedule=table.schedule)


def _must_follow(now: Projection | None, act: ClockAct) -> None:
    state = now.state if now else None
    if act in ALLOWED[state]:
        return
    if state is None:
        raise Refused("Đồng hồ chưa bắt đầu tính thời hạn.")
    if act is ClockAct.STARTED:
        raise Refused("Đồng hồ đã bắt đầu tính thời hạn, không bắt đầu lần nữa.")
    if state is ClockState.FINISHED:
        raise Refused(f"Đồng hồ đã kết thúc, không thể «{act.label.lower()}».")
    if state is ClockState.PAUSED:
        raise Refused(f"Đồng hồ đang chờ, không thể «{act.label.lower()}». Hãy tính tiếp thời hạn trước.")
    raise Refused(f"Đồng hồ đang chạy, không thể «{act.label.lower()}».")


def _after(now: Projection | None, entry: LedgerEntry, limit: TimeLimit) -> Projection:
    """Return the projection after one more entry."""
    if now is None:
        return Projection(ClockState.RUNNING, entry.due, entry.due, entry.at)
    state = _NEXT.get(entry.act, now.state)
    after = replace(now, state=state, promised=entry.due, due=None if state is ClockState.PAUSED else entry.due)
    if entry.act is ClockAct.PAUSED:
        return replace(after, paused_at=entry.at, waiting_for=entry.reason, pauses=now.pauses + 1)
    if entry.act is ClockAct.FINISHED:
        judged = now.paused_at or entry.at
        kept = on_time(finished=judged, due=entry.due, unit=limit.unit)
        return replace(after, finished_at=entry.at, on_time=kept, paused_at=None, waiting_for="")
    if state is ClockState.RUNNING:
        after = replace(after, paused_at=None, waiting_for="")
    if entry.act is ClockAct.EXTENDED:
        return replace(after, extensions=now.extensions + 1)
    if entry.act is ClockAct.RESTARTED:
        return replace(after, restarts=now.restarts + 1)
    return after
