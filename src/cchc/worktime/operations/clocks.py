"""Acts on clocks. The owner of a clock (a case, a step) has asked for the right and journals its own act; a clock keeps the time.

Each act holds the calendar, locks the clock's row, reads the ledger, lets ``rules.ledger`` decide, and writes one entry.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.worktime.models import Clock, ClockEntry
from cchc.worktime.operations.locks import hold_calendar
from cchc.worktime.queries.clocks import ClockView, view
from cchc.worktime.queries.in_force import load_calendar, schedule
from cchc.worktime.rules.ledger import next_entry, project, settled
from cchc.worktime.rules.limits import TimeLimit
from cchc.worktime.rules.schedules import Schedule
from cchc.worktime.terms import ClockAct, ClockState, ResumeMode


@dataclass(frozen=True)
class _Act:
    """What is done to a clock, and on what ground."""

    act: ClockAct
    at: datetime
    actor: Actor
    rule: str
    reason: str
    by: TimeLimit | None = None
    until: date | None = None


@transaction.atomic
def start_clock(
    *,
    actor: Actor,
    at: datetime,
    stream: str,
    limit: TimeLimit,
    schedule: Schedule,
    rule: str,
    reason: str = "",
) -> ClockView:
    """Start a clock for ``stream`` at ``at`` and return it with its first promise.

    ``rule`` is the clause or the catalogue row that gives the limit. Four statements and the calendar's token.
    """
    hold_calendar()
    line = next_entry(
        limit=limit,
        entries=(),
        act=ClockAct.STARTED,
        at=at,
        calendar=load_calendar(),
        schedule=schedule,
        rule=_given(rule),
        reason=reason,
        actor_post=actor.post,
    )
    seen = project(limit=limit, entries=(line,))
    row = Clock.objects.create(
        stream=stream,
        amount=limit.amount,
        unit=limit.unit,
        schedule_id=schedule.code,
        state=seen.state,
        due_at=line.due.due_at,
        due_date=line.due.due_date,
    )
    ClockEntry.of(row, line).save(force_insert=True)
    return ClockView(row.pk, stream, limit, schedule.code, (line,), seen)


def pause_clock(*, actor: Actor, at: datetime, clock_id: int, rule: str, reason: str) -> ClockView:
    """Stop counting; ``reason`` names what is waited for (``chờ bổ sung hồ sơ``) and is required."""
    if not reason.strip():
        raise Refused("Ghi rõ đang chờ việc gì.", field="reason")
    return _do(clock_id, _Act(ClockAct.PAUSED, at, actor, rule, reason))


def resume_clock(*, actor: Actor, at: datetime, clock_id: int, mode: ResumeMode, rule: str, reason: str = "") -> ClockView:
    """Go on: ``restart`` counts the whole limit again from ``at``, ``shift`` gives what was left when the waiting began."""
    act = ClockAct.RESTARTED if mode is ResumeMode.RESTART else ClockAct.RESUMED
    return _do(clock_id, _Act(act, at, actor, rule, reason))


def restart_clock(*, actor: Actor, at: datetime, clock_id: int, rule: str, reason: str = "") -> ClockView:
    """Count the whole limit again from ``at``, from a running or a waiting clock."""
    return _do(clock_id, _Act(ClockAct.RESTARTED, at, actor, rule, reason))


def extend_clock(
    *,
    actor: Actor,
    at: datetime,
    clock_id: int,
    rule: str,
    reason: str = "",
    by: TimeLimit | None = None,
    until: date | None = None,
) -> ClockView:
    """Make a new promise: ``by`` counted from the promised day, or ``until`` a later working day. How often is the owner's rule."""
    return _do(clock_id, _Act(ClockAct.EXTENDED, at, actor, rule, reason, by, until))


def finish_clock(*, actor: Actor, at: datetime, clock_id: int, rule: str, reason: str = "") -> ClockView:
    """End the clock; the view says whether the promise was kept."""
    return _do(clock_id, _Act(ClockAct.FINISHED, at, actor, rule, reason))


@transaction.atomic
def settle_clock(*, actor: Actor, at: datetime, clock_id: int, rule: str, reason: str) -> ClockView:
    """Keep the promise where it is, or move it to the next day on which it can be kept when its day has become a day off.

    The rule of a changed calendar (``rules.ledger.settled``). An entry ``calendar_changed`` is written only when the promise
    moves, so running it twice writes nothing the second time. A clock that waits or has ended promises nothing and stays.
    ``reason`` says which change of the calendar, and is required.
    """
    if not reason.strip():
        raise Refused("Ghi rõ lịch đã thay đổi thế nào.", field="reason")
    hold_calendar()
    row, seen = _locked(clock_id)
    if seen.due is None or seen.state is ClockState.FINISHED:
        return seen
    kept = settled(promise=seen.due, unit=seen.limit.unit, calendar=load_calendar(), schedule=schedule(seen.schedule_code))
    if kept == seen.due:
        return seen
    return _write(row, seen, _Act(ClockAct.CALENDAR_CHANGED, at, actor, rule, reason))


@transaction.atomic
def _do(clock_id: int, act: _Act) -> ClockView:
    hold_calendar()
    row, seen = _locked(clock_id)
    return _write(row, seen, act)


def _locked(clock_id: int) -> tuple[Clock, ClockView]:
    row = Clock.objects.select_for_update(of=("self",)).filter(pk=clock_id).first()
    if row is None:
        raise NotFound("Không có đồng hồ thời hạn này.", field="clock_id")
    return row, view(row)


def _write(row: Clock, seen: ClockView, act: _Act) -> ClockView:
    """Append the entry that the rules decide, and mirror it in the clock's row."""
    line = next_entry(
        limit=seen.limit,
        entries=seen.entries,
        act=act.act,
        at=act.at,
        calendar=load_calendar(),
        schedule=schedule(seen.schedule_code),
        rule=_given(act.rule),
        reason=act.reason,
        by=act.by,
        until=act.until,
        actor_post=act.actor.post,
    )
    lines = (*seen.entries, line)
    now = project(limit=seen.limit, entries=lines)
    ClockEntry.of(row, line).save(force_insert=True)
    Clock.objects.filter(pk=row.pk).update(state=now.state, due_at=now.promised.due_at, due_date=now.promised.due_date)
    return ClockView(row.pk, seen.stream, seen.limit, seen.schedule_code, lines, now)


def _given(rule: str) -> str:
    if not rule.strip():
        raise Refused("Ghi rõ căn cứ (điều, khoản hoặc quyết định công bố).", field="rule")
    return rule
