"""The people of the office: searched without accents, filtered in the address."""

from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import Option, Page


@require_safe
@needs("identity:person:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Show who works in the actor's agency and below, and where delegated work has nobody."""
    office = cast("OfficeRequest", request)
    day = local_date(office.at)
    units = unit_options(office)
    roles = role_options()
    q, role, idle = query_text(request), request.GET.get("role", ""), request.GET.get("idle") == "1"
    unit = request.GET.get("unit", "")
    unit = unit if unit in {option.value for option in units} else ""
    role = role if role in {option.value for option in roles} else ""
    start = request.GET.get("start", "")
    begin = min(int(start[:9]), 10**6) if start.isascii() and start.isdigit() else 0
    found = identity.find_people(actor=office.actor, on=day, q=q, unit_id=int(unit) if unit else None, role=role, idle=idle, start=begin)
    kept = {name: value for name, value in request.GET.items() if name != "start" and value}
    context = {
        "found": found,
        "q": q,
        "unit": unit,
        "role": role,
        "idle": idle,
        "is_narrowed": bool(q or unit or role or idle),
        "units": units,
        "roles": roles,
        "problems": identity.stands_in_problems(office.actor.units, day),
        "page": Page(
            next_url=f"?{urlencode({**kept, 'start': found.following})}" if found.following is not None else "",
            first_url=f"?{urlencode(kept)}" if begin else "",
            label=_("Xếp theo tên"),
        ),
        "page_keys": [],
    }
    return render(request, "office/people/list.html", context)


def unit_options(office: OfficeRequest) -> list[Option]:
    """Return the units the actor's rights hold in, the agency first."""
    day = local_date(office.at)
    if office.actor.unit_id is None:
        return []
    agency = identity.agency_of(office.actor.unit_id, on=day)
    return [Option(str(unit.id), unit.full_name) for unit in (agency, *organisations.descendants_on(agency.id, day))]


def role_options() -> list[Option]:
    """Return the roles that there are."""
    return [Option(role.code, role.name) for role in identity.roles()]
