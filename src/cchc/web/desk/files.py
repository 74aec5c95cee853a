"""Scans, evidence and results of a case: kept with it, and shown to those who may read it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.errors import NotFound
from cchc.web.desk.case import STREAM, page_of
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.uploads import send_file


@require_POST
@needs("cases:case:read")
@counted
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a file with the case; what is not kept is told at its place on the case page."""
    desk = cast("DeskRequest", request)
    entry = Entry(request.POST, files=request.FILES)
    kind = entry.chosen("kind", documents.FileKind, required=_("Chọn đây là loại tệp gì."))
    upload = request.FILES.get("content")
    if upload is None:
        entry.refuse("content", _("Chọn một tệp: PDF, ảnh, DOCX hoặc XLSX."))
    elif kind is not None and entry.ok:
        with entry.catching():
            cases.keep_scan(actor=desk.actor, at=desk.at, code=code, name=upload.name or "", content=upload, kind=kind)
    if entry.ok:
        messages.success(request, _("Đã lưu tệp vào hồ sơ."))
        return HttpResponseRedirect(reverse("desk:case", args=[code]) + "#tep")
    return entry.answer(request, "desk/cases/show.html", page_of(desk, cases.case(code=code, actor=desk.actor, at=desk.at)))


@require_safe
@needs("cases:case:read")
def show(request: HttpRequest, file_id: UUID) -> FileResponse:
    """Send a file of a case that the reader may see."""
    desk = cast("DeskRequest", request)
    view = documents.file(file_id)
    if not view.stream.startswith(STREAM):
        raise NotFound(_("Không có tệp này. Kiểm tra lại đường dẫn."))
    cases.case(code=view.stream.removeprefix(STREAM), actor=desk.actor, at=desk.at)
    return send_file(*documents.read_file(file_id))
