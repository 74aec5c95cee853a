"""``cchc import procedures FILE…``: the portal's Excel lists and ``procedures.jsonl``."""

from argparse import ArgumentParser
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cchc.cli.base import Answer, Progress
from cchc.kernel.actor import Actor
from cchc.procedures.api import ImportReport, import_procedures

HELP = "Nhập danh mục thủ tục: tệp Excel của Cổng Dịch vụ công quốc gia hoặc procedures.jsonl"


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="tệp .xlsx hoặc .jsonl; nội dung quyết định, không phải tên tệp"
    )


def run(*, progress: Progress, **options: Any) -> Answer:
    """Import and report."""
    report = import_procedures(actor=Actor.system("nhập danh mục thủ tục"), at=datetime.now(UTC), files=options["files"], progress=progress)
    return Answer(report.as_json(), _words(report))


def _words(report: ImportReport) -> str:
    lines = [
        f"Đã đọc {report.rows} dòng: {report.taken} thủ tục mới hoặc đổi, {report.unchanged} không đổi, {len(report.refused)} bị từ chối.",
        f"Thời hạn đọc được: {report.terms_read}/{report.terms}. Phí, lệ phí đọc được: {report.fees_read}/{report.fees}.",
    ]
    lines += [f"  từ chối {row.file} dòng {row.line} ({row.code or 'không mã'}): {row.why}" for row in report.refused]
    if report.left_to_person:
        counts = Counter(item.what for item in report.left_to_person)
        lines.append("Để người rà soát: " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) + ".")
        lines += [f"  {item.code} {item.what} {item.channel or '-'}: «{item.raw[:100]}» {item.why}" for item in report.left_to_person]
    return "\n".join(lines)
