"""Internal notes of a case, a differing opinion among them: added by whoever may read it, deleted by nobody."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cchc.cases import api as cases
from cchc.web.desk.case import page_of
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_POST
@needs("cases:case:read")
@counted
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add a note; an empty or a too long one comes back at its place on the case page."""
    desk = cast("DeskRequest", request)
    entry = Entry(request.POST)
    with entry.catching({"note": "text"}):
        cases.add_note(actor=desk.actor, at=desk.at, code=code, text=entry.text("text"), dissent=entry.flag("dissent"))
    if entry.ok:
        messages.success(request, _("Đã ghi chú."))
        return HttpResponseRedirect(reverse("desk:case", args=[code]) + "#ghichu")
    return entry.answer(request, "desk/cases/show.html", page_of(desk, cases.case(code=code, actor=desk.actor, at=desk.at)))
