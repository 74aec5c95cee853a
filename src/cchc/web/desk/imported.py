"""A case of an imported register, to be read."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.web.desk.desk import Counting, DeskRequest, counted
from cchc.web.desk.rows import chip
from cchc.web.ui.access import needs


@require_safe
@needs("cases:case:read")
@counted
def show(request: HttpRequest, register: str, code: str) -> HttpResponse:
    """Show what came in with the case."""
    desk = cast("DeskRequest", request)
    case = cases.imported(register=register, code=code, actor=desk.actor, at=desk.at)
    return render(request, "desk/cases/imported.html", {"case": case, "chip": chip(case.row, Counting(actor=desk.actor, at=desk.at))})
