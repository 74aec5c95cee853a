"""Values in a file, CSV or workbook: read safely into rows of text with their lines, and the template to fill in.

What a file is follows from its content, not from its name. Nothing in it is computed: a formula is told, not believed.
"""

import csv
import io
import warnings
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from cchc.kernel.errors import Refused

COLUMNS = ("key", "unit", "from", "to", "numerator", "denominator")
# May be there; where it is empty the source of the whole file holds.
SOURCE = "source"
LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000
_UNPACKED = 60 * 1024 * 1024
_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What openpyxl and the zip and XML readers below it raise at a damaged workbook; ParseError is a SyntaxError.
_DAMAGED = (BadZipFile, zlib.error, ParseError, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError)


@dataclass(frozen=True)
class Raw:
    """A filled row: its line in the file, its cells as text by column, and what is wrong with the cells themselves."""

    line: int
    cells: dict[str, str]
    problems: tuple[str, ...] = field(default=())


def rows_of(content: bytes) -> tuple[Raw, ...]:
    """Return the filled rows below the header. Raises ``Refused`` at the field ``file`` for what cannot be read at all."""
    if not content.strip():
        raise Refused("Tệp rỗng.", field="file")
    if len(content) > LARGEST:
        raise Refused("Tệp lớn quá 5 MB. Chia thành nhiều tệp rồi nhập từng tệp.", field="file")
    if content.startswith(_OLD_WORKBOOK):
        raise Refused("Tệp là bảng tính kiểu cũ (.xls). Mở bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi tải lên.", field="file")
    lines = _of_workbook(content) if content.startswith(_WORKBOOK) else _of_csv(content)
    rows = _under_header(lines)
    if not rows:
        raise Refused("Tệp không có dòng số liệu nào.", field="file")
    if len(rows) > MOST_ROWS:
        raise Refused("Tệp dài quá 20.000 dòng. Chia thành nhiều tệp rồi nhập từng tệp.", field="file")
    return rows


def template(*, figures: Iterable[tuple[str, str]], units: Iterable[tuple[str, str]], period: tuple[date, date]) -> bytes:
    """Return a workbook: the header with an example on the first sheet, keys of figures and codes of units on the second."""
    from openpyxl import Workbook  # noqa: PLC0415 (slow to load, and only an import needs it)

    figures, units = list(figures), list(units)
    book = Workbook()
    sheet, catalogue = book.active, book.create_sheet("Danh mục")
    sheet.title = "Số liệu"
    _write(sheet, 1, (*COLUMNS, SOURCE))
    first, last = period
    if figures and units:
        example = (figures[0][0], units[0][0], f"{first}", f"{last}", "0", "0", "DÒNG VÍ DỤ, xóa trước khi nhập")
        _write(sheet, 2, example)
    _write(catalogue, 1, ("key", "Số liệu", "", "unit", "Đơn vị"))
    for place in range(max(len(figures), len(units))):
        key, label = figures[place] if place < len(figures) else ("", "")
        code, name = units[place] if place < len(units) else ("", "")
        _write(catalogue, place + 2, (key, label, "", code, name))
    for which, widths in ((sheet, (34, 12, 12, 12, 12, 12, 44)), (catalogue, (44, 70, 4, 12, 44))):
        for place, width in enumerate(widths):
            which.column_dimensions["ABCDEFG"[place]].width = width
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _under_header(lines: Iterable[tuple[int, list[str], list[str]]]) -> tuple[Raw, ...]:
    header: list[str] = []
    rows = []
    for line, texts, problems in lines:
        if not any(texts):
            continue
        if not header:
            header = [text.lower() for text in texts]
            absent = [name for name in COLUMNS if name not in header]
            if absent:
                raise Refused(
                    f"Tệp thiếu cột {', '.join(absent)}. Dòng đầu phải là: {','.join(COLUMNS)} (và source, nếu muốn).", field="file"
                )
            continue
        cells = {name: text for name, text in zip(header, texts, strict=False) if name in (*COLUMNS, SOURCE)}
        rows.append(Raw(line, cells, tuple(problems)))
    return tuple(rows)


def _of_csv(content: bytes) -> Iterable[tuple[int, list[str], list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("Tệp không phải CSV mã UTF-8 và cũng không phải XLSX. Hãy lưu lại dạng «CSV UTF-8».", field="file") from error
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.replace("\0", "").strip() for cell in cells], []
    except csv.Error as error:
        raise Refused(f"Dòng {reader.line_num}: không đọc được như tệp CSV. Hãy lưu lại dạng «CSV UTF-8».", field="file") from error


def _of_workbook(content: bytes) -> Iterable[tuple[int, list[str], list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 (see above)

    try:
        with ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > _UNPACKED:
                raise Refused("Tệp giải nén ra quá lớn so với một bảng số liệu. Kiểm tra lại tệp.", field="file")
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it leaves out; the values are all that is read here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            try:
                sheet = book.worksheets[0]
                # What a file says of its own size is often wrong.
                sheet.reset_dimensions()
                return [(line, *_texts(cells)) for line, cells in enumerate(sheet.iter_rows(), start=1)]
            finally:
                book.close()
    except _DAMAGED as error:
        raise Refused("Tệp XLSX bị hỏng, không đọc được. Mở bằng Excel hoặc LibreOffice, lưu lại rồi tải lên.", field="file") from error


def _texts(cells: Sequence[Any]) -> tuple[list[str], list[str]]:
    """Return the cells of a row as text, and what is wrong with them."""
    texts, problems = [], []
    for cell in cells:
        value = cell.value
        if cell.data_type == "f":
            problems.append(f"ô {cell.coordinate} là công thức. Chép ô rồi dán lại bằng «Dán giá trị».")
        if cell.data_type == "e":
            problems.append(f"ô {cell.coordinate} báo lỗi {value}. Sửa trong Excel trước.")
        if isinstance(value, datetime | date):
            texts.append(f"{value:%Y-%m-%d}")
        elif isinstance(value, float) and value.is_integer():
            texts.append(str(int(value)))
        else:
            texts.append("" if value is None else str(value).replace("\0", "").strip())
    return texts, problems


def _write(sheet: Any, line: int, values: Iterable[str]) -> None:
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(line, place)
        cell.value = value
        # Text stays text: a code keeps its noughts, and nothing becomes a formula in somebody's Excel.
        cell.data_type, cell.number_format = "s", "@"
