"""Opinions asked of one's units: what waits for an answer, and what was answered."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.cases import api as cases
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry

TEMPLATE = "desk/consultations/list.html"


@require_safe
@needs("cases:case:read")
@counted
def show(request: HttpRequest) -> HttpResponse:
    """Show what is asked, the most urgent first, each with its form; with ?answered=1 what was answered."""
    return render(request, TEMPLATE, _page(cast("DeskRequest", request), Entry()))


@require_POST
@needs("cases:case:read")
@counted
def answer(request: HttpRequest, code: str, seq: int) -> HttpResponse:
    """Write the opinion of the unit; what cannot be taken comes back in its form."""
    desk = cast("DeskRequest", request)
    entry = Entry(request.POST)
    with entry.catching():
        cases.answer_consultation(actor=desk.actor, at=desk.at, code=code, seq=seq, answer=entry.lines("answer"))
    if entry.ok:
        messages.success(request, _("Đã trả lời ý kiến về hồ sơ %(code)s.") % {"code": code})
        return HttpResponseRedirect(reverse("desk:consultations"))
    return entry.answer(request, TEMPLATE, _page(desk, entry, here=(code, seq)))


def _page(desk: DeskRequest, entry: Entry, here: tuple[str, int] | None = None) -> dict[str, Any]:
    answered = "answered" in desk.GET
    rows = cases.asked_of(actor=desk.actor, at=desk.at, answered=answered)
    may = desk.actor.may("cases:case:process") or desk.actor.may("cases:case:assign")
    shown = [(row, entry if (row.code, row.seq) == here else Entry()) for row in rows]
    return {"rows": shown, "answered": answered, "may_answer": may and not answered, "entry": entry, "page_keys": []}
