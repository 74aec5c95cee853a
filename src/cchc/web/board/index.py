"""The service index: points by group for every unit, who stands where and since when, and where the points are lost."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring
from cchc.web.board.asking import START, Question, asked, presets
from cchc.web.board.shown import period_text
from cchc.web.ui.access import public
from cchc.web.ui.vietnamese import number_text

SET = "qd766"


@dataclass(frozen=True)
class Standing:
    """One unit in the table. ``change`` is against the month before, None where either has no points."""

    name: str
    url: str
    groups: tuple[str, ...]
    total: str
    out_of: str
    rank: int | None
    change: Decimal | None
    change_text: str


@dataclass(frozen=True)
class Lost:
    """Points lost on one criterion, with the figure that says why."""

    name: str
    points: str
    maximum: str
    lost: str
    part: float
    url: str


@require_safe
@public("Bộ chỉ số phục vụ người dân, doanh nghiệp được công khai (Quyết định 766/QĐ-TTg)")
def show(request: HttpRequest) -> HttpResponse:
    """Show the index of a unit and of those under it, for a calendar month unless another period is asked for."""
    today = local_date(cast("Any", request).at)
    question = asked(request, today)
    if question is None:
        return render(request, "board/empty.html")
    if START not in request.GET:
        question = Question(unit=question.unit, period=Period(today.replace(day=1), today + timedelta(days=1)), today=today)
    criteria = scoring.reference_set(SET)
    own = scoring.scored_unit(criteria, unit=question.unit, period=question.period)
    before = _before(question.period)
    context = {
        "question": question,
        "period": period_text(question),
        "presets": presets(question),
        "set": criteria,
        "own": own,
        "total": number_text(own.total, 2),
        "lost_total": number_text(own.out_of - own.total, 2),
        "out_of": number_text(own.out_of.normalize()),
        "standings": _standings(criteria, question, before),
        "lost": _lost(criteria, question, own),
        "unmeasured": [criterion.name for criterion in criteria.criteria if criterion.maximum and criterion.code not in own.metrics],
        "hidden": question.kept,
    }
    return render(request, "board/index766.html", context, status=422 if question.problems else 200)


def _before(period: Period) -> Period:
    """Return the month before for a month, else as many days before as the period has."""
    assert period.end is not None, "a question is of a closed period"
    if period.start.day == 1 and period.end <= (period.start.replace(day=28) + timedelta(days=4)).replace(day=1):
        last = period.start - timedelta(days=1)
        return Period(last.replace(day=1), period.start)
    return Period(period.start - (period.end - period.start), period.start)


def _standings(criteria: scoring.CriteriaSet, question: Question, before: Period) -> list[Standing]:
    now, then = (scoring.scored_below(criteria, unit=question.unit, period=period) for period in (question.period, before))
    names = organisations.units_on(list(now), question.last)
    places = dict(zip(now, scoring.ranks([item.total for item in now.values()]), strict=True))
    rows = []
    for unit_id, item in now.items():
        past = then.get(unit_id)
        change = item.total - past.total if past is not None and past.out_of == item.out_of else None
        rows.append(
            Standing(
                name=names[unit_id].full_name,
                url=f"{reverse('board:index766')}?{question.query(don_vi=names[unit_id].code)}",
                groups=tuple(
                    number_text(item.groups[group.code], 2) if item.groups_out_of.get(group.code) else "–" for group in criteria.groups
                ),
                total=number_text(item.total, 2),
                out_of=number_text(item.out_of.normalize()),
                rank=places[unit_id],
                change=change,
                change_text="" if change is None else f"{'+' if change > 0 else ''}{number_text(change, 2)}",
            )
        )
    return sorted(rows, key=lambda row: (row.rank or len(rows) + 1, row.name))


def _lost(criteria: scoring.CriteriaSet, question: Question, own: scoring.Scored) -> list[Lost]:
    """Return the criteria on which points are lost, the most first."""
    found = []
    for criterion in criteria.criteria:
        points = own.metrics.get(criterion.code)
        if points is None or not criterion.maximum or points >= criterion.maximum:
            continue
        missing = criterion.maximum - points
        key = criterion.figure or f"{criteria.code}.{criterion.code}"
        found.append(
            (
                missing,
                Lost(
                    criterion.name,
                    number_text(points, 2),
                    number_text(criterion.maximum.normalize()),
                    number_text(missing, 2),
                    float(missing / criterion.maximum),
                    question.url(key),
                ),
            )
        )
    return [item for _missing, item in sorted(found, key=lambda pair: -pair[0])]
