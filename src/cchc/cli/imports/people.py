"""``cchc import people FILE --unit CODE``: accounts and posts from the office's list (XLSX). One-time passwords are printed, once."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cchc.cli.base import Answer, Progress
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations

HELP = "Nhập danh sách người dùng (XLSX) theo tệp mẫu ở phòng «Người và vị trí»"


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file and the agency it is of."""
    parser.add_argument("file", type=Path, metavar="FILE", help="danh sách, XLSX")
    parser.add_argument("--unit", required=True, metavar="CODE", help="mã cơ quan; danh sách chỉ được dùng đơn vị này và đơn vị trực thuộc")
    parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")


def run(*, progress: Progress, **options: Any) -> Answer:
    """Look at the list; take it when every row is sound."""
    at, file = datetime.now(UTC), options["file"]
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(f"Không đọc được tệp «{file}».", field="file") from error
    actor = Actor.system("nhập danh sách người dùng")
    unit = organisations.unit(options["unit"], on=local_date(at))
    roster = identity.check_people(actor=actor, at=at, content=content, unit_id=unit.id)
    progress(f"đã kiểm tra {len(roster.rows)} hàng")
    data: dict[str, Any] = {
        "unit": unit.code,
        "rows": len(roster.rows),
        **{verdict.value: roster.count(verdict) for verdict in identity.RosterVerdict},
        "problems": [
            {"row": row.number, "column": heading, "why": sentence} for row in roster.rows for _key, heading, sentence in row.problems
        ],
        "written": False,
        "accounts": [],
    }
    if roster.wrong or options["dry_run"]:
        return Answer(data, _words(data), code=2 if roster.wrong else 0)
    result = identity.import_people(actor=actor, at=at, content=content, unit_id=unit.id)
    data["written"] = True
    data["accounts"] = [
        {"full_name": row.full_name, "login": row.login, "unit": row.unit_name, "title": row.title, "password": row.password}
        for row in result.given
    ]
    return Answer(data, _words(data))


def _words(data: dict[str, Any]) -> str:
    lines = [
        f"{data['rows']} hàng: {data['new']} tài khoản mới, {data['post']} vị trí thêm, {data['known']} đã có, {data['wrong']} cần sửa.",
        *(f"  hàng {item['row']}, {item['column']}: {item['why']}" for item in data["problems"]),
    ]
    if not data["written"]:
        lines.append("Chưa ghi gì.")
    if data["accounts"]:
        lines.append("Mật khẩu dùng một lần, chỉ in lần này:")
        lines += [f"  {item['login']}\t{item['password']}\t{item['full_name']}" for item in data["accounts"]]
    return "\n".join(lines)
