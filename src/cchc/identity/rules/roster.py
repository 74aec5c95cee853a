"""The list of people as offices hand it in: its columns, and what each cell must be. Knows no file and no database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cchc.identity.rules.accounts import login_problem, name_problem
from cchc.kernel.errors import Refused
from cchc.kernel.text import clean, fold

MOST_ROWS = 5000
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True)
class Column:
    """A column: what the program calls it, its heading, whether it must be filled, and what to write in it."""

    key: str
    heading: str
    required: bool
    note: str


COLUMNS = (
    Column("full_name", "Họ và tên", True, "Viết đủ dấu"),
    Column("login", "Tên đăng nhập", False, "Để trống thì máy đặt theo tên, ví dụ nhan.ltt"),
    Column("email", "Thư điện tử", False, "Nếu có"),
    Column("unit", "Đơn vị", True, "Mã hoặc tên đầy đủ, lấy ở trang Danh mục"),
    Column("role", "Vai trò", True, "Tên vai trò, lấy ở trang Danh mục"),
    Column("title", "Chức danh", False, "Để trống thì lấy tên vai trò"),
    Column("since", "Từ ngày", False, "dd/mm/yyyy; để trống là hôm nay"),
    Column("until", "Đến hết ngày", False, "dd/mm/yyyy; để trống là chưa có ngày kết thúc"),
)
HEADINGS = {column.key: column.heading for column in COLUMNS}


@dataclass(frozen=True)
class Raw:
    """A row as it stands in the file: its number there, its cells by column, and what could not be read, by column."""

    number: int
    cells: Mapping[str, str]
    problems: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """A row read: text in its stored form; ``until`` is the first day without the post. ``problems`` are sentences by column."""

    number: int
    full_name: str
    login: str
    email: str
    unit: str
    role: str
    title: str
    since: date
    until: date | None
    problems: dict[str, str]


def places(header: Sequence[str]) -> dict[str, int]:
    """Return where each column stands, by headings compared without case and accents. Refuses a sheet that lacks a needed one."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        for column in COLUMNS:
            if fold(cell) == fold(column.heading):
                found.setdefault(column.key, place)
    missing = [column.heading for column in COLUMNS if column.required and column.key not in found]
    if missing:
        raise Refused(
            f"Trang tính không có cột {', '.join(f'«{name}»' for name in missing)}. "
            "Tải tệp mẫu, chép danh sách vào đúng các cột rồi nhập lại.",
            field="file",
        )
    return found


def read(raw: Raw, *, today: date) -> Line:
    """Read a row; every wrong cell has a sentence that says what to write."""
    problems = dict(raw.problems)
    cells = {key: clean(raw.cells.get(key, "")) for key in HEADINGS}

    def wrong(key: str, sentence: str) -> None:
        if sentence:
            problems.setdefault(key, sentence)

    wrong("full_name", name_problem(cells["full_name"]))
    if cells["login"]:
        wrong("login", login_problem(cells["login"]))
    for column in COLUMNS:
        if column.required and not cells[column.key]:
            wrong(column.key, f"Chưa có {column.heading.lower()}.")
    if len(cells["title"]) > 120:  # noqa: PLR2004 (the column's length)
        wrong("title", "Chức danh dài quá 120 ký tự.")
    days: dict[str, date | None] = {}
    for key in ("since", "until"):
        days[key] = _day(cells[key])
        if cells[key] and days[key] is None:
            wrong(key, f"«{cells[key]}» không phải là ngày có trong lịch. Viết dd/mm/yyyy, ví dụ 01/12/2026.")
    since, last = days["since"] or today, days["until"]
    if last is not None and last < since:
        wrong("until", "Ngày cuối sớm hơn ngày bắt đầu.")
    return Line(
        number=raw.number,
        full_name=cells["full_name"],
        login=cells["login"].lower(),
        email=cells["email"],
        unit=cells["unit"],
        role=cells["role"],
        title=cells["title"],
        since=since,
        until=last + timedelta(days=1) if last is not None else None,
        problems=problems,
    )


def _day(text: str) -> date | None:
    written = _DAY.fullmatch(text)
    try:
        return date(int(written[3]), int(written[2]), int(written[1])) if written else date.fromisoformat(text)
    except ValueError:
        return None
