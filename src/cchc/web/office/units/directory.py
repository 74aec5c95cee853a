"""Search of the whole directory: every unit that is or was, without accents, homonyms told apart by where they stand."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cchc.organisations import api as organisations
from cchc.web.office.office import OfficeRequest
from cchc.web.office.units.places import today_of
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text

_MOST = 50


@require_safe
@needs("organisations:unit:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Show the units called so, or bearing that code, on the day in the address."""
    office = cast("OfficeRequest", request)
    asked = Entry(request.GET)
    today = today_of(office)
    on = asked.day("on") or today
    text = query_text(request)
    found = organisations.find_units(text, on=on, limit=_MOST) if text else ()
    names = [unit.full_name for unit in found]
    context = {
        "text": text,
        "on": on,
        "is_today": on == today,
        "found": found,
        "homonyms": len(names) > len(set(names)),
        "is_cut": len(found) == _MOST,
        "page_keys": [],
    }
    return asked.answer(request, "office/units/directory.html", context)
