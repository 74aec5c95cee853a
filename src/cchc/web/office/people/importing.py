"""A list of people from Excel: looked at row by row, then taken; the one-time passwords are shown once."""

from typing import Any, cast

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.identity import api as identity
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.uploads import drop_sheet, keep_sheet, kept_sheet, looked_over, read_sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The passwords that were shown can be taken away as a file for so many seconds.
_WAITS = 30 * 60
_SALT, _KIND = "office.people.passwords", "people-import"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("identity:person:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Take a file, say what would become of every row, write nothing."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST, files=request.FILES)
    if request.method != "POST":
        return Entry().answer(request, "office/people/import.html", _context())
    content = read_sheet(
        entry,
        missing=_("Chọn tệp XLSX."),
        too_large=_("Tệp lớn quá 5 MB. Chỉ giữ trang danh sách, bỏ ảnh và định dạng thừa rồi tải lên."),
    )
    if content is not None:
        with entry.catching():
            roster = identity.check_people(actor=office.actor, at=office.at, content=content, unit_id=_agency(office))
            token, file = keep_sheet(_KIND, office.actor, content), entry.files["file"]
            return render(request, "office/people/preview.html", {**_preview(roster), "token": token, "file_name": file.name})
    return entry.answer(request, "office/people/import.html", _context())


@require_POST
@needs("identity:person:edit")
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the list that was looked at, and show the one-time passwords."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST)
    token = entry.value("token")
    content = kept_sheet(_KIND, office.actor, token)
    if content is None:
        entry.refuse("file", _("Danh sách đã kiểm tra quá lâu (30 phút) hoặc đã nhập xong. Tải tệp lên lại."))
        return entry.answer(request, "office/people/import.html", _context())
    with entry.catching():
        result = identity.import_people(actor=office.actor, at=office.at, content=content, unit_id=_agency(office))
        drop_sheet(_KIND, office.actor, token)
        rows = [(row.full_name, row.login, row.unit_name, row.title, row.password) for row in result.given]
        context = {"result": result, "sheet": signing.dumps(rows, salt=_SALT, compress=True), "page_keys": []}
        return render(request, "office/people/imported.html", context)
    return entry.answer(request, "office/people/import.html", _context())


@require_POST
@needs("identity:person:edit")
def passwords(request: HttpRequest) -> HttpResponse:
    """Return the passwords of the page just shown as a workbook; the page brings them along, nothing is kept here."""
    try:
        rows = signing.loads(request.POST.get("sheet", ""), salt=_SALT, max_age=_WAITS)
    except signing.BadSignature as error:
        raise Refused(_("Bảng mật khẩu đã quá 30 phút. Cấp lại mật khẩu cho từng người ở trang của họ.")) from error
    content = identity.password_sheet(tuple(identity.Given(*row) for row in rows))
    return _file(content, "mat-khau-dung-mot-lan.xlsx")


@require_safe
@needs("identity:person:edit")
def template(request: HttpRequest) -> HttpResponse:
    """Return the workbook to fill in."""
    office = cast("OfficeRequest", request)
    return _file(identity.people_template(actor=office.actor, at=office.at, unit_id=_agency(office)), "mau-danh-sach-nguoi-dung.xlsx")


def _agency(office: OfficeRequest) -> int:
    if office.actor.unit_id is None:
        raise Refused(_("Vị trí này không thuộc đơn vị nào."))
    return identity.agency_of(office.actor.unit_id, on=local_date(office.at)).id


def _context() -> dict[str, Any]:
    return {"columns": identity.COLUMNS, "page_keys": []}


def _preview(roster: identity.Roster) -> dict[str, Any]:
    verdicts = identity.RosterVerdict
    return {"roster": roster, **looked_over(roster.rows, list(verdicts), wrong=verdicts.WRONG), "page_keys": []}


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
