"""``cchc import register FILE --mapping MAP.toml``: an existing register becomes cases. This is how an office moves in."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cchc.cases.api import RegisterReport, import_register
from cchc.cli.base import Answer, Progress
from cchc.kernel.actor import Actor
from cchc.kernel.text import number

HELP = "Nhập sổ hồ sơ cũ (CSV hoặc XLSX) theo tệp ánh xạ"
_TOLD = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file, its mapping, and the day as of which open cases are judged."""
    parser.add_argument("file", type=Path, metavar="FILE", help="sổ cũ, CSV hoặc XLSX; nội dung quyết định, không phải tên tệp")
    parser.add_argument("--mapping", type=Path, required=True, metavar="MAP.toml", help="tệp ánh xạ cột; xem docs/howto/nhap-so-cu.md")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="tính quá hạn đến 00:00 ngày này, theo múi giờ của tệp (mặc định: lúc này)"
    )


def run(*, progress: Progress, **options: Any) -> Answer:
    """Import and report."""
    report = import_register(
        actor=Actor.system("nhập sổ cũ"),
        at=datetime.now(UTC),
        file=options["file"],
        mapping=options["mapping"],
        as_of=options["as_of"],
        progress=lambda rows: progress(f"đã đọc {number(rows)} hàng"),
    )
    return Answer(report.as_json(), _words(report))


def _words(report: RegisterReport) -> str:
    seen = f"Sổ «{report.name}» ({report.shape}): {number(report.rows)} hàng, {number(report.cases)} hồ sơ"
    still = f"Đang giải quyết {number(report.open)}, trong đó {number(report.open_overdue)} quá hạn"
    lines = [
        f"{seen}; {number(report.added)} mới nhập, {number(report.known)} đã có từ trước.",
        f"Đã giải quyết {number(report.finished)}: {number(report.on_time)} đúng hạn, {number(report.late)} quá hạn.",
        f"{still} (tính đến {report.as_of:%H:%M %d/%m/%Y}).",
    ]
    for word, rows in (("Không nhập", report.refused), ("Đã nhập, cần xem lại", report.flagged)):
        if rows:
            lines.append(f"{word}: {number(len(rows))} hàng.")
            lines += [f"  hàng {row['row']} ({row['code'] or 'không mã'}): {row['why']}" for row in rows[:_TOLD]]
        if len(rows) > _TOLD:
            lines.append(f"  … và {number(len(rows) - _TOLD)} hàng nữa; dùng --json để xem tất cả.")
    for key, word in (("unknown_units", "Đơn vị"), ("unknown_procedures", "Thủ tục")):
        if report.unplaced[key]:
            lines.append(
                f"{word} chưa có trong danh mục: "
                + ", ".join(f"{name} ({number(count)})" for name, count in list(report.unplaced[key].items())[:_TOLD])
                + "."
            )
    return "\n".join(lines)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ArgumentTypeError(f"«{word}» không phải là ngày (cần dạng 2026-11-23)") from None
