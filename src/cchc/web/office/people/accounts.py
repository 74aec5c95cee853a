"""Accounts: opened with a first post, closed, reopened, given a one-time password that is shown once."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.web.office.office import OfficeRequest
from cchc.web.office.people.listing import role_options, unit_options
from cchc.web.office.people.person import page_of
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("identity:person:edit")
def create(request: HttpRequest) -> HttpResponse:
    """Open an account with its first post, and show its one-time password."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        made = _opened(entry, office)
        if made is not None:
            return _shown_once(request, *made, is_new=True)
    today = f"{local_date(office.at):%d/%m/%Y}"
    context = {"units": unit_options(office), "roles": role_options(), "today": today, "page_keys": []}
    return entry.answer(request, "office/people/new.html", context)


@require_POST
@needs("identity:person:edit")
def reset(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give a one-time password and show it, this once."""
    office = cast("OfficeRequest", request)
    password = identity.reset_password(actor=office.actor, at=office.at, person_id=person_id)
    row = identity.person_row(person_id, actor=office.actor)
    return _shown_once(request, row, password, is_new=False)


@require_POST
@needs("identity:person:edit")
def close(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Close an account; the page comes back when it cannot be."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST)
    reason = entry.text("reason", required=_("Nhập lý do khóa tài khoản."))
    if entry.ok:
        with entry.catching():
            identity.close_account(actor=office.actor, at=office.at, person_id=person_id, reason=reason)
            messages.success(request, _("Đã khóa tài khoản. Người này không đăng nhập được nữa."))
            return HttpResponseRedirect(reverse("office:person", args=[person_id]))
    return entry.answer(request, "office/people/person.html", page_of(office, person_id, opened="closing"))


@require_POST
@needs("identity:person:edit")
def reopen(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    office = cast("OfficeRequest", request)
    identity.reopen_account(actor=office.actor, at=office.at, person_id=person_id)
    messages.success(request, _("Đã mở lại tài khoản; các vị trí còn hiệu lực có quyền trở lại."))
    return HttpResponseRedirect(reverse("office:person", args=[person_id]))


def _opened(entry: Entry, office: OfficeRequest) -> tuple[Any, str] | None:
    name = entry.text("full_name", required=_("Nhập họ và tên."))
    login = entry.text("login") or (identity.proposed_login(name, identity.logins()) if name else "")
    unit_id = entry.whole("unit", required=_("Chọn đơn vị."), most=2**62)
    role = entry.text("role", required=_("Chọn vai trò."))
    since = entry.day("since", required=_("Nhập ngày bắt đầu giữ vị trí."))
    last = entry.day("last")
    if not (entry.ok and unit_id and since):
        return None
    title = entry.text("title") or next((option.label for option in role_options() if option.value == role), "")
    with entry.catching({"until": "last"}), transaction.atomic():
        person = identity.create_person(
            actor=office.actor, at=office.at, login=login, full_name=name, password=None, email=entry.text("email"), unit_id=unit_id
        )
        identity.appoint(
            actor=office.actor,
            at=office.at,
            person=person,
            unit_id=unit_id,
            role=role,
            title=title,
            since=since,
            until=last + timedelta(days=1) if last else None,
        )
        password = identity.reset_password(actor=office.actor, at=office.at, person_id=person.pk)
        return identity.person_row(person.pk, actor=office.actor), password
    return None


def _shown_once(request: HttpRequest, person: Any, password: str, *, is_new: bool) -> HttpResponse:
    context = {"person": person, "password": password, "is_new": is_new, "page_keys": []}
    return render(request, "office/people/password.html", context)
