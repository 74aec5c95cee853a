"""Values published elsewhere, from a file: looked at row by row, then taken; and what was brought in before."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.uploads import drop_sheet, keep_sheet, kept_sheet, looked_over, read_sheet
from cchc.web.ui.vietnamese import number_text

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KIND = "values-import"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("figures:value:import")
def show(request: HttpRequest) -> HttpResponse:
    """Take a file, say what would become of every row, write nothing."""
    entry = Entry(request.POST, files=request.FILES)
    if request.method != "POST":
        return Entry().answer(request, "board/import.html", _context())
    actor, at = _who(request)
    source = entry.text("source", required=_("Ghi số liệu lấy từ đâu, ngày nào."))
    content = read_upload(entry)
    if entry.ok and content is not None:
        with entry.catching():
            checked = figures.check_values(actor=actor, at=at, content=content, source=source)
            token = keep_sheet(_KIND, actor, content)
            file = entry.files["file"]
            return render(
                request, "board/import_preview.html", {**_preview(checked), "token": token, "source": source, "file_name": file.name}
            )
    return entry.answer(request, "board/import.html", _context())


@require_POST
@needs("figures:value:import")
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the file that was looked at."""
    actor, at = _who(request)
    entry = Entry(request.POST)
    token = entry.value("token")
    content = kept_sheet(_KIND, actor, token)
    if content is None:
        entry.refuse("file", _("Tệp đã kiểm tra quá lâu (30 phút) hoặc đã nhập xong. Tải tệp lên lại."))
        return entry.answer(request, "board/import.html", _context())
    with entry.catching():
        changed = figures.import_values(actor=actor, at=at, content=content, source=entry.text("source"))
        drop_sheet(_KIND, actor, token)
        told = _("Đã nhập %(count)s số liệu. Điểm của kỳ ấy được tính lại trong ít phút.") % {"count": number_text(changed)}
        messages.success(request, told)
        return HttpResponseRedirect(reverse("board:import"))
    return entry.answer(request, "board/import.html", _context())


@require_safe
@needs("figures:value:import")
def template(request: HttpRequest) -> HttpResponse:
    """Return the workbook to fill in."""
    actor, at = _who(request)
    if actor.unit_id is None:
        raise Refused(_("Vị trí này không thuộc đơn vị nào."))
    agency = identity.agency_of(actor.unit_id, on=local_date(at))
    answer = HttpResponse(figures.values_template(actor=actor, at=at, unit_id=agency.id), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="mau-so-lieu-ngoai.xlsx"'
    return answer


def read_upload(entry: Entry) -> bytes | None:
    """Return the uploaded file whole, or nothing and what is wrong with it."""
    return read_sheet(entry, missing=_("Chọn tệp CSV hoặc XLSX."), too_large=_("Tệp lớn quá 5 MB. Chia thành nhiều tệp rồi nhập từng tệp."))


def _who(request: HttpRequest) -> tuple[Actor, datetime]:
    asked = cast("Any", request)
    return asked.actor, asked.at


def _context() -> dict[str, Any]:
    known = [item.figure for item in figures.measures() if item.figure.imported]
    return {"imports": figures.imports_made(), "known": known}


def _preview(checked: figures.ValuesChecked) -> dict[str, Any]:
    return {"checked": checked, **looked_over(checked.rows, list(figures.ValueVerdict), wrong=figures.ValueVerdict.WRONG)}
