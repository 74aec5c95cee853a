"""One figure: its definition, its number, what it is made of, and at the last level the very cases, as far as the reader may go."""

from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.figures import Dimension, Figure
from cchc.kernel.local import local_date
from cchc.web.board.asking import BY, CUTS, NARROWED, Question, asked, presets, unasked
from cchc.web.board.bottlenecks import flow_url
from cchc.web.board.contests import contests_on
from cchc.web.board.names import shown_name
from cchc.web.board.shown import cell, period_text, strip
from cchc.web.board.tables import subjects, table
from cchc.web.ui.access import public
from cchc.web.ui.context import Frame
from cchc.web.ui.dimensions import known
from cchc.web.ui.drawing import drawn
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import Page


@require_safe
@public("Mọi số liệu công bố đều mở được cách tính và thành phần; danh sách hồ sơ chỉ mở cho người có quyền xem hồ sơ")
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show a figure for the question in the address."""
    question = asked(request, local_date(cast("Any", request).at))
    if question is None:
        return unasked(request, local_date(cast("Any", request).at))
    figure = figures.measure(key).figure
    if figure.imported and question.whole is not None:
        # What was published is of whole periods, also of those that run.
        question = replace(question, period=question.whole)
    (shown,) = figures.public_tables([key], unit_id=question.unit.id, period=question.period, only=question.only)
    cut = _cut(request, question, figure.by)
    actor = Frame(request).actor
    # Who reads the files of an agency may see its small numbers; of others' no more than everybody.
    reads = actor is not None and actor.may("cases:case:read", unit_id=question.unit.id)
    context = {
        "question": question,
        "period": period_text(question),
        "presets": presets(question),
        "figure": figure,
        "total": cell(figure, shown.table.total, hidden=shown.total_hidden and not reads),
        "parts": _parts(request, question, figure, cut, whole=reads) if cut else "",
        "beside": strip(question, _beside(question, figure.beside), whole=reads),
        "narrowed": _narrowed(question),
        "cases": _cases(request, question, shown.table, actor) if actor is not None and actor.may("cases:case:read") else None,
        "contests": contests_on(question, key, reader=actor),
        "may_contest": reads,
        "may_sign_in": actor is None,
        "flow_url": flow_url(request, question) if key.startswith("cases.") else "",
    }
    return render(request, "board/figure.html", context, status=422 if question.problems else 200)


def _parts(request: HttpRequest, question: Question, figure: Figure, cut: str, *, whole: bool) -> str:
    """Draw what the figure is made of by one cut."""

    def context() -> dict[str, Any]:
        cuts = [(name, _(dimension.label), name == cut) for name, dimension in CUTS.items() if _open(question, dimension, figure.by)]
        return {"cuts": cuts, "parts": table(question, CUTS[cut], keys=[figure.key], whole=whole)}

    return drawn(request, "board/_parts.html", {"question": question, "whole": whole}, context, rests_on=subjects([figure.key]))


def _beside(question: Question, keys: tuple[str, ...]) -> tuple[figures.PublicTable, ...]:
    known_keys = {item.figure.key for item in figures.measures()}
    wanted = [key for key in keys if key in known_keys]
    return figures.public_tables(wanted, unit_id=question.unit.id, period=question.period, only=question.only) if wanted else ()


def _open(question: Question, dimension: Dimension, by: tuple[Dimension, ...]) -> bool:
    """Say whether the figure can still be cut so: it has the cut, and the question has not been narrowed to one value of it."""
    return dimension in by and dimension not in question.only


def _cut(request: HttpRequest, question: Question, by: tuple[Dimension, ...]) -> str:
    """Return the cut asked for, else the first that is open."""
    open_cuts = [name for name, dimension in CUTS.items() if _open(question, dimension, by)]
    wanted = query_text(request, BY)
    return wanted if wanted in open_cuts else next(iter(open_cuts), "")


def _narrowed(question: Question) -> list[tuple[str, str, str]]:
    """Return what the question is narrowed to: the dimension, the value in words, the address without it."""
    found = []
    for dimension, value in question.only.items():
        name = shown_name(dimension, known(dimension, [value], on=question.last)[value])
        found.append((_(dimension.label), name, f"?{question.query(**{NARROWED[dimension].replace('-', '_'): None})}"))
    return found


def _cases(request: HttpRequest, question: Question, counted: figures.FigureTable, actor: Actor) -> dict[str, Any] | None:
    """Return a page of the very cases that the reader may see; nothing for a figure that is a sum of others."""
    key = counted.figure.key
    if not figures.measure(key).part:
        return None
    typed = request.GET.get("truoc", "")
    before = int(typed[:18]) if typed.isascii() and typed.isdigit() else None
    wanted = figures.Asked(question.unit.id, question.period, (), question.only)
    rows, following = cases.behind(key=key, asked=wanted, actor=actor, at=cast("Any", request).at, before=before)
    # A sum of flows is the number of files behind it; what is counted otherwise may be hours, or shares.
    all_of_them = int(counted.total.number) if figures.measure(key).flows is not None else cases.count_behind(key=key, asked=wanted)
    mine = all_of_them if cases.opens_all(asked=wanted, actor=actor) else cases.count_behind(key=key, asked=wanted, actor=actor)
    # The sum is a few seconds older than the files.
    all_of_them = max(all_of_them, mine)
    return {
        "rows": [
            (row, reverse("desk:imported", args=[row.register, row.code]) if row.register else reverse("desk:case", args=[row.code]))
            for row in rows
        ],
        "mine": mine,
        "others": all_of_them - mine,
        "all": all_of_them,
        "page": Page(
            next_url=f"?{question.query(truoc=following)}" if following is not None else "",
            first_url=f"?{question.query()}" if before is not None else "",
            label=_("Mới nhất trước"),
        ),
    }
