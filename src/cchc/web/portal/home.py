"""The portal's first page: search, where is my file, what most people come for, and when we are closed."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.procedures import api as procedures
from cchc.web.portal.hours import closures, opening_hours
from cchc.web.ui.access import public
from cchc.web.ui.context import Frame
from cchc.worktime import api as worktime


@require_safe
@public("Trang chủ của cổng")
def show(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    today = local_date(cast("Any", request).at)
    unit = Frame(request).portal.unit
    schedule = organisations.schedule_of(unit.id, on=today) if unit else worktime.default_schedule()
    names = {row.code: row.name for row in procedures.featured()}
    popular = [(names[hit.code], hit) for hit in procedures.hits_for(list(names), on=today)]
    context = {
        "popular": popular,
        "closures": closures(calendar=worktime.load_calendar(), schedule=schedule, today=today),
        "hours": opening_hours(schedule),
    }
    return render(request, "portal/home.html", context)
