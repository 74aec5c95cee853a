"""The list of people as a workbook: read safely, and written as the template and as the sheet of one-time passwords.

What a file is follows from its content, not from its name. Nothing in it is computed: a formula is told, not believed.
"""

import io
import warnings
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from cchc.identity.rules.roster import COLUMNS, MOST_ROWS, Raw, places
from cchc.kernel.errors import Refused
from cchc.kernel.text import fold, number

LARGEST = 5 * 1024 * 1024
_UNPACKED = 60 * 1024 * 1024
_SHEET, _CATALOGUE = "Danh sách", "Danh mục"
_TITLE_ROWS = 10
_LONGEST = 500
_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What openpyxl and the zip and XML readers below it raise at a damaged workbook; ParseError is a SyntaxError.
_DAMAGED = (BadZipFile, zlib.error, ParseError, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError)


def rows_of(content: bytes) -> tuple[Raw, ...]:
    """Return the filled rows below the header of the sheet «Danh sách», or of the first sheet.

    Raises ``Refused`` for what is no workbook, is damaged, lacks a column, is too large or has no rows.
    """
    _must_be_workbook(content)
    from openpyxl import load_workbook  # noqa: PLC0415 (slow to load, and only an import needs it)

    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it leaves out; the values are all that is read here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            try:
                sheet = next((item for item in book.worksheets if fold(item.title) == fold(_SHEET)), book.worksheets[0])
                # What a file says of its own size is often wrong.
                sheet.reset_dimensions()
                return _rows(sheet)
            finally:
                book.close()
    except _DAMAGED as error:
        raise Refused(
            "Tệp XLSX bị hỏng, không đọc được. Mở bằng Excel hoặc LibreOffice, lưu lại rồi tải lên; chưa có gì được ghi.", field="file"
        ) from error


def template(*, units: Iterable[tuple[str, str]], roles: Iterable[tuple[str, str]], today: date) -> bytes:
    """Return the empty list: headings with what to write, an example row, and the units and roles to choose from on a second sheet."""
    from openpyxl import Workbook  # noqa: PLC0415 (see above)
    from openpyxl.comments import Comment  # noqa: PLC0415

    units, roles = list(units), list(roles)
    book = Workbook()
    sheet = book.active
    sheet.title = _SHEET
    _write(sheet, 1, [column.heading + (" *" if column.required else "") for column in COLUMNS], bold=True)
    for place, column in enumerate(COLUMNS, start=1):
        sheet.cell(1, place).comment = Comment(column.note, "cchc")
    unit, role = (units[0][0] if units else ""), (roles[0][1] if roles else "")
    _write(sheet, 2, ["Nguyễn Văn Mẫu (xóa hàng này)", "", "", unit, role, "Công chức", f"{today:%d/%m/%Y}", ""])
    catalogue = book.create_sheet(_CATALOGUE)
    _write(catalogue, 1, ["Mã đơn vị", "Tên đơn vị", "", "Vai trò"], bold=True)
    for place in range(max(len(units), len(roles))):
        code, name = units[place] if place < len(units) else ("", "")
        _write(catalogue, place + 2, [code, name, "", roles[place][1] if place < len(roles) else ""])
    _widths(sheet, (30, 18, 28, 30, 34, 34, 14, 14))
    _widths(catalogue, (16, 60, 4, 46))
    return _saved(book)


def password_sheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the sheet to cut up and hand out: name, unit, title, sign-in name, one-time password."""
    from openpyxl import Workbook  # noqa: PLC0415 (see above)

    book = Workbook()
    sheet = book.active
    sheet.title = "Mật khẩu dùng một lần"
    _write(sheet, 1, ["Họ và tên", "Đơn vị", "Chức danh", "Tên đăng nhập", "Mật khẩu dùng một lần"], bold=True)
    for place, row in enumerate(rows, start=2):
        _write(sheet, place, row)
    _widths(sheet, (30, 48, 34, 18, 28))
    return _saved(book)


def _must_be_workbook(content: bytes) -> None:
    if not content:
        raise Refused("Tệp rỗng.", field="file")
    if len(content) > LARGEST:
        raise Refused("Tệp lớn quá 5 MB. Chỉ giữ trang danh sách, bỏ ảnh và định dạng thừa rồi tải lên.", field="file")
    if content.startswith(_OLD_WORKBOOK):
        raise Refused("Tệp là bảng tính kiểu cũ (.xls). Mở bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi tải lên.", field="file")
    if not content.startswith(_WORKBOOK):
        raise Refused("Tệp không phải bảng tính XLSX. Tải tệp mẫu về, điền danh sách rồi tải lên.", field="file")
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            size = sum(item.file_size for item in packed.infolist())
    except _DAMAGED as error:
        raise Refused("Tệp XLSX bị hỏng hoặc chưa tải lên hết. Lưu lại bằng Excel rồi tải lên.", field="file") from error
    if size > _UNPACKED:
        raise Refused("Tệp giải nén ra quá lớn so với một danh sách người dùng. Kiểm tra lại tệp.", field="file")


def _rows(sheet: Any) -> tuple[Raw, ...]:
    columns: dict[str, int] = {}
    header: list[str] | None = None
    found: list[Raw] = []
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        if not columns:
            header = header or texts
            stripped = [text.rstrip(" *") for text in texts]
            try:
                columns = places(stripped)
            except Refused:
                if line >= _TITLE_ROWS:
                    break
            continue
        if len(found) >= MOST_ROWS:
            raise Refused(f"Danh sách dài quá {number(MOST_ROWS)} hàng. Chia thành nhiều tệp rồi nhập từng tệp.", field="file")
        raw = _raw(line, cells, texts, columns)
        if any(raw.cells.values()):
            found.append(raw)
    if not columns:
        places([text.rstrip(" *") for text in header or []])
    if not found:
        raise Refused("Danh sách chưa có ai: điền từ hàng ngay dưới tiêu đề rồi tải lên.", field="file")
    return tuple(found)


def _raw(line: int, cells: Sequence[Any], texts: Sequence[str], columns: dict[str, int]) -> Raw:
    problems = {}
    for key, place in columns.items():
        if place >= len(cells):
            continue
        if cells[place].data_type == "f":
            problems[key] = "Ô là công thức. Chép ô rồi dán lại bằng «Dán giá trị»."
        elif cells[place].data_type == "e":
            problems[key] = f"Ô báo lỗi {texts[place]}. Sửa trong Excel trước."
        elif len(texts[place]) > _LONGEST:
            problems[key] = "Ô dài quá 500 ký tự."
    return Raw(line, {key: texts[place][:_LONGEST] for key, place in columns.items() if place < len(texts)}, problems)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "").strip()


def _write(sheet: Any, line: int, values: Iterable[str], *, bold: bool = False) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 (see above)

    for place, value in enumerate(values, start=1):
        cell = sheet.cell(line, place)
        cell.value = value
        # Text stays text: a name that begins with «=» must not become a formula in somebody's Excel.
        cell.data_type = "s"
        cell.number_format = "@"
        if bold:
            cell.font = Font(bold=True)


def _widths(sheet: Any, widths: Sequence[int]) -> None:
    for place, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGH"[place]].width = width
    sheet.freeze_panes = "A2"


def _saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
