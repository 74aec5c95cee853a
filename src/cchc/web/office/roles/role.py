"""One role: its rights as boxes, its holders, its journal; made anew, or put back."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.web.office.journal import lines_of
from cchc.web.office.office import OfficeRequest
from cchc.web.office.roles.listing import grouped
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("identity:role:edit")
def create(request: HttpRequest) -> HttpResponse:
    """Make a role of the office's own; ``?from=`` begins with the rights of another."""
    office = cast("OfficeRequest", request)
    if request.method == "POST":
        entry = Entry(request.POST)
        name = entry.text("name", required=_("Nhập tên vai trò."))
        if entry.ok:
            with entry.catching():
                code = identity.create_role(actor=office.actor, at=office.at, name=name, rights=entry.values("rights"))
                messages.success(request, _("Đã lập vai trò. Giao cho người ở phòng «Người và vị trí»."))
                return HttpResponseRedirect(reverse("office:role", args=[code]))
    else:
        source = next((role for role in identity.roles() if role.code == request.GET.get("from", "")), None)
        entry = Entry({"rights": source.rights, "name": ""} if source else {})
    return entry.answer(request, "office/roles/new.html", {"groups": boxes(entry.values("rights")), "page_keys": []})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("identity:role:edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a role, and give it another name or other rights."""
    office = cast("OfficeRequest", request)
    role = identity.role(code)
    if request.method == "POST":
        entry = Entry(request.POST)
        name = entry.text("name", required=_("Nhập tên vai trò."))
        if entry.ok:
            with entry.catching():
                identity.edit_role(actor=office.actor, at=office.at, code=code, name=name, rights=entry.values("rights"))
                messages.success(request, _("Đã lưu. Quyền mới có hiệu lực ngay với mọi người giữ vai trò này."))
                return HttpResponseRedirect(reverse("office:role", args=[code]))
    else:
        entry = Entry({"name": role.name, "rights": role.rights})
    return entry.answer(request, "office/roles/role.html", _page(office, role, entry))


@require_POST
@needs("identity:role:edit")
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Put the rights back to the reference bundle."""
    office = cast("OfficeRequest", request)
    entry = Entry({})
    with entry.catching():
        identity.restore_role(actor=office.actor, at=office.at, code=code)
        messages.success(request, _("Đã trở về bộ quyền gốc."))
        return HttpResponseRedirect(reverse("office:role", args=[code]))
    role = identity.role(code)
    entry.data = {"name": role.name, "rights": role.rights}
    return entry.answer(request, "office/roles/role.html", _page(office, role, entry))


def boxes(chosen: list[str]) -> list[tuple[str, list[tuple[identity.Right, bool]]]]:
    """Return the rights in their groups, each ticked or not."""
    return [(label, [(right, right.value in chosen) for right in rights]) for label, rights in grouped()]


def _page(office: OfficeRequest, role: identity.RoleView, entry: Entry) -> dict[str, Any]:
    day = local_date(office.at)
    return {
        "role": role,
        "groups": boxes(entry.values("rights")),
        "holders": identity.role_holders(unit_ids=office.actor.units, on=day, code=role.code).get(role.code, ()),
        "journal": lines_of(f"role:{role.code}", on=day),
        "page_keys": [],
    }
