"""Tables typed by people: a CSV file as rows with line numbers, and cells as numbers; every problem names its line and column."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc.kernel.errors import Invalid

# Dots between thousands («1.234») are refused: read as a decimal they would pass unseen. «1234.0» is how programs write a whole number.
_WHOLE = re.compile(r"([0-9]{1,15})(?:\.0{1,2})?")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,6})?")


@dataclass(frozen=True)
class Row:
    """A row of the table: its line in the file, and the wanted cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows that could be read, and what was wrong: place to sentence."""

    rows: tuple[Row, ...]
    problems: dict[str, str]


def read_table(text: str, columns: Sequence[str]) -> Table:
    """Return the rows with these columns; other columns are passed over, empty lines too.

    ``Invalid`` when nothing can be read at all: a column is missing or stands twice, or the text is no CSV.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[Row] = []
    problems: dict[str, str] = {}
    try:
        header = [name.strip() for name in next(reader, [])]
        places = _places(header, columns)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            line = reader.line_num
            if len(cells) != len(header):
                problems[f"{line}"] = f"Dòng {line}: có {len(cells)} ô, dòng đầu có {len(header)} cột."
                continue
            rows.append(Row(line, {name: cells[place].strip() for name, place in places.items()}))
    except csv.Error as error:
        sentence = f"Dòng {reader.line_num}: không đọc được như tệp CSV, thường vì thiếu dấu nháy kép đóng. Hãy lưu lại dạng «CSV UTF-8»."
        raise Invalid({**problems, f"{reader.line_num}": sentence}) from error
    return Table(tuple(rows), problems)


def whole(row: Row, column: str, problems: dict[str, str]) -> int | None:
    """Return the cell as a whole number from 0 on, or nothing and a problem."""
    cell = row.cells[column]
    if found := _WHOLE.fullmatch(cell):
        return int(found[1])
    if not cell:
        why = "để trống. Không có số liệu thì bỏ cả dòng, không có gì thì ghi 0."
    elif _DECIMAL.fullmatch(cell) and cell.startswith("-"):
        why = f"«{cell}» là số âm."
    else:
        why = f"«{cell}» không phải số nguyên viết liền, ví dụ 184513."
    problems[f"{row.line}.{column}"] = f"Dòng {row.line}, cột {column}: {why}"
    return None


def decimal(row: Row, column: str, problems: dict[str, str]) -> Decimal | None:
    """Return the cell as a number, with a point or a comma; nothing for an empty cell, nothing and a problem for another."""
    cell = row.cells[column]
    if not cell:
        return None
    if _DECIMAL.fullmatch(cell):
        return Decimal(cell.replace(",", "."))
    problems[f"{row.line}.{column}"] = f"Dòng {row.line}, cột {column}: «{cell}» không phải số, ví dụ 15.68."
    return None


def _places(header: list[str], columns: Sequence[str]) -> dict[str, int]:
    problems = {}
    for name in columns:
        if header.count(name) != 1:
            how = "thiếu cột" if name not in header else "có hai cột"
            problems[f"1.{name}"] = (
                f"Dòng 1: {how} «{name}»; dòng đầu đang là: {', '.join(header) or '(trống)'}. Các cột ngăn nhau bằng dấu phẩy."
            )
    if problems:
        raise Invalid(problems)
    return {name: header.index(name) for name in columns}
