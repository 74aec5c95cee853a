"""Look at the whole identity number: allowed to few, and written in the ledger of the case."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cchc.cases import api as cases
from cchc.web.desk.case import page_of
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs


@require_POST
@needs("cases:party:reveal")
@counted
def reveal(request: HttpRequest, code: str) -> HttpResponse:
    """Show the case page once with the whole numbers; the next look is a new entry."""
    desk = cast("DeskRequest", request)
    numbers = cases.reveal_identity(actor=desk.actor, at=desk.at, code=code)
    case = cases.case(code=code, actor=desk.actor, at=desk.at)
    shown = {role.value: number for role, number in numbers.items()}
    return render(request, "desk/cases/show.html", {**page_of(desk, case), "numbers": shown})
