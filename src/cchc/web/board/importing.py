"""Values published elsewhere, from a file: looked at row by row, then taken; and what was brought in before."""

import secrets
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.cache import cache
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
from cchc.web.ui.vietnamese import number_text

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST = 5 * 1024 * 1024
# Between looking and taking the file waits here, for its owner only.
_WAITS = 30 * 60
_SHOWN = 200


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
            token = secrets.token_urlsafe(24)
            cache.set(_key(actor, token), content, timeout=_WAITS)
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
    key = _key(actor, entry.value("token"))
    content = cache.get(key)
    if content is None:
        entry.refuse("file", _("Tệp đã kiểm tra quá lâu (30 phút) hoặc đã nhập xong. Tải tệp lên lại."))
        return entry.answer(request, "board/import.html", _context())
    with entry.catching():
        changed = figures.import_values(actor=actor, at=at, content=content, source=entry.text("source"))
        cache.delete(key)
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
    file = entry.files.get("file")
    if file is None:
        entry.refuse("file", _("Chọn tệp CSV hoặc XLSX."))
        return None
    if (file.size or 0) > _LARGEST:
        entry.refuse("file", _("Tệp lớn quá 5 MB. Chia thành nhiều tệp rồi nhập từng tệp."))
        return None
    content: bytes = file.read()
    return content


def _who(request: HttpRequest) -> tuple[Actor, datetime]:
    asked = cast("Any", request)
    return asked.actor, asked.at


def _key(actor: Actor, token: str) -> str:
    kept = "".join(character for character in token if character.isalnum() or character in "-_")[:64]
    return f"values-import:{actor.person}:{kept}"


def _context() -> dict[str, Any]:
    known = [item.figure for item in figures.measures() if item.figure.imported]
    return {"imports": figures.imports_made(), "known": known}


def _preview(checked: figures.ValuesChecked) -> dict[str, Any]:
    """Return the rows to mend, all of them up to a bound, and the sound ones."""
    wrong = [row for row in checked.rows if row.verdict is figures.ValueVerdict.WRONG]
    sound = [row for row in checked.rows if row.verdict is not figures.ValueVerdict.WRONG]
    counts = [(verdict, checked.count(verdict)) for verdict in figures.ValueVerdict]
    return {
        "checked": checked,
        "counts": [(verdict, count) for verdict, count in counts if count],
        "wrong": wrong[:_SHOWN],
        "wrong_more": max(len(wrong) - _SHOWN, 0),
        "sound": sound[:_SHOWN],
        "sound_more": max(len(sound) - _SHOWN, 0),
    }
