"""The leader's morning: what is late and with whom, how the agency stands, on one screen without scrolling."""

from datetime import datetime, time
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.figures import Dimension
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring
from cchc.web.board.asking import Question, default_period
from cchc.web.board.contests import waiting_for
from cchc.web.board.points import SET, course, index_number, lost, whole_period, whole_query
from cchc.web.board.public import MAP, overdue_map
from cchc.web.board.shown import period_text, strip
from cchc.web.board.slopes import slope
from cchc.web.board.tables import ON_TIME, OVERDUE, STRIP, by_field, fields, subjects
from cchc.web.ui.access import needs
from cchc.web.ui.drawing import drawn
from cchc.web.ui.forms import query_text
from cchc.web.ui.vietnamese import number_text

SHOWN = 8
LOST = 6


@require_safe
@needs("cases:case:read")
def show(request: HttpRequest) -> HttpResponse:
    """Show the board of the actor's agency and what stands under it."""
    actor, at = cast("Actor", cast("Any", request).actor), cast("datetime", cast("Any", request).at)
    today = local_date(at)
    assert actor.unit_id is not None, "who reads cases sits in a unit"
    agency = identity.agency_of(actor.unit_id, on=today)
    question = Question(unit=agency, period=default_period(today), today=today)
    below = [scope.unit_id for scope in figures.scopes_of(agency.id)]
    holders = cases.late_by_holder(actor=actor, at=at, agency_ids=below)
    names = organisations.units_on([row.unit_id for row in holders if row.unit_id is not None], today)
    month = scoring.IndexPeriod.containing(scoring.PeriodKind.MONTH, today).period
    criteria = scoring.reference_set(SET)
    index = scoring.index_of(criteria, unit=agency, period=month, today=today)
    of_month = whole_period(agency, month, today)
    context = {
        "question": question,
        "period": period_text(question),
        "numbers": [*strip(question, by_field(question), whole=True), index_number(criteria, of_month, index)],
        **_lost(criteria, of_month, index),
        "holders": [_holder(row, names, at) for row in holders[:SHOWN]],
        "late": sum(row.count for row in holders),
        "map": drawn(request, "board/_leaders_map.html", {"question": question}, lambda: _map(request, question), rests_on=subjects(STRIP)),
        "course": drawn(request, "board/_leaders_course.html", {"question": question}, lambda: _course(question), rests_on=subjects(STRIP)),
        "contests": waiting_for(actor),
    }
    return render(request, "board/leaders.html", context)


def _map(request: HttpRequest, question: Question) -> dict[str, Any]:
    by_unit = [Dimension.UNIT]
    (overdue,) = figures.public_tables([OVERDUE], unit_id=question.unit.id, period=question.period, by=by_unit, with_total=False)
    return {"map": overdue_map(question, overdue, wanted=query_text(request, MAP))}


def _course(question: Question) -> dict[str, Any]:
    return {
        "period": period_text(question),
        "fields": fields(question, whole=True),
        "slope": slope(question, ON_TIME),
    }


def _lost(criteria: scoring.CriteriaSet, question: Question, index: scoring.Index) -> dict[str, Any]:
    """Return what costs the most points this month, and the course of the total."""
    return {
        "index": index,
        "index_query": whole_query(question),
        "lost": lost(criteria, question, index.own)[:LOST],
        "index_total": number_text(index.own.total, criteria.places),
        "index_out_of": number_text(index.own.out_of.normalize()),
        "index_lost": number_text(index.own.out_of - index.own.total, criteria.places),
        "by_period": course(criteria, index, by_day=False, whole=True),
        "by_day": course(criteria, index, by_day=True, whole=True),
    }


def _holder(row: cases.LateHolder, names: dict[int, organisations.UnitView], at: datetime) -> dict[str, Any]:
    days = (at - at_local(local_date(row.oldest), time.min)).days
    name = names[row.unit_id].full_name if row.unit_id is not None else _("Không ai giữ")
    return {"name": name, "count": row.count, "days": max(days, 0), "step": row.step}
