"""Read the rows of an existing register, whatever it was saved as; what the file is follows from its content, not from its name.

CSV with any usual separator, in UTF-8, UTF-16 or the Vietnamese Windows code page; XLSX, first sheet or the one named. The header
may stand below some title rows. Rows are numbered as a spreadsheet shows them, the first of the file being 1.
"""

import codecs
import csv
import io
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from cchc.cases.rules.register_mapping import Mapping, places
from cchc.kernel.errors import Refused

_SEPARATORS = {",": "bằng dấu phẩy", ";": "bằng dấu chấm phẩy", "\t": "bằng tab", "|": "bằng gạch đứng"}
_TITLE_ROWS = 30
_CHUNK = 1 << 20
_LONGEST_CELL = 1 << 20
_WORKBOOK, _OLD_WORKBOOK, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
# What openpyxl and the zip and XML readers below it raise at a damaged workbook; ParseError is a SyntaxError.
_DAMAGED = (BadZipFile, zlib.error, ParseError, KeyError, IndexError, ValueError, TypeError, OSError, EOFError)
_VIETNAMESE_WINDOWS = "cp1258"
_ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", _VIETNAMESE_WINDOWS: "bảng mã Windows tiếng Việt (1258)"}


@dataclass(frozen=True)
class Row:
    """One row: its number, its cells as text, and why it cannot be read when it cannot."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """An open file: where the used columns are, the rows below the header, and how it was read."""

    columns: dict[str, int]
    rows: Iterator[Row]
    shape: str


@contextmanager
def opened(path: Path, mapping: Mapping) -> Iterator[Table]:
    """Open a register and find its header. Raises ``Refused`` for a file that is not what it says, or lacks a column."""
    if not path.is_file():
        raise Refused(f"Không có tệp «{path}».", field="file")
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(_WORKBOOK):
            with _workbook(file, mapping) as rows:
                yield _table(rows, mapping, "XLSX")
            return
        _must_be_text(start, file)
        encoding = _encoding(file)
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
        try:
            separator = _separator(text, mapping)
            text.seek(0)
            yield _table(_csv_rows(text, separator), mapping, f"CSV, {_ENCODINGS[encoding]}, phân cách {_SEPARATORS[separator]}")
        finally:
            text.detach()


def _table(rows: Iterator[Row], mapping: Mapping, shape: str) -> Table:
    """Find the first row that has all used columns; when none of the first rows has, tell what the first filled one lacks."""
    first: Row | None = None
    for row in rows:
        first = first or (row if any(row.cells) else None)
        try:
            found = places(mapping=mapping, header=row.cells)
        except Refused:
            if row.number >= _TITLE_ROWS:
                break
            continue
        return Table(columns=found, rows=_below(rows, len(row.cells)), shape=shape)
    places(mapping=mapping, header=first.cells if first else ())
    raise Refused("Tệp không có hàng nào.", field="file")


def _below(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Leave out empty rows, and mark those that have more cells than the header."""
    for row in rows:
        if row.problem or not any(row.cells):
            if row.problem:
                yield row
            continue
        problem = ""
        if any(row.cells[width:]):
            problem = f"Hàng có {len(row.cells)} ô, tiêu đề chỉ có {width}: có ô chứa dấu phân cách mà không đặt trong nháy kép."
        elif any("\0" in cell for cell in row.cells):
            problem = "Hàng có ký tự rỗng (NUL): tệp bị hỏng ở đây."
        yield Row(number=row.number, cells=row.cells, problem=problem)


# --- CSV ---------------------------------------------------------------------------------------------------------------


def _must_be_text(start: bytes, file: IO[bytes]) -> None:
    if start.startswith(_OLD_WORKBOOK):
        raise Refused("Tệp là bảng tính kiểu cũ (.xls). Mở bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi nhập.", field="file")
    if start.startswith(_PDF):
        raise Refused("Tệp là PDF, không phải bảng. Xuất sổ thành CSV hoặc XLSX rồi nhập.", field="file")
    if not start:
        raise Refused("Tệp rỗng.", field="file")
    file.seek(0)
    if not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in file.read(_CHUNK):
        raise Refused("Tệp không phải CSV cũng không phải XLSX. Xuất sổ thành một trong hai dạng đó rồi nhập.", field="file")


def _encoding(file: IO[bytes]) -> str:
    """Return the encoding: by its mark, UTF-8 when all of it is, else the Vietnamese Windows code page when all of it is."""
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", _VIETNAMESE_WINDOWS)
    for encoding in candidates:
        if _decodes(file, encoding):
            file.seek(0)
            return encoding
    raise Refused("Không đọc được chữ trong tệp: không phải UTF-8. Khi xuất từ Excel, chọn «CSV UTF-8» rồi nhập lại.", field="file")


def _decodes(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _separator(text: IO[str], mapping: Mapping) -> str:
    """Return the separator with which one of the first rows shows the most of the wanted columns."""

    def shown(separator: str) -> int:
        text.seek(0)
        best = 0
        for row in _csv_rows(text, separator):
            best = max(best, sum(name.strip() in [cell.strip() for cell in row.cells] for name in mapping.wanted))
            if row.number >= _TITLE_ROWS:
                break
        return best

    return max(_SEPARATORS, key=shown)


def _csv_rows(text: IO[str], separator: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    # Strict: a quotation mark that is never closed must be told, not swallow the rest of the file.
    reader = csv.reader(text, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        begins = reader.line_num + 1
        try:
            yield Row(number=number, cells=tuple(next(reader)))
        except StopIteration:
            return
        except csv.Error:
            where = f"dòng {begins} đến dòng {reader.line_num} của tệp"
            yield Row(number=number, cells=(), problem=f"Không đọc được từ {where}: có thể thiếu hoặc thừa một dấu nháy kép.")


# --- XLSX --------------------------------------------------------------------------------------------------------------


@contextmanager
def _workbook(file: IO[bytes], mapping: Mapping) -> Iterator[Iterator[Row]]:
    from openpyxl import load_workbook  # noqa: PLC0415 (slow to load, and only an import needs it)
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    file.seek(0)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it leaves out; the values are all that is read here.
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, *_DAMAGED) as error:
        raise Refused(
            "Tệp giống XLSX nhưng không mở được: có thể bị hỏng hoặc là tệp nén khác. Lưu lại bằng Excel rồi nhập.", field="file"
        ) from error
    try:
        if mapping.sheet and mapping.sheet not in book.sheetnames:
            raise Refused(f"Tệp không có trang tính «{mapping.sheet}». Có: {', '.join(book.sheetnames)}.", field="mapping")
        sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
        # What a file says of its own size is often wrong.
        sheet.reset_dimensions()
        yield _sheet_rows(sheet)
    finally:
        book.close()


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    """Return the rows; a sheet that breaks off in the middle is told as a damaged file."""
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield Row(number=number, cells=tuple(_text(cell) for cell in cells))
    except _DAMAGED as error:
        raise Refused(
            "Tệp XLSX bị hỏng ở giữa, không đọc hết được. Mở bằng Excel, lưu lại rồi nhập; chưa có gì được ghi.", field="file"
        ) from error


def _text(cell: Any) -> str:
    """Return a cell as a person would have written it: a date without a time when its format shows none."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        shows_time = value.time() != time.min or "h" in (cell.number_format or "").lower()
        return value.isoformat(sep=" ") if shows_time else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
