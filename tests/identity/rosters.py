"""Lists of people as offices hand them in."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Họ và tên", "Tên đăng nhập", "Thư điện tử", "Đơn vị", "Vai trò", "Chức danh", "Từ ngày", "Đến hết ngày")


def roster(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS, sheet: str = "Danh sách") -> bytes:
    """Return a workbook with these rows below the headings."""
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append(list(headings))
    for row in rows:
        page.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def one(name: str = "Nguyễn Thị Hồng Ánh", *, login: str = "", unit: str = "H27.112.02", role: str = "Công chức xử lý hồ sơ") -> list[str]:
    """Return a sound row."""
    return [name, login, "", unit, role, "Công chức địa chính", "", ""]
