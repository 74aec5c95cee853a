"""The service index: points by group for every unit, who stands where and since when, and where the points are lost."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cchc.figures import api as figures
from cchc.kernel.local import local_date
from cchc.kernel.text import vi_key
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring
from cchc.web.board.asking import START, Preset, Question, asked, unasked
from cchc.web.board.points import SET, change, course, hidden_units, lost, period_names, whole_period, whole_query
from cchc.web.board.shown import period_text
from cchc.web.ui.access import public
from cchc.web.ui.context import Frame
from cchc.web.ui.vietnamese import number_text


@dataclass(frozen=True)
class Row:
    """One unit in the table. ``change`` is against the period before, None where either has no points or is out of another maximum."""

    name: str
    url: str
    groups: tuple[str, ...] = ()
    total: str = ""
    out_of: str = ""
    rank: int | None = None
    change: str = ""
    is_hidden: bool = False


@require_safe
@public("Bộ chỉ số phục vụ người dân, doanh nghiệp được công khai (Quyết định 766/QĐ-TTg)")
def show(request: HttpRequest) -> HttpResponse:
    """Show the index of a unit and of those under it, for the running calendar month unless another period is asked for."""
    today = local_date(cast("Any", request).at)
    question = asked(request, today)
    if question is None:
        return unasked(request, today)
    if START not in request.GET:
        month = scoring.IndexPeriod.containing(scoring.PeriodKind.MONTH, today).period
        question = whole_period(question.unit, month, today)
    criteria = scoring.reference_set(SET)
    index = scoring.index_of(criteria, unit=question.unit, period=question.whole or question.period, today=today)
    actor = Frame(request).actor
    # Who reads the files of an agency may see what few of them come to; of others' no more than everybody.
    reads = actor is not None and actor.may("cases:case:read", unit_id=question.unit.id)
    is_hidden = not reads and figures.is_small(index.own.fewest)
    context = {
        "question": question,
        "period": period_text(question),
        "presets": _presets(question),
        "set": criteria,
        "index": index,
        "is_hidden": is_hidden,
        "may_import": actor is not None and actor.may("figures:value:import"),
        "may_read": reads,
        **({} if is_hidden else _own(criteria, question, index, whole=reads)),
        "standings": _standings(criteria, question, index, whole=reads),
        "unmeasured": [criterion.name for criterion in criteria.criteria if criterion.maximum and criterion.code not in index.own.metrics],
        "hidden": question.kept,
        "compare_query": whole_query(question),
    }
    return render(request, "board/index766.html", context, status=422 if question.problems else 200)


def _own(criteria: scoring.CriteriaSet, question: Question, index: scoring.Index, *, whole: bool) -> dict[str, Any]:
    own = index.own
    return {
        "total": number_text(own.total, criteria.places),
        "lost_total": number_text(own.out_of - own.total, criteria.places),
        "out_of": number_text(own.out_of.normalize()),
        "lost": lost(criteria, question, own),
        "change": change(criteria, own, index.before.get(own.unit_id), whole=whole),
        # A place tells of neighbours with few files too.
        "place": (own.rank, own.ranked) if whole and own.rank and own.ranked > 1 else None,
        "by_period": course(criteria, index, by_day=False, whole=whole),
        "by_day": course(criteria, index, by_day=True, whole=whole),
    }


def _presets(question: Question) -> list[Preset]:
    """Return the periods offered: calendar months, quarters and years, as the portal publishes."""
    found = []
    for name, kind, back in period_names():
        period = scoring.IndexPeriod.containing(kind, question.today).before(back)
        found.append(Preset(name, period.start, period.last, is_here=period.period == question.whole))
    return found


def _standings(criteria: scoring.CriteriaSet, question: Question, index: scoring.Index, *, whole: bool) -> list[tuple[str, list[Row]]]:
    """Return the units under the one asked for by kind, best first. Where some are hidden the places are counted among those shown."""
    names = organisations.units_on(list(index.below), index.counted_to)
    hidden = set() if whole else hidden_units(index.below)
    kinds: dict[organisations.UnitKind, list[int]] = {}
    for unit_id in index.below:
        kinds.setdefault(names[unit_id].kind, []).append(unit_id)
    found = []
    for kind, members in kinds.items():
        shown = [unit_id for unit_id in members if unit_id not in hidden]
        places = dict(zip(shown, scoring.ranks([index.below[unit_id].total for unit_id in shown]), strict=True))
        rows = []
        for unit_id in members:
            url = f"{reverse('board:index766')}?{whole_query(question, don_vi=names[unit_id].code)}"
            plain = Row(names[unit_id].full_name, url, is_hidden=unit_id in hidden)
            rows.append(plain if plain.is_hidden else _standing(criteria, index, unit_id, plain, places[unit_id], whole=whole))
        rows.sort(key=lambda row: (row.rank or len(rows) + 1, vi_key(row.name)))
        found.append((kind.label, rows))
    return found


def _standing(criteria: scoring.CriteriaSet, index: scoring.Index, unit_id: int, plain: Row, place: int | None, *, whole: bool) -> Row:
    score = index.below[unit_id]
    groups = [score.groups.get(group.code, (Decimal(0), Decimal(0))) for group in criteria.groups]
    return replace(
        plain,
        groups=tuple(number_text(points, criteria.places) if out_of else "–" for points, out_of in groups),
        total=number_text(score.total, criteria.places),
        out_of=number_text(score.out_of.normalize()),
        rank=place,
        change=change(criteria, score, index.before.get(unit_id), whole=whole),
    )
