"""``cchc audit verify``: recompute the journal."""

from typing import Any

from django.core.management.base import CommandParser

from cchc.audit.api import Report, verify
from cchc.cli import base
from cchc.kernel.errors import Refused
from cchc.kernel.text import number

_TOLD_EVERY = 10_000


class Command(base.Command):
    """Look after the journal."""

    help = "Nhật ký: verify (tính lại mọi chuỗi băm, kể tên chỗ bị sửa)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and one stream instead of all."""
        parser.add_argument("what", choices=["verify"], metavar="verify")
        parser.add_argument(
            "--stream", metavar="S", help="chỉ một chuỗi, ví dụ case:H27.112-261120-0042 (mặc định: tất cả, và các khóa chống sửa)"
        )

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Recompute; exit code 1 when something does not hold."""
        told = 0

        def tell(entries: int) -> None:
            nonlocal told
            if entries - told >= _TOLD_EVERY:
                told = entries
                progress(f"đã tính lại {number(entries)} mục")

        report = verify(stream=options["stream"], progress=tell)
        if options["stream"] and not report.streams:
            raise Refused(
                f"Nhật ký không có chuỗi «{options['stream']}». Kiểm tra lại tên, ví dụ case:H27.112-261120-0042.", field="stream"
            )
        return base.Answer(_plain(report), _words(report), code=0 if report.holds else base.BROKEN)


def _plain(report: Report) -> dict[str, Any]:
    return {
        "holds": report.holds,
        "streams": report.streams,
        "entries": report.entries,
        "private_parts": report.private_parts,
        "faults": [{"stream": fault.stream, "seq": fault.seq, "what": fault.what} for fault in report.faults],
    }


def _words(report: Report) -> str:
    seen = f"{number(report.streams)} chuỗi, {number(report.entries)} mục, {number(report.private_parts)} phần riêng"
    if report.holds:
        return f"Nhật ký nguyên vẹn: {seen}."
    lines = [f"Nhật ký KHÔNG nguyên vẹn: {number(len(report.faults))} lỗi trong {seen}."]
    return "\n".join([*lines, *(f"  {fault.stream}, mục {fault.seq}: {fault.what}" for fault in report.faults)])
