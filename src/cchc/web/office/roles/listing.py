"""All roles beside all rights, and who holds each role."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs

# Rights are grouped by the first part of their name, in the words of the office.
_GROUPS = {
    "cases": gettext_noop("Hồ sơ"),
    "documents": gettext_noop("Giấy tờ"),
    "figures": gettext_noop("Số liệu"),
    "procedures": gettext_noop("Thủ tục"),
    "worktime": gettext_noop("Lịch làm việc"),
    "organisations": gettext_noop("Đơn vị"),
    "identity": gettext_noop("Người và quyền"),
    "notifications": gettext_noop("Tin nhắn"),
    "audit": gettext_noop("Nhật ký"),
    "kernel": gettext_noop("Vận hành"),
}


@require_safe
@needs("identity:role:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Show the matrix and the holders in the actor's units."""
    office = cast("OfficeRequest", request)
    roles = identity.roles()
    holders = identity.role_holders(unit_ids=office.actor.units, on=local_date(office.at))
    context = {
        "roles": [(role, holders.get(role.code, ())) for role in roles],
        "groups": [
            (label, [(right, [(role, right.value in role.rights) for role in roles]) for right in rights]) for label, rights in grouped()
        ],
        "span": len(roles) + 1,
        "page_keys": [],
    }
    return render(request, "office/roles/list.html", context)


def grouped() -> list[tuple[str, list[identity.Right]]]:
    """Return the rights by what they are about; a group nobody named comes last, under its own name."""
    found: dict[str, list[identity.Right]] = {}
    for right in identity.Right:
        found.setdefault(right.value.partition(":")[0], []).append(right)
    order = list(_GROUPS)
    return [
        (_(_GROUPS.get(key, key)), rights)
        for key, rights in sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))
    ]
