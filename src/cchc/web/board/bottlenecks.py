"""Where files wait, for who reads them: each step against its term, what is sent back, the ways really gone, and the files behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.cases.api import FlowPart
from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.figures import Dimension
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.board.asking import UNIT, Question, asked, presets
from cchc.web.board.shown import period_text
from cchc.web.ui.access import actor_of, needs
from cchc.web.ui.context import Frame
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import Page
from cchc.web.ui.vietnamese import number_text

EDITION, PART, STEP, BACK_TO = "phien-ban", "phan", "buoc", "ve"
# How the parts are called in an address.
PARTS = {
    "tat-ca": FlowPart.ALL,
    "da-xong": FlowPart.ENDED,
    "da-qua": FlowPart.THROUGH,
    "qua-han": FlowPart.LATE,
    "dang-o": FlowPart.HERE,
    "tra-lai": FlowPart.RETURNED,
    "duong": FlowPart.WAY,
}
_NAMES = {part: name for name, part in PARTS.items()}
_HOUR = 60


@dataclass(frozen=True)
class Bar:
    """A step as a bar, in hundredths of the longest: its waiting, its work, the ninth of ten passes, its term (None: it has none)."""

    waiting: float
    working: float
    p90: float
    budget: float | None
    words: str


@dataclass(frozen=True)
class Line:
    """A step as a row: its numbers as text, and where those that can be opened lead."""

    step: cases.StepFlow
    name: str
    bar: Bar
    waiting: str
    working: str
    applicant: str
    budget: str
    late: str
    through_url: str
    here_url: str
    late_url: str
    is_worst: bool


@require_safe
@needs("cases:case:read")
def show(request: HttpRequest) -> HttpResponse:
    """Show the flow of the files accepted in a period by the actor's agency, or by a unit under it."""
    question = _question(request)
    wanted = _wanted(request, question)
    flow = cases.bottlenecks(actor=actor_of(request), at=cast("Any", request).at, asked=wanted)
    opens = _opener(question, flow.edition)
    worst = max(flow.steps, key=lambda step: step.share, default=None)
    context = {
        "question": question,
        "period": period_text(question),
        "presets": presets(question),
        "flow": flow,
        "lines": [_line(step, flow.steps, opens, is_worst=step is worst and step.share > 0) for step in flow.steps],
        "worst": worst,
        "worst_share": _percent(worst.share) if worst else "",
        "rework": [(item, opens(FlowPart.RETURNED, item.source, item.target)) for item in flow.rework],
        "ways": [(way, _percent(way.share), hours(way.median), opens(FlowPart.WAY, way.key)) for way in flow.ways],
        "all_url": opens(FlowPart.ALL),
        "ended_url": opens(FlowPart.ENDED),
        "units": _units(request),
        "procedure": wanted.procedure,
        "field": wanted.field,
        "editions": [
            (number, files, f"?{question.query(phien_ban=number)}")
            for number, files in (flow.choices.editions if len(flow.choices.editions) > 1 else ())
        ],
        "log_url": f"{reverse('rest:case_log')}?{question.query()}",
    }
    return render(request, "board/bottlenecks.html", context, status=422 if question.problems else 200)


@require_safe
@needs("cases:case:read")
def files(request: HttpRequest) -> HttpResponse:
    """Show the files behind one number of the page, those that the reader may open."""
    question = _question(request)
    wanted = _wanted(request, question)
    part = PARTS.get(query_text(request, PART))
    if part is None:
        raise NotFound(_("Không có danh sách này. Mở lại từ trang điểm nghẽn."))
    key, target = query_text(request, STEP), query_text(request, BACK_TO)
    typed = request.GET.get("truoc", "")
    before = int(typed[:18]) if typed.isascii() and typed.isdigit() else None
    actor, at = actor_of(request), cast("Any", request).at
    found = cases.flow_files(actor=actor, at=at, asked=wanted, part=part, key=key, target=target, before=before)
    here = {PART: _NAMES[part], STEP: key, BACK_TO: target, EDITION: wanted.edition}
    kept = {name.replace("-", "_"): value for name, value in here.items()}
    context = {
        "question": question,
        "period": period_text(question),
        "part": part,
        "what": " → ".join(_(name) for name in found.names),
        "found": found,
        "cases": {"rows": [(row, reverse("desk:case", args=[row.code])) for row in found.rows]},
        "back_url": f"{reverse('board:bottlenecks')}?{question.query(phien_ban=wanted.edition)}",
        "page": Page(
            next_url=f"?{question.query(truoc=found.following, **kept)}" if found.following is not None else "",
            first_url=f"?{question.query(**kept)}" if before is not None else "",
            label=_("Mới nhất trước"),
        ),
    }
    return render(request, "board/bottleneck_files.html", context)


def flow_url(request: HttpRequest, question: Question) -> str:
    """Return the address of the page for a question of another page, or nothing for who may not read those files."""
    actor = Frame(request).actor
    if actor is None or not actor.may("cases:case:read", unit_id=question.unit.id):
        return ""
    return f"{reverse('board:bottlenecks')}?{question.query()}"


def hours(minutes: float | None) -> str:
    """Return working minutes as hours, ``3,5``; a dash for nothing."""
    return "–" if minutes is None else number_text(minutes / _HOUR, 1)


def _question(request: HttpRequest) -> Question:
    """Return the question; without a unit, of the actor's agency."""
    today = local_date(cast("Any", request).at)
    question = asked(request, today, unit_code=query_text(request, UNIT) or _agency(request).code)
    assert question is not None, "a unit was named"
    return question


def _agency(request: HttpRequest) -> organisations.UnitView:
    actor: Actor = actor_of(request)
    assert actor.unit_id is not None, "who reads cases sits in a unit"
    return identity.agency_of(actor.unit_id, on=local_date(cast("Any", request).at))


def _wanted(request: HttpRequest, question: Question) -> cases.FlowAsked:
    """Return what the query is asked; a procedure says more than its field."""
    typed = query_text(request, EDITION)
    procedure = question.only.get(Dimension.PROCEDURE, "")
    return cases.FlowAsked(
        question.unit.id,
        question.period,
        procedure=procedure,
        field="" if procedure else question.only.get(Dimension.FIELD, ""),
        edition=int(typed[:6]) if typed.isascii() and typed.isdigit() else None,
    )


def _units(request: HttpRequest) -> list[organisations.UnitView]:
    """Return the agency and the units under it that have files; nothing where there is none to choose."""
    agency = _agency(request)
    ids = {scope.unit_id for scope in figures.scopes_of(agency.id)} - {agency.id}
    below = organisations.units_on(ids, local_date(cast("Any", request).at)) if ids else {}
    return [agency, *sorted(below.values(), key=lambda view: view.full_name)] if below else []


def _opener(question: Question, edition: int | None) -> Callable[..., str]:
    address = reverse("board:bottleneck_files")

    def opens(part: FlowPart, key: str = "", target: str = "") -> str:
        """Return where the files of a part are listed."""
        return f"{address}?{question.query(phan=_NAMES[part], buoc=key, ve=target, phien_ban=edition)}"

    return opens


def _line(step: cases.StepFlow, steps: tuple[cases.StepFlow, ...], opens: Callable[..., str], *, is_worst: bool) -> Line:
    # The budget of a step counts in the scale too: a quick step must not look long.
    longest = max([value for item in steps for value in (item.office.p90, item.budget) if value] or [1])
    median = step.office.median or 0
    waiting = median * step.waited
    bar = Bar(
        waiting=round(100 * waiting / longest, 2),
        working=round(100 * (median - waiting) / longest, 2),
        p90=round(100 * (step.office.p90 or 0) / longest, 2),
        budget=round(100 * step.budget / longest, 2) if step.budget is not None else None,
        words=_bar_words(step),
    )
    return Line(
        step=step,
        name=_(step.name),
        bar=bar,
        waiting=_spread(step.waiting),
        working=_spread(step.working),
        applicant=_spread(step.applicant) if step.applicant.p90 else "–",
        budget=hours(step.budget),
        late=_percent(step.late / step.judged) if step.judged else "–",
        through_url=opens(FlowPart.THROUGH, step.key),
        here_url=opens(FlowPart.HERE, step.key),
        late_url=opens(FlowPart.LATE, step.key),
        is_worst=is_worst,
    )


def _bar_words(step: cases.StepFlow) -> str:
    if step.office.median is None:
        return _("chưa có lượt nào xong")
    if not step.office.p90 and step.applicant.p90:
        return _("chỉ chờ người nộp: trung vị %(median)s giờ") % {"median": hours(step.applicant.median)}
    took = _("trung vị %(median)s giờ, 9/10 lượt không quá %(p90)s giờ") % {
        "median": hours(step.office.median),
        "p90": hours(step.office.p90),
    }
    return took if step.budget is None else _("%(took)s, hạn %(budget)s giờ") % {"took": took, "budget": hours(step.budget)}


def _spread(spread: cases.Spread) -> str:
    return "–" if spread.median is None else f"{hours(spread.median)} / {hours(spread.p90)}"


def _percent(share: float) -> str:
    return f"{number_text(share * 100, 0)}\u00a0%"
