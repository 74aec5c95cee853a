"""Contested numbers: from the page of a figure, the list for who answers, and each answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.figures import Dimension
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.board.asking import LAST, NARROWED, START, UNIT, Question, asked
from cchc.web.board.names import shown_name
from cchc.web.board.shown import cell, period_text, value_text
from cchc.web.ui.access import actor_of, needs
from cchc.web.ui.dimensions import known
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Page, options_of
from cchc.web.ui.vietnamese import day_text


@dataclass(frozen=True)
class Shown:
    """A contest as a page shows it. ``url`` opens the number as it was contested; ``was`` is its value then."""

    contest: figures.ContestView
    label: str
    unit: str
    period: str
    cut: str
    was: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:read")
def create(request: HttpRequest, key: str) -> HttpResponse:
    """Show the number in question with a form; keep what is said against it."""
    actor, at = actor_of(request), cast("Any", request).at
    question = asked(request, local_date(at))
    if question is None:
        raise NotFound(_("Chưa có số liệu nào để kiến nghị."))
    actor.must("cases:case:read", unit_id=question.unit.id)
    figure = figures.measure(key).figure
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        for sentence in question.problems.values():
            entry.refuse("", sentence)
        with entry.catching():
            if entry.ok:
                figures.contest(
                    actor=actor,
                    at=at,
                    key=key,
                    unit_id=question.unit.id,
                    period=question.period,
                    only=question.only,
                    reason=entry.lines("reason"),
                )
        if entry.ok:
            messages.success(request, _("Đã ghi kiến nghị. Câu trả lời sẽ hiện cùng số liệu này."))
            return HttpResponseRedirect(f"{question.url(key)}#kien-nghi")
    table = figures.figure_table(key, unit_id=question.unit.id, period=question.period, only=question.only)
    context = {
        "question": question,
        "figure": figure,
        "total": cell(figure, table.total, hidden=False),
        "period": period_text(question),
        "cut": _cut(question),
        "back": question.url(key),
    }
    return entry.answer(request, "board/contest.html", context)


@require_safe
@needs("figures:contest:answer")
def listing(request: HttpRequest) -> HttpResponse:
    """Show the contests that wait for an answer, or with ?da-tra-loi=1 those that were answered, the newest first."""
    answered = "da-tra-loi" in request.GET
    typed = request.GET.get("truoc", "")
    before = int(typed[:18]) if typed.isascii() and typed.isdigit() else None
    found, following = figures.contests_for(actor_of(request), answered=answered, before=before)
    kept = "da-tra-loi=1&" if answered else ""
    context = {
        "rows": _shown(found),
        "answered": answered,
        "page": Page(
            next_url=f"?{kept}truoc={following}" if following is not None else "",
            first_url=f"?{kept}" if before is not None else "",
            label=_("Mới nhất trước"),
        ),
    }
    return render(request, "board/contests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("figures:contest:answer")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Show one contest; write the answer."""
    actor = actor_of(request)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        verdict = entry.chosen("verdict", figures.Verdict, required=_("Chọn chấp nhận hay giữ nguyên."))
        words = entry.lines("answer", required=_("Ghi câu trả lời: đã kiểm tra gì, kết quả thế nào."))
        if entry.ok and verdict is not None:
            with entry.catching():
                figures.answer_contest(actor=actor, at=cast("Any", request).at, code=code, verdict=verdict, answer=words)
        if entry.ok:
            messages.success(request, _("Đã trả lời. Kiến nghị và câu trả lời hiện cùng số liệu."))
            return HttpResponseRedirect(reverse("board:contests"))
    (shown,) = _shown([figures.contest_of(code, actor=actor)])
    return entry.answer(request, "board/contest_answer.html", {"row": shown, "verdicts": options_of(figures.Verdict, only=figures.ANSWERS)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:read")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take one's own contest back, and say why."""
    actor = actor_of(request)
    entry = Entry(request.POST if request.method == "POST" else {})
    (shown,) = _shown([figures.own_contest(code, actor=actor)])
    if request.method == "POST":
        with entry.catching():
            figures.withdraw_contest(actor=actor, at=cast("Any", request).at, code=code, reason=entry.lines("reason"))
        if entry.ok:
            messages.success(request, _("Đã rút kiến nghị. Nội dung và lý do rút ở lại cùng số liệu."))
            return HttpResponseRedirect(f"{shown.url}#kien-nghi" if shown.url else reverse("board:home"))
    return entry.answer(request, "board/contest_withdrawal.html", {"row": shown})


def contests_on(question: Question, key: str, *, reader: Actor | None) -> list[Shown]:
    """Return what was contested of a figure of the unit asked about, in days of the period asked about."""
    return _shown(figures.contests_of(key, unit_id=question.unit.id, period=question.period, reader=reader))


def waiting_for(actor: Actor | None) -> int | None:
    """Return how many contests wait for the reader's answer; None for who answers none."""
    return figures.count_contests(actor) if actor is not None and actor.may("figures:contest:answer") else None


def _cut(question: Question) -> str:
    return " · ".join(shown_name(cut, known(cut, [value], on=question.last)[value]) for cut, value in question.only.items())


def _shown(found: Sequence[figures.ContestView]) -> list[Shown]:
    """Return the contests with the names of units and cuts as they were on the last day of the number: all of a day at once."""
    units: dict[date, set[int]] = {}
    values: dict[tuple[Dimension, date], set[str]] = {}
    for view in found:
        units.setdefault(view.last, set()).add(view.unit_id)
        for cut, value in view.only.items():
            values.setdefault((cut, view.last), set()).add(value)
    views = {day: organisations.units_on(ids, day) for day, ids in units.items()}
    names = {(cut, day): known(cut, wanted, on=day) for (cut, day), wanted in values.items()}
    rows = []
    for view in found:
        unit = views[view.last][view.unit_id]
        address = {UNIT: unit.code, START: view.start, LAST: view.last} | {NARROWED[cut]: value for cut, value in view.only.items()}
        rows.append(
            Shown(
                contest=view,
                label=_(view.figure.label) if view.figure else view.key,
                unit=unit.full_name,
                period=_("%(start)s đến hết %(last)s") % {"start": day_text(view.start), "last": day_text(view.last)},
                cut=" · ".join(shown_name(cut, names[cut, view.last][value]) for cut, value in view.only.items()),
                was=value_text(view.figure, view.value) if view.figure else "",
                url=f"{reverse('board:figure', args=[view.key])}?{urlencode(address)}" if view.figure else "",
            )
        )
    return rows
