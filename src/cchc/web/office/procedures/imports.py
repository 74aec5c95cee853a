"""Files of the national portal, brought in through a page: what was read, and what is left to a person."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.text import gettext_noop as noop
from cchc.procedures import api as procedures
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry

LARGEST = 20 * 1024 * 1024
MOST_FILES = 10
SHOWN = 200
WHAT = {"term": noop("thời hạn"), "fee": noop("phí, lệ phí"), "title": noop("tên thủ tục"), "version": noop("phiên bản")}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("procedures:catalogue:import")
def show(request: HttpRequest) -> HttpResponse:
    """Take files and report. Sent twice, the second time changes nothing."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST, files=request.FILES)
    report = None
    if request.method == "POST":
        uploads = entry.files.getlist("files")
        _check(entry, uploads)
        if entry.ok:
            report = _imported(office, entry, uploads)
    context = {"report": report, "left": _left(report), "shown": SHOWN, "page_keys": []}
    return entry.answer(request, "office/procedures/import.html", context)


def _check(entry: Entry, uploads: list[Any]) -> None:
    if not uploads:
        entry.refuse("files", _("Chọn ít nhất một tệp .xlsx hoặc .jsonl."))
    if len(uploads) > MOST_FILES:
        entry.refuse("files", _("Mỗi lần nhập nhiều nhất %(most)s tệp.") % {"most": MOST_FILES})
    for upload in uploads:
        if upload.size > LARGEST:
            entry.refuse("files", _("Tệp «%(name)s» lớn hơn 20 MB. Hãy tách thành nhiều tệp.") % {"name": upload.name})


def _imported(office: OfficeRequest, entry: Entry, uploads: list[Any]) -> procedures.ImportReport | None:
    """Lay the files in a folder of their own under their names, as the import wants them, and read them."""
    with TemporaryDirectory() as folder:
        paths = []
        for place, upload in enumerate(uploads):
            path = Path(folder) / str(place) / (Path(upload.name).name or "tep")
            path.parent.mkdir()
            with path.open("wb") as file:
                for chunk in upload.chunks():
                    file.write(chunk)
            paths.append(path)
        with entry.catching():
            return procedures.import_procedures(actor=office.actor, at=office.at, files=paths, progress=lambda _line: None)
    return None


def _left(report: procedures.ImportReport | None) -> list[tuple[procedures.Left, str, str]]:
    rows = report.left_to_person[:SHOWN] if report else []
    return [(row, WHAT.get(row.what, row.what), procedures.Channel(row.channel).label if row.channel else "") for row in rows]
