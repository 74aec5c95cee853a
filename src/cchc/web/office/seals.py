"""Seals and journal: what is sealed, and a check of everything that runs while one does something else."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.audit import api as audit
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Page


@require_safe
@needs("audit:seal:read")
def show(request: HttpRequest) -> HttpResponse:
    """Show the last check, and the seals, the newest first."""
    return Entry().answer(request, "office/seals/index.html", _context(request))


@require_POST
@needs("audit:seal:read")
def check(request: HttpRequest) -> HttpResponse:
    """Have the whole journal checked in a job."""
    office, entry = cast("OfficeRequest", request), Entry(request.POST)
    with entry.catching():
        audit.ask_check(actor=office.actor, at=office.at)
        messages.success(request, _("Đã bắt đầu kiểm tra lại toàn bộ nhật ký. Có thể rời trang này; kết quả được giữ lại ở đây."))
        return HttpResponseRedirect(reverse("office:seals"))
    return entry.answer(request, "office/seals/index.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    office = cast("OfficeRequest", request)
    typed = request.GET.get("before", "")
    before = int(typed[:9]) if typed.isascii() and typed.isdigit() else None
    found, following = audit.seals(before=before)
    checks = audit.checks(actor=office.actor, at=office.at)
    page = Page(
        next_url=f"?{urlencode({'before': following})}" if following is not None else "",
        first_url=reverse("office:seals") if before is not None else "",
        label=_("Mới nhất trước"),
    )
    return {
        "seals": found,
        "page": page,
        "last": checks[0] if checks else None,
        "checks": checks,
        "unsealed": audit.unsealed(),
        "page_keys": [],
    }
