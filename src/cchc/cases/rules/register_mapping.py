"""How the columns of an existing register become cases: the mapping that an office writes when it moves in.

[file]
timezone = "Asia/Ho_Chi_Minh"      # of values without an offset
rows = "case"                      # one row per case, or "event": one row per step of a case
register = "Sổ một cửa 2025"       # optional; by default the file's own name
sheet = "Tháng 6"                  # optional; by default the first sheet of a workbook

[columns]                          # a column name, or { const = "…" }; only code and received are required
code = "Mã hồ sơ"
received = "Ngày tiếp nhận"

[channel]                          # value in the file → counter, online or post
"Trực tiếp" = "counter"

[filed_by]                         # value in the file → self, helped or agent
"Cá nhân tự nộp" = "self"
"""

import re
import tomllib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cchc.cases.terms import FiledBy
from cchc.kernel.errors import Invalid, Refused
from cchc.kernel.terms import Term
from cchc.kernel.text import clean, fold

COLUMNS = ("code", "received", "due", "finished", "channel", "filed_by", "field", "procedure", "unit", "step", "step_at", "resource")
REQUIRED = ("code", "received")
CHANNELS = frozenset({"counter", "online", "post"})
FILERS = frozenset(FiledBy.values())
LONGEST_NAME = 200
_TABLES = ("file", "columns", "channel", "filed_by")
_FILE_KEYS = ("timezone", "rows", "register", "sheet")
_SHOWN = 30
# Where a mistake is, in what the reader of TOML says of it.
_PLACE = re.compile(r"at line (\d+), column (\d+)")


class RowKind(Term):
    """What one row of the file is."""

    CASE = "case", "Mỗi hàng một hồ sơ"
    EVENT = "event", "Mỗi hàng một bước của hồ sơ"


@dataclass(frozen=True)
class Source:
    """Where a value comes from: a column of the file, or a constant when ``column`` is empty."""

    column: str = ""
    const: str = ""


@dataclass(frozen=True)
class Mapping:
    """A checked mapping. ``channels`` and ``filers`` are keyed by folded file value; ``register`` and ``sheet`` are empty when not given."""

    zone: ZoneInfo
    rows: RowKind
    columns: dict[str, Source]
    channels: dict[str, str]
    register: str = ""
    sheet: str = ""
    filers: dict[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the names of the file's columns that are used, each once."""
        return tuple(dict.fromkeys(source.column for source in self.columns.values() if source.column))

    def channel_of(self, value: str) -> str | None:
        """Return our channel for a file value; empty for an empty value, None for one that the mapping does not know."""
        if not value:
            return ""
        word = fold(value)
        return self.channels.get(word, word if word in CHANNELS else None)

    def filer_of(self, value: str) -> str | None:
        """Return who filed for a file value; empty for an empty value, None for one that the mapping does not know."""
        if not value:
            return ""
        word = fold(value)
        return self.filers.get(word, word if word in FILERS else None)


def parse(text: str) -> Mapping:
    """Return the mapping written in TOML; raise ``Invalid`` with a sentence for every mistake in it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        place = f", dòng {found[1]}, ký tự thứ {found[2]}" if found else ""
        raise Refused(f"Tệp ánh xạ không đúng cú pháp TOML{place}. Sửa chỗ đó rồi nhập lại.", field="mapping") from error
    problems: dict[str, str] = {}
    for name in tables:
        if name not in _TABLES or not isinstance(tables[name], dict):
            problems[name] = f"Tệp ánh xạ có mục lạ «{name}». Chỉ dùng các mục [file], [columns], [channel], [filed_by]."
    whole = {name: tables[name] if isinstance(tables.get(name), dict) else {} for name in _TABLES}
    zone, rows = _file(whole["file"], problems)
    columns = _columns(whole["columns"], problems)
    channels = _words("channel", CHANNELS, whole["channel"], problems)
    filers = _words("filed_by", FILERS, whole["filed_by"], problems)
    if problems or zone is None:
        raise Invalid(problems)
    return Mapping(
        zone=zone,
        rows=rows,
        columns=columns,
        channels=channels,
        filers=filers,
        register=clean(str(whole["file"].get("register", ""))),
        sheet=str(whole["file"].get("sheet", "")),
    )


def places(*, mapping: Mapping, header: Sequence[str]) -> dict[str, int]:
    """Return the place of each used column in a header row; raise ``Refused`` naming the columns that are missing or twice there."""
    cleaned = [clean(name) for name in header]
    missing = [name for name in mapping.wanted if clean(name) not in cleaned]
    if missing:
        there = ", ".join(f"«{name}»" for name in cleaned[:_SHOWN] if name)
        raise Refused(
            f"Tệp không có cột {', '.join(f'«{name}»' for name in missing)}. Các cột có trong tệp: {there or 'không có cột nào'}."
        )
    twice = [name for name in mapping.wanted if cleaned.count(clean(name)) > 1]
    if twice:
        raise Refused(f"Cột {', '.join(f'«{name}»' for name in twice)} có hai lần trong tệp. Đổi tên một cột rồi nhập lại.")
    return {name: cleaned.index(clean(name)) for name in mapping.wanted}


def picked(*, mapping: Mapping, places: AnyMapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    """Return the cleaned values of a row by our column names; columns that are not mapped are empty."""
    values = dict.fromkeys(COLUMNS, "")
    for name, source in mapping.columns.items():
        place = places[source.column] if source.column else -1
        values[name] = source.const if place < 0 else clean(cells[place]) if place < len(cells) else ""
    return values


def _file(table: AnyMapping[str, Any], problems: dict[str, str]) -> tuple[ZoneInfo | None, RowKind]:
    for key in table:
        if key not in _FILE_KEYS:
            problems[f"file.{key}"] = f"Mục [file] có khóa lạ «{key}». Chỉ dùng: {', '.join(_FILE_KEYS)}."
        elif not isinstance(table[key], str):
            problems[f"file.{key}"] = f"Mục [file]: «{key}» phải là chữ trong dấu nháy."
    name = table.get("timezone", "Asia/Ho_Chi_Minh")
    zone = None
    try:
        zone = ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems["file.timezone"] = f"Không có múi giờ «{name}». Viết như Asia/Ho_Chi_Minh."
    kind = table.get("rows", RowKind.CASE.value)
    if kind not in RowKind.values():
        problems["file.rows"] = f'Mục [file]: rows phải là "case" hoặc "event", không phải «{kind}».'
        kind = RowKind.CASE.value
    if len(clean(str(table.get("register", "")))) > LONGEST_NAME:
        problems["file.register"] = f"Mục [file]: register dài quá {LONGEST_NAME} ký tự."
    return zone, RowKind(kind)


def _columns(table: AnyMapping[str, Any], problems: dict[str, str]) -> dict[str, Source]:
    columns = {}
    for key, value in table.items():
        if key not in COLUMNS:
            problems[f"columns.{key}"] = f"Mục [columns] có khóa lạ «{key}». Chỉ dùng: {', '.join(COLUMNS)}."
        elif isinstance(value, str) and clean(value):
            columns[key] = Source(column=value)
        elif isinstance(value, dict) and set(value) == {"const"} and isinstance(value["const"], str):
            columns[key] = Source(const=clean(value["const"]))
        else:
            problems[f"columns.{key}"] = f'Mục [columns]: «{key}» phải là tên cột, hoặc {{ const = "…" }}.'
    for key in REQUIRED:
        if key not in table:
            problems[f"columns.{key}"] = f"Mục [columns] thiếu «{key}»: đây là cột bắt buộc."
    if "code" in columns and not columns["code"].column:
        problems["columns.code"] = "Mục [columns]: «code» phải là một cột, vì mỗi hồ sơ có mã riêng."
    return columns


def _words(table: str, ours: frozenset[str], rows: AnyMapping[str, Any], problems: dict[str, str]) -> dict[str, str]:
    """Return our word for each folded word of the file; ``table`` is the name of the mapping's own table."""
    found: dict[str, str] = {}
    *first, last = sorted(ours)
    for value, word in rows.items():
        if word not in ours:
            problems[f"{table}.{value}"] = f"Mục [{table}]: «{value}» phải ứng với {', '.join(first)} hoặc {last}, không phải «{word}»."
        elif found.setdefault(fold(value), word) != word:
            problems[f"{table}.{value}"] = f"Mục [{table}]: «{value}» có hai cách hiểu (chỉ khác dấu hoặc chữ hoa)."
    return found
