"""What every act page does: show the case with the act's price, perform, say who was faster when somebody was, keep what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.web.desk.case import head_chip
from cchc.web.desk.case_words import due_label, quiet
from cchc.web.desk.desk import DeskRequest
from cchc.web.ui.forms import Entry

Perform = Callable[[Entry, int | None], None]
Offers = Callable[[cases.CaseView], Mapping[str, Any]]


@dataclass(frozen=True)
class Page:
    """One act: its row of the table, its template, what it says when it is done (``%(code)s``), and what its form offers."""

    act: cases.Act
    template: str
    done: str
    offers: Offers
    issues: bool = False


def act_page(request: HttpRequest, code: str, page: Page, perform: Perform) -> HttpResponse:
    """Show the form of an act, or perform it and go back to the case.

    The form carries ``seen``, the revision the person was looking at: an act on a case that changed since is refused with the
    sentence who did what, and the form comes back as it was filled in, on the case as it is now.
    """
    desk = cast("DeskRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        seen = entry.whole("seen")
        with entry.catching():
            if entry.ok:
                perform(entry, seen)
        if entry.ok:
            messages.success(request, _(page.done) % {"code": code})
            return HttpResponseRedirect(_next(entry, code, page))
    case = cases.case(code=code, actor=desk.actor, at=desk.at)
    row = next((row for row in case.acts if row.act is page.act), None)
    if row is None and request.method != "POST":
        messages.info(request, _("Việc «%(act)s» không làm được với hồ sơ này lúc này.") % {"act": _(page.act.label)})
        return HttpResponseRedirect(reverse("desk:case", args=[case.row.code]))
    chip = head_chip(desk, case)
    context = {
        "case": case,
        "chip": chip,
        "due_label": due_label(chip, case.row),
        "act": row or next(item for item in cases.TABLE if item.act is page.act),
        "is_open": row is not None,
        "quiet": quiet(case),
        "after": entry.value("after"),
        "page_keys": [],
        **page.offers(case),
    }
    return entry.answer(request, page.template, context)


def _next(entry: Entry, code: str, page: Page) -> str:
    """Return where the work goes on: the returning desk for who came from there, else the case."""
    if entry.value("after") == "results":
        return reverse("desk:results")
    return reverse("desk:case", args=[code]) + ("?issued=1" if page.issues else "")
