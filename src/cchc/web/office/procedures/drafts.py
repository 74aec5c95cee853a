"""Unfinished versions: the list, and throwing one away."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.procedures import api as procedures
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs


@require_safe
@needs("procedures:version:publish")
def show(request: HttpRequest) -> HttpResponse:
    """Show what was begun and not published."""
    return render(request, "office/procedures/drafts.html", {"drafts": procedures.drafts(), "page_keys": []})


@require_POST
@needs("procedures:version:publish")
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a draft away."""
    office = cast("OfficeRequest", request)
    procedures.discard_draft(actor=office.actor, at=office.at, code=code)
    messages.success(request, _("Đã bỏ bản nháp của thủ tục %(code)s.") % {"code": code})
    return HttpResponseRedirect(reverse("office:procedure_drafts"))
