"""Reminders: what the clock told this post, or its unit when it leads it. They are about the reader alone."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.notifications import api as notifications
from cchc.web.desk.desk import DeskRequest
from cchc.web.ui.access import signed_in
from cchc.web.ui.shapes import Page

LENGTH = 50


@require_safe
@signed_in("Xem tin nhắc của chính mình")
def show(request: HttpRequest) -> HttpResponse:
    """Show the reminders, the newest first; those not seen yet are marked."""
    desk = cast("DeskRequest", request)
    before = request.GET.get("before", "")
    start = int(before[:18]) if before.isascii() and before.isdigit() else None
    unread_only = request.GET.get("show") == "unread"
    found = notifications.notices_for(desk.actor, limit=LENGTH + 1, unread_only=unread_only, before=start)
    kept = "show=unread&" if unread_only else ""
    context = {
        "notices": found[:LENGTH],
        "unread_only": unread_only,
        "page": Page(
            next_url=f"?{kept}before={found[LENGTH - 1].id}" if len(found) > LENGTH else "",
            first_url=f"?{kept}" if start is not None else "",
            label=_("Mới nhất trước"),
        ),
        "page_keys": [],
    }
    return render(request, "desk/notices/list.html", context)


@require_POST
@signed_in("Đánh dấu tin nhắc của chính mình là đã xem")
def reading(request: HttpRequest) -> HttpResponse:
    """Say that one reminder, or all of them, were seen."""
    desk = cast("DeskRequest", request)
    given = request.POST.get("notice", "")
    one = int(given[:18]) if given.isascii() and given.isdigit() else None
    notifications.mark_read(actor=desk.actor, at=desk.at, notice_id=one)
    return redirect("desk:notices")
