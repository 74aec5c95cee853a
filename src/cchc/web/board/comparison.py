"""Our points of the index beside those that the portal published: difference by difference, with what explains it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.scoring import api as scoring
from cchc.web.board.asking import LAST, START, UNIT, Preset, Question, asked
from cchc.web.board.importing import read_upload
from cchc.web.board.points import SET, period_names, whole_period, whole_query
from cchc.web.board.shown import period_text
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.vietnamese import number_text

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:read")
def show(request: HttpRequest) -> HttpResponse:
    """Show the comparison of the actor's agency, or of a unit under it; take a file of published points."""
    actor, at = cast("Actor", cast("Any", request).actor), cast("datetime", cast("Any", request).at)
    entry = Entry(request.POST, files=request.FILES) if request.method == "POST" else Entry()
    question = _question(request, actor, local_date(at))
    if request.method == "POST":
        actor.must("figures:value:import")
        source = entry.text("source", required=_("Ghi số liệu lấy từ đâu, ngày nào."))
        content = read_upload(entry)
        if entry.ok and content is not None:
            with entry.catching():
                file = scoring.import_published(actor=actor, at=at, content=content, source=source)
                count = sum(len(values) for values in file.by_period.values())
                messages.success(request, _("Đã giữ %(count)s điểm công bố để đối chiếu.") % {"count": number_text(count)})
                period = file.latest
                query = question.query(**{START: period.start.isoformat(), LAST: period.last.isoformat()})
                return HttpResponseRedirect(f"{reverse('board:index766_comparison')}?{query}")
    return entry.answer(request, "board/comparison.html", _context(question, actor, local_date(at)))


def _question(request: HttpRequest, actor: Actor, today: date) -> Question:
    """Return the question about the actor's agency or a unit under it: of the period last imported, unless another is asked for."""
    assert actor.unit_id is not None, "who reads cases sits in a unit"
    agency = identity.agency_of(actor.unit_id, on=today)
    question = asked(request, today, unit_code=query_text(request, UNIT) or agency.code)
    assert question is not None, "a unit is named"
    if not actor.may("cases:case:read", unit_id=question.unit.id):
        raise NotFound(_("Đối chiếu của đơn vị này không thuộc cơ quan bạn."))
    if START not in request.GET:
        last = (
            scoring.last_published(scoring.reference_set(SET)) or scoring.IndexPeriod.containing(scoring.PeriodKind.MONTH, today).before()
        )
        question = whole_period(question.unit, last.period, today)
    return question


def _context(question: Question, actor: Actor, today: date) -> dict[str, Any]:
    criteria, period = scoring.reference_set(SET), scoring.IndexPeriod.of(question.whole or question.period)
    kept = scoring.published_scores(criteria, period=period, under=question.unit, day=question.last) if period else None
    found = scoring.compared(criteria, period=period, published=kept.values, today=today) if period and kept else ()
    apart = [each for each in found if each.why is not scoring.Why.SAME]
    return {
        "question": question,
        "period": period_text(question),
        "presets": [
            Preset(name, item.start, item.last, is_here=item == period)
            for name, item in ((name, scoring.IndexPeriod.containing(kind, today).before(back)) for name, kind, back in period_names())
        ],
        "hidden": question.kept,
        "named": period,
        "kept": kept,
        "agreeing": len(found) - len(apart),
        "apart": [(each, *_texts(criteria, question, each)) for each in apart[:SHOWN]],
        "more": max(len(apart) - SHOWN, 0),
        "may_import": actor.may("figures:value:import"),
        "index_query": whole_query(question),
    }


def _texts(criteria: scoring.CriteriaSet, question: Question, each: scoring.Compared) -> tuple[str, str, str, str]:
    """Return our points, theirs and the difference in Vietnamese form, and where our number opens."""
    url = question.url(scoring.key_of(criteria, each.item), don_vi=each.unit.code, **_whole(question)) if each.is_criterion else ""
    sign = "" if each.difference is None else "+" if each.difference > 0 else "−"
    difference = "–" if each.difference is None else f"{sign}{number_text(abs(each.difference), criteria.places)}"
    return _points(criteria, each.ours), _points(criteria, each.published), difference, url


def _whole(question: Question) -> dict[str, str]:
    last = question.whole.last if question.whole and question.whole.last else question.last
    return {LAST: last.isoformat()}


def _points(criteria: scoring.CriteriaSet, points: Decimal | None) -> str:
    return "–" if points is None else number_text(points, criteria.places)
