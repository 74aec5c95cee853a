"""A person's posts: given, ended, put into a substitute's hands on behalf of the absent one."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cchc.identity import api as identity
from cchc.kernel.errors import NotFound
from cchc.web.office.absence import colleagues, delegated
from cchc.web.office.office import OfficeRequest
from cchc.web.office.people.person import page_of
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_POST
@needs("identity:post:appoint")
def appoint(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give the person another post."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST)
    unit_id = entry.whole("unit", required=_("Chọn đơn vị."), most=2**62)
    role, title = entry.text("role", required=_("Chọn vai trò.")), entry.text("title", required=_("Nhập chức danh."))
    since, last = entry.day("since", required=_("Nhập ngày bắt đầu giữ vị trí.")), entry.day("last")
    if entry.ok and unit_id and since:
        with entry.catching({"until": "last"}):
            identity.appoint_person(
                actor=office.actor,
                at=office.at,
                person_id=person_id,
                unit_id=unit_id,
                role=role,
                title=title,
                since=since,
                until=last + timedelta(days=1) if last else None,
            )
            messages.success(request, _("Đã giao vị trí công tác."))
            return HttpResponseRedirect(reverse("office:person", args=[person_id]))
    return entry.answer(request, "office/people/person.html", page_of(office, person_id, opened="post"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("identity:post:appoint")
def end(request: HttpRequest, person_id: UUID, number: int) -> HttpResponse:
    """Ask for the first day without the post, and end it."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        until = entry.day("until", required=_("Nhập ngày thôi giữ vị trí."))
        if entry.ok and until:
            with entry.catching():
                identity.end_post(actor=office.actor, at=office.at, post_id=number, until=until)
                messages.success(request, _("Đã ghi ngày thôi giữ vị trí."))
                return HttpResponseRedirect(reverse("office:person", args=[person_id]))
    return entry.answer(request, "office/people/ending.html", _post_page(office, person_id, number))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("identity:post:appoint")
def delegate(request: HttpRequest, person_id: UUID, number: int) -> HttpResponse:
    """Name a substitute for somebody who is away and did not do it."""
    office = cast("OfficeRequest", request)
    context = _post_page(office, person_id, number)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST" and delegated(entry, office, post_id=number) is not None:
        messages.success(request, _("Đã ghi ủy quyền."))
        return HttpResponseRedirect(reverse("office:person", args=[person_id]))
    return entry.answer(request, "office/people/absence.html", {**context, "options": colleagues(context["held"].post, office)})


def _post_page(office: OfficeRequest, person_id: UUID, number: int) -> dict[str, Any]:
    person = identity.person_row(person_id, actor=office.actor)
    held = next((item for item in identity.posts_through_time(person_id) if item.post.id == number), None)
    if person is None or held is None:
        raise NotFound(_("Không có vị trí này trong cơ quan của ông bà."))
    return {"person": person, "held": held, "page_keys": []}
