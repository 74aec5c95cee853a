"""The named schedules: their week as bars, what they sum to, who keeps them now and from a coming day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.kernel.local import WEEKDAYS, local_date
from cchc.organisations import api as organisations
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.worktime import api as worktime

HOUR = 60


@dataclass(frozen=True)
class Bar:
    """A session on the line of a day, in minutes from the beginning of the line; ``kind`` is on, open (counter only) or inside."""

    start: int
    length: int
    kind: str


@dataclass(frozen=True)
class DayBars:
    """A weekday: its sessions as bars and in words, and how long is worked."""

    weekday: str
    bars: tuple[Bar, ...]
    words: str
    total: str


@dataclass(frozen=True)
class Line:
    """A schedule with its week and its keepers."""

    kept: worktime.KeptSchedule
    week: tuple[DayBars, ...]
    total: str
    warnings: tuple[str, ...]
    current: tuple[organisations.ScheduleKept, ...]
    coming: tuple[organisations.ScheduleKept, ...]


@require_safe
@needs("worktime:calendar:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Show all schedules."""
    office = cast("OfficeRequest", request)
    today = local_date(office.at)
    schedules = worktime.kept_schedules()
    kept = organisations.schedules_kept(on=today)
    sessions = [session for item in schedules for session in item.value.sessions]
    first = min((session.opens.hour for session in sessions), default=7)
    last = max((session.closes.hour + 1 for session in sessions), default=17)
    lines = [_line(item, [row for row in kept if row.schedule_code == item.value.code], first, today) for item in schedules]
    context = {
        "lines": lines,
        "width": (last - first) * HOUR,
        "first": first,
        "last": last,
        "may_give": office.actor.may("organisations:schedule:edit"),
        "page_keys": [],
    }
    return render(request, "office/schedules/list.html", context)


def _line(item: worktime.KeptSchedule, kept: Sequence[organisations.ScheduleKept], first: int, today: object) -> Line:
    schedule = item.value
    by_day = [[session for session in schedule.sessions if session.weekday == day] for day in range(7)]
    week = tuple(
        DayBars(
            _(WEEKDAYS[day]),
            tuple(Bar(_minute(s) - first * HOUR, s.minutes, _kind(s)) for s in sessions),
            ", ".join(_words(s) for s in sessions),
            hours_text(sum(s.minutes for s in sessions if s.counts)),
        )
        for day, sessions in enumerate(by_day)
        if sessions
    )
    total = hours_text(sum(session.minutes for session in schedule.sessions if session.counts))
    current = tuple(row for row in kept if row.since is None or row.since <= today)  # type: ignore[operator]
    return Line(item, week, total, schedule.warnings(), current, tuple(row for row in kept if row not in current))


def hours_text(minutes: int) -> str:
    """Return ``8 giờ``, ``4 giờ 30 phút``, or a word for none."""
    hours, rest = divmod(minutes, HOUR)
    if not minutes:
        return _("không tính")
    whole = _("%(hours)s giờ") % {"hours": hours}
    return _("%(hours)s %(rest)s phút") % {"hours": whole, "rest": rest} if rest else whole


def _minute(session: worktime.Session) -> int:
    return session.opens.hour * HOUR + session.opens.minute


def _kind(session: worktime.Session) -> str:
    if not session.counts:
        return "open"
    return "on" if session.counter else "inside"


def _words(session: worktime.Session) -> str:
    hours = f"{session.opens:%H:%M}–{session.closes:%H:%M}"
    if not session.counts:
        return _("%(hours)s (mở quầy, không tính giờ làm việc)") % {"hours": hours}
    return hours if session.counter else _("%(hours)s (không mở quầy)") % {"hours": hours}
