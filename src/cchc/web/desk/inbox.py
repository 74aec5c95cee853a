"""The inbox: what waits for me, or for my whole office, the most urgent first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures
from cchc.web.desk.batch import ACTS, Many, fitting
from cchc.web.desk.desk import Counting, DeskRequest, counted
from cchc.web.desk.figures import numbers
from cchc.web.desk.rows import Line, lines
from cchc.web.desk.week import strip
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import ICONS, Key, Option, Tone, options_of
from cchc.web.ui.templatetags.ui import sentence
from cchc.web.ui.vietnamese import day_short, day_text, weekday

SCOPES = ("mine", "unit")
TONES: dict[cases.Urgency, Tone] = {
    cases.Urgency.LATE: "late",
    cases.Urgency.TODAY: "soon",
    cases.Urgency.NEXT: "soon",
    cases.Urgency.LATER: "ok",
    cases.Urgency.WAITING: "wait",
    cases.Urgency.READY: "ok",
}
# So many lines are drawn on the whole page, the most urgent first. Of what is neither late nor due today only a few of each group;
# every group that has more than is drawn says so, and opens.
FIRST, SHORT = 50, 8
LOOK_AHEAD = 7
PAGE = "inbox"
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
    lines: list[tuple[Line, list[Many]]]
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
    most = cases.PAGE if is_whole(filters) else FIRST
    found = cases.inbox(actor=desk.actor, at=desk.at, next_working_day=next_day, scope=scope, filters=filters, most=most)
    desk.inbox_count = lambda: found.mine
    sections = [_section(group, desk=desk, counting=counting, next_day=next_day, whole=is_whole(filters)) for group in found.groups]
    possible = {many.noun for section in sections for _line, fits in section.lines for many in fits}
    context = {
        "numbers": numbers(cases.today(actor=desk.actor, at=desk.at)),
        "found": found,
        "scope": scope,
        "filters": filters,
        "is_narrowed": is_narrowed(filters),
        "urgency": cases.Urgency(filters.urgency).label if filters.urgency else "",
        "sections": sections,
        "batch_acts": [many for many in ACTS if many.noun in possible],
        "week": strip(desk.actor, counting),
        "saved": cases.saved_filters(actor=desk.actor, page=PAGE),
        "query": query_of(request),
        "people": _people(desk),
        "procedures": [Option(code, title) for code, title in found.procedures],
        "troubles": troubles(),
        "narrowed_words": words_of(filters),
        "may_sign_day": desk.actor.may("cases:case:receive"),
        "fields": [Option(name, name) for name in found.fields],
        "steps": options_of(cases.Step, only=STEPS),
        "channels": options_of(procedures.Channel),
        "may_receive": desk.actor.may("cases:case:receive"),
        "page_keys": [
            Key("j k", _("xuống, lên")),
            Key("x", _("chọn hồ sơ")),
            Key("Shift+x", _("chọn cả đoạn")),
            Key("Esc", _("bỏ chọn")),
            Key("Enter", _("mở hồ sơ")),
            Key("h", _("vì sao hẹn ngày này")),
        ],
    }
    return render(request, "desk/inbox/list.html", context)


def filters_of(request: HttpRequest) -> cases.Filters:
    """Read the filters from the address; a word that is not in its vocabulary narrows nothing."""

    def word(name: str, allowed: list[str]) -> str:
        value = request.GET.get(name, "")
        return value if value in allowed else ""

    def number(name: str) -> str:
        value = request.GET.get(name, "")[:18]
        return value if value.isascii() and value.isdigit() else ""

    def day(name: str) -> str:
        try:
            return date.fromisoformat(request.GET.get(name, "")).isoformat()
        except ValueError:
            return ""

    return cases.Filters(
        q=query_text(request),
        field=query_text(request, "field"),
        step=word("step", cases.Step.values()),
        channel=word("channel", procedures.Channel.values()),
        urgency=word("urgency", cases.Urgency.values()),
        holder=number("holder"),
        procedure=query_text(request, "procedure", longest=60),
        trouble=word("trouble", [cases.STEP_LATE, cases.OWES_APOLOGY]),
        due=day("due"),
    )


def is_narrowed(filters: cases.Filters) -> bool:
    """Say whether anything narrows the list."""
    return filters != cases.Filters()


def is_whole(filters: cases.Filters) -> bool:
    """Say whether the list was asked for as a whole, rather than the beginning of each group."""
    return bool(filters.urgency or filters.due or filters.trouble or filters.holder)


def query_of(request: HttpRequest) -> str:
    """Return the filters of this address as a query string, without what is empty or belongs to a page."""
    kept = request.GET.copy()
    for name in [name for name, value in kept.items() if not value or name in {"before", "format"}]:
        kept.pop(name)
    return kept.urlencode()


def troubles() -> list[Option]:
    """Return what may be wrong with a case."""
    return [Option(cases.STEP_LATE, _("Quá hạn bước")), Option(cases.OWES_APOLOGY, _("Chờ xin lỗi"))]


def words_of(filters: cases.Filters, people: dict[str, str] | None = None) -> list[str]:
    """Return the filters as words, for the head of the list and for paper."""
    words = [f"«{filters.q}»"] if filters.q else []
    words += [filters.field] if filters.field else []
    words += [_("Bước: %(step)s") % {"step": _(cases.Step(filters.step).label)}] if filters.step else []
    words += [_(procedures.Channel(filters.channel).label)] if filters.channel else []
    words += [_(cases.Urgency(filters.urgency).label)] if filters.urgency else []
    words += [option.label for option in troubles() if option.value == filters.trouble]
    words += [_("Thủ tục: %(code)s") % {"code": filters.procedure}] if filters.procedure else []
    words += [_("Người giữ: %(name)s") % {"name": (people or {}).get(filters.holder, filters.holder)}] if filters.holder and people else []
    words += [_("Đến hạn ngày %(day)s") % {"day": day_text(date.fromisoformat(filters.due))}] if filters.due else []
    return words


def _people(desk: DeskRequest) -> list[Option]:
    found = identity.people_of(sorted(desk.actor.units), local_date(desk.at))
    return [Option(str(post.id), post.name, post.title) for post in found]


def _section(group: cases.Group, *, desk: DeskRequest, counting: Counting, next_day: date, whole: bool) -> Section:
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
        lines=[(line, fitting(line.row, desk)) for line in made],
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
