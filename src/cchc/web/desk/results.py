"""Returning results: what is signed and waits to be fetched, found by code or by the scanned receipt."""

from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.web.desk.codes import code_in, slip_in
from cchc.web.desk.desk import Counting, DeskRequest, counted
from cchc.web.desk.handover import checks
from cchc.web.desk.rows import lines, row_keys
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text


@require_safe
@needs("cases:case:hand_over")
@counted
def show(request: HttpRequest) -> HttpResponse:
    """Show the results that wait; when one case answers, show its form at once."""
    desk = cast("DeskRequest", request)
    words = query_text(request)
    if scanned := code_in(words):
        return HttpResponseRedirect(f"{reverse('desk:results')}?{urlencode({'q': scanned})}")
    if slip := slip_in(words):
        return HttpResponseRedirect(reverse("desk:slip", args=[slip]))
    counting = Counting(actor=desk.actor, at=desk.at)
    found = cases.inbox(
        actor=desk.actor,
        at=desk.at,
        next_working_day=counting.calendar.next_working_day(local_date(desk.at)),
        scope="unit",
        filters=cases.Filters(q=words, urgency=cases.Urgency.READY),
    )
    rows = found.groups[0].rows if found.groups else ()
    context = {
        "words": words,
        "lines": [(line, is_early(line.row, desk)) for line in lines(rows, counting)],
        "matching": found.matching,
        "other": _other(desk, words) if words and not rows else None,
        "page_keys": row_keys(),
        **_form(desk, rows[0].code if words and len(rows) == 1 else ""),
    }
    return render(request, "desk/results/list.html", context)


def is_early(row: cases.CaseRow, desk: DeskRequest) -> bool:
    """Say whether the result is there before its day, so that nobody knows yet: the applicant is told first."""
    return row.due_date is not None and row.due_date > local_date(desk.at)


def _form(desk: DeskRequest, code: str) -> dict[str, Any]:
    if not code:
        return {"case": None, "receiver": "", "reminders": []}
    case = cases.case(code=code, actor=desk.actor, at=desk.at)
    return {"case": case, **checks(case)}


def _other(desk: DeskRequest, words: str) -> cases.CaseRow | None:
    """Return the case that was meant when it has no result to return: so the page can say where it is."""
    rows, _following = cases.search(actor=desk.actor, at=desk.at, filters=cases.Filters(q=words))
    return rows[0] if len(rows) == 1 else None
