"""One person: account, posts through time, absence, journal; name and e-mail are changed here."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.identity import api as identity
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.web.office.journal import lines_of
from cchc.web.office.office import OfficeRequest
from cchc.web.office.people.listing import role_options, unit_options
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_safe
@needs("identity:person:edit")
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show the person."""
    office = cast("OfficeRequest", request)
    return Entry().answer(request, "office/people/person.html", page_of(office, person_id))


@require_POST
@needs("identity:person:edit")
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change name and e-mail."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST)
    name, email = entry.text("full_name", required=_("Nhập họ và tên.")), entry.text("email")
    if entry.ok:
        with entry.catching():
            identity.edit_person(actor=office.actor, at=office.at, person_id=person_id, full_name=name, email=email)
            messages.success(request, _("Đã lưu."))
            return HttpResponseRedirect(reverse("office:person", args=[person_id]))
    return entry.answer(request, "office/people/person.html", page_of(office, person_id, opened="details"))


def page_of(office: OfficeRequest, person_id: UUID, *, opened: str = "") -> dict[str, Any]:
    """Return what the page shows; ``opened`` names the form whose entry comes back. Raises ``NotFound`` outside the agency."""
    person = identity.person_row(person_id, actor=office.actor)
    if person is None:
        raise NotFound(_("Không có người này trong cơ quan của ông bà."))
    day = local_date(office.at)
    posts = identity.posts_through_time(person_id)
    elsewhere = identity.outside(person_id, units=office.actor.units, on=day)
    return {
        "person": person,
        "opened": opened,
        "elsewhere": elsewhere,
        "may_edit": not elsewhere,
        "may_appoint": office.actor.may(identity.Right.APPOINT),
        "is_closed": person.account is identity.Account.CLOSED,
        "is_self": person_id == office.actor.person,
        "posts": [(item, item.runs(day), item.post.unit_id in office.actor.units) for item in posts],
        "delegations": [(item, item.state(day)) for item in identity.delegations_of(person_id)],
        "problems_now": {},
        "open_states": {identity.DelegationState.COMING, identity.DelegationState.NOW},
        "units": unit_options(office),
        "roles": role_options(),
        "today": f"{day:%d/%m/%Y}",
        "journal": lines_of(f"person:{person_id}", on=day),
        "page_keys": [],
    }
