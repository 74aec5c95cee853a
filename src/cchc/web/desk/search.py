"""Look a case up, and open a number: the register of the agency, the newest first."""

from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.procedures import api as procedures
from cchc.web.desk.codes import code_in
from cchc.web.desk.desk import Counting, DeskRequest, counted
from cchc.web.desk.inbox import filters_of, is_narrowed, query_of
from cchc.web.desk.rows import lines, row_keys
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import Page, options_of

PAGE = "search"


@require_safe
@needs("cases:case:read")
@counted
def show(request: HttpRequest) -> HttpResponse:
    """Show the cases that match, or the very cases behind a figure; a scanned receipt opens its case."""
    desk = cast("DeskRequest", request)
    if scanned := code_in(query_text(request)):
        return HttpResponseRedirect(reverse("desk:case", args=[scanned]))
    key = query_text(request, "figure")
    before = request.GET.get("before", "")
    start = int(before[:18]) if before.isascii() and before.isdigit() else None
    filters = filters_of(request)
    if key:
        figure = cases.figure(key)
        rows, following = cases.records(key=key, actor=desk.actor, at=desk.at, before=start)
    else:
        figure = None
        rows, following = cases.search(actor=desk.actor, at=desk.at, filters=filters, before=start)
    if not key and start is None and len(rows) == 1 and rows[0].code == filters.q.upper():
        return HttpResponseRedirect(reverse("desk:case", args=[rows[0].code]))
    context = {
        "figure": figure,
        "filters": filters,
        "is_narrowed": is_narrowed(filters),
        "query": query_of(request),
        "saved": () if key else cases.saved_filters(actor=desk.actor, page=PAGE),
        "lines": lines(rows, Counting(actor=desk.actor, at=desk.at)),
        "page": _page(request, start, following),
        "steps": options_of(cases.Step),
        "channels": options_of(procedures.Channel),
        "page_keys": row_keys(),
    }
    return render(request, "desk/cases/search.html", context)


def _page(request: HttpRequest, start: int | None, following: int | None) -> Page:
    kept = {name: value for name, value in request.GET.items() if name != "before" and value}
    return Page(
        next_url=f"?{urlencode({**kept, 'before': following})}" if following is not None else "",
        first_url=f"?{urlencode(kept)}" if start is not None else "",
        label=_("Mới nhất trước"),
    )
