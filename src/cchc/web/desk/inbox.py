"""The inbox: what waits for me, or for my whole office, the most urgent first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures
from cchc.web.desk.desk import Counting, DeskRequest, counted
from cchc.web.desk.figures import numbers
from cchc.web.desk.rows import Line, lines
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import ICONS, Key, Option, Tone, options_of
from cchc.web.ui.templatetags.ui import sentence
from cchc.web.ui.vietnamese import day_short, weekday

SCOPES = ("mine", "unit")
TONES: dict[cases.Urgency, Tone] = {
    cases.Urgency.LATE: "late",
    cases.Urgency.TODAY: "soon",
    cases.Urgency.NEXT: "soon",
    cases.Urgency.LATER: "ok",
    cases.Urgency.WAITING: "wait",
    cases.Urgency.READY: "ok",
}
# What is late or due today is shown whole; of the rest only the first, with a link to all.
SHORT = 8
LOOK_AHEAD = 7
STEPS = tuple(step for step in cases.Step if step is not cases.Step.CLOSED)


@dataclass(frozen=True)
class Section:
    """One group of the page."""

    key: str
    tone: Tone
    icon: str
    title: str
    count: int
    note: str
    lines: list[Line]
    has_more: bool


@require_safe
@needs("cases:case:read")
@counted
def show(request: HttpRequest) -> HttpResponse:
    """Show the live cases by urgency, narrowed by what the address says."""
    desk = cast("DeskRequest", request)
    counting = Counting(actor=desk.actor, at=desk.at)
    scope = request.GET.get("scope", "") if request.GET.get("scope") in SCOPES else "mine"
    filters = filters_of(request)
    next_day = counting.calendar.next_working_day(local_date(desk.at))
    found = cases.inbox(actor=desk.actor, at=desk.at, next_working_day=next_day, scope=scope, filters=filters)
    context = {
        "numbers": numbers(cases.today(actor=desk.actor, at=desk.at)),
        "found": found,
        "scope": scope,
        "filters": filters,
        "is_narrowed": any((filters.q, filters.field, filters.step, filters.channel, filters.urgency)),
        "urgency": cases.Urgency(filters.urgency).label if filters.urgency else "",
        "sections": [_section(group, counting=counting, next_day=next_day, whole=bool(filters.urgency)) for group in found.groups],
        "fields": [Option(name, name) for name in found.fields],
        "steps": options_of(cases.Step, only=STEPS),
        "channels": options_of(procedures.Channel),
        "may_receive": desk.actor.may("cases:case:receive"),
        "page_keys": [Key("j k", _("xuống, lên")), Key("Enter", _("mở hồ sơ")), Key("h", _("vì sao hẹn ngày này"))],
    }
    return render(request, "desk/inbox/list.html", context)


def filters_of(request: HttpRequest) -> cases.Filters:
    """Read the filters from the address; a word that is not in its vocabulary narrows nothing."""

    def word(name: str, allowed: list[str]) -> str:
        value = request.GET.get(name, "")
        return value if value in allowed else ""

    return cases.Filters(
        q=query_text(request),
        field=query_text(request, "field"),
        step=word("step", cases.Step.values()),
        channel=word("channel", procedures.Channel.values()),
        urgency=word("urgency", cases.Urgency.values()),
    )


def _section(group: cases.Group, *, counting: Counting, next_day: date, whole: bool) -> Section:
    urgent = group.urgency in {cases.Urgency.LATE, cases.Urgency.TODAY}
    made = lines(group.rows if whole or urgent else group.rows[:SHORT], counting)
    title = _(group.urgency.label)
    if group.urgency is cases.Urgency.NEXT:
        title = f"{title}, {weekday(next_day)} {day_short(next_day)}"
    return Section(
        key=group.urgency.value,
        tone=TONES[group.urgency],
        icon=ICONS[TONES[group.urgency]],
        title=title,
        count=group.count,
        note=_note(group.urgency, made, counting=counting, next_day=next_day),
        lines=made,
        has_more=group.count > len(made),
    )


def _note(urgency: cases.Urgency, made: list[Line], *, counting: Counting, next_day: date) -> str:
    """Return the quiet words beside a group's name: what it asks for."""
    if urgency is cases.Urgency.LATE:
        return _("Trả kết quả kèm văn bản xin lỗi")
    if urgency is cases.Urgency.TODAY and made:
        return _("Gần nhất %(left)s") % {"left": made[0].chip.left}
    if urgency is cases.Urgency.NEXT:
        return _holiday_ahead(counting, next_day)
    if urgency is cases.Urgency.WAITING:
        return _("Không tính vào thời gian giải quyết")
    if urgency is cases.Urgency.READY:
        return _("Báo người nộp đến nhận")
    return ""


def _holiday_ahead(counting: Counting, next_day: date) -> str:
    """Return the first named day off after the next working day, within a week; results are not handed out on it."""
    for step in range(1, LOOK_AHEAD + 1):
        day = next_day + timedelta(days=step)
        if counting.calendar.row(day) and not counting.calendar.is_working(day):
            words = {"day": sentence(f"{weekday(day)} {day_short(day)}"), "name": counting.calendar.name(day)}
            return _("%(day)s nghỉ (%(name)s), không có lịch trả") % words
    return ""
