"""Opening the files an office brings. What a file is, its content says; its name may only agree."""

import json
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from cchc.kernel.errors import Refused
from cchc.kernel.text import clean, fold

_LIST_COLUMNS = {
    "code": ("ma so", "ma tthc", "ma thu tuc", "ma"),
    "title": ("ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh"),
    "issuer": ("co quan ban hanh", "co quan cong bo"),
    "agency": ("co quan thuc hien",),
    "field": ("linh vuc",),
}
_NEEDED = ("code", "title", "field")
_HEADER_WITHIN = 20
_RECORD_KEYS = ("ma_thu_tuc", "ten_thu_tuc", "linh_vuc", "cap_thuc_hien")
_HELP = "Hãy dùng tệp Excel (.xlsx) danh sách thủ tục của Cổng Dịch vụ công quốc gia, hoặc tệp procedures.jsonl."


@dataclass(frozen=True)
class SourceRow:
    """One row of a file: where it stands and what it says. ``problem`` is set when the row cannot be read at all."""

    file: str
    line: int
    values: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Source:
    """A file that was read: ``kind`` is ``records`` (whole procedures) or ``list`` (codes and titles)."""

    name: str
    kind: str
    rows: tuple[SourceRow, ...]


def read_source(path: Path) -> Source:
    """Read a file by its content. Raises ``Refused(field="files")`` (Vietnamese) when it is not a file we know or not what its name says."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise Refused(f"Không đọc được tệp «{path.name}». Hãy kiểm tra đường dẫn và quyền đọc.", field="files") from problem
    if not content.strip():
        raise Refused(f"Tệp «{path.name}» rỗng. {_HELP}", field="files")
    suffix = path.suffix.lower()
    if content.startswith(b"PK\x03\x04"):
        _agree(path, suffix, is_workbook=True)
        return Source(name=path.name, kind="list", rows=_workbook(path.name, content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"Tệp «{path.name}» là Excel đời cũ (.xls). Hãy mở bằng Excel và lưu lại thành .xlsx.", field="files")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        _agree(path, suffix, is_workbook=False)
        return Source(name=path.name, kind="records", rows=_records(path.name, content))
    raise Refused(f"Tệp «{path.name}» không phải bảng Excel, cũng không phải JSON Lines. {_HELP}", field="files")


def _agree(path: Path, suffix: str, *, is_workbook: bool) -> None:
    if is_workbook and suffix in {".jsonl", ".json", ".csv", ".txt"}:
        raise Refused(f"Tệp «{path.name}» mang tên văn bản nhưng nội dung là tệp nén hoặc Excel. {_HELP}", field="files")
    if not is_workbook and suffix in {".xlsx", ".xlsm", ".xls"}:
        raise Refused(f"Tệp «{path.name}» mang tên Excel nhưng nội dung là văn bản. {_HELP}", field="files")


def _workbook(name: str, content: bytes) -> tuple[SourceRow, ...]:
    """Read the first sheet that has a header row with code, title and field, in whatever order."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise Refused(f"Tệp «{name}» là tệp nén nhưng không phải bảng Excel. {_HELP}", field="files")
        from openpyxl import load_workbook  # noqa: PLC0415 (slow to load, and only an import needs it)

        with closing(load_workbook(BytesIO(content), read_only=True, data_only=True)) as book:
            listed = _first_list(name, book)
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, IndexError, ValueError, OSError, EOFError) as problem:
        raise Refused(f"Tệp Excel «{name}» bị hỏng, không đọc hết được. Hãy tải lại tệp từ nguồn.", field="files") from problem
    if listed is None:
        raise Refused(f"Trong tệp «{name}» không có bảng nào có các cột Mã số, Tên, Lĩnh vực. {_HELP}", field="files")
    return listed


def _first_list(name: str, book: Any) -> tuple[SourceRow, ...] | None:
    """Return the rows of the first sheet with such a header, or None."""
    for sheet in book.worksheets:
        rows = [[clean(str(cell)) if cell is not None else "" for cell in row] for row in sheet.iter_rows(values_only=True)]
        for place, row in enumerate(rows[:_HEADER_WITHIN]):
            columns = _columns(row)
            if all(key in columns for key in _NEEDED):
                return tuple(
                    _listed(name, number, cells, columns) for number, cells in enumerate(rows[place + 1 :], place + 2) if any(cells)
                )
    return None


def _columns(row: list[str]) -> dict[str, int]:
    heads = [fold(cell) for cell in row]
    return {key: heads.index(word) for key, words in _LIST_COLUMNS.items() for word in words if word in heads}


def _listed(name: str, line: int, cells: list[str], columns: dict[str, int]) -> SourceRow:
    return SourceRow(file=name, line=line, values={key: cells[place] if place < len(cells) else "" for key, place in columns.items()})


def _records(name: str, content: bytes) -> tuple[SourceRow, ...]:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as problem:
        raise Refused(f"Tệp «{name}» không viết bằng UTF-8. Hãy lưu lại bằng bảng mã UTF-8.", field="files") from problem
    rows = tuple(_record(name, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if all(row.problem for row in rows):
        raise Refused(f"Tệp «{name}» không có bản ghi thủ tục nào: mỗi dòng phải có {', '.join(_RECORD_KEYS)}. {_HELP}", field="files")
    return rows


def _record(name: str, number: int, line: str) -> SourceRow:
    try:
        values: Any = json.loads(line)
    except json.JSONDecodeError:
        return SourceRow(file=name, line=number, values={}, problem="Dòng không phải JSON.")
    if not isinstance(values, dict) or any(not isinstance(values.get(key), str) for key in _RECORD_KEYS):
        return SourceRow(file=name, line=number, values={}, problem=f"Dòng thiếu một trong các trường {', '.join(_RECORD_KEYS)}.")
    return SourceRow(file=name, line=number, values={key: value if isinstance(value, str) else "" for key, value in values.items()})
