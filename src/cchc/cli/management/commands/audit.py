"""``cchc audit verify | seal``: recompute the journal, and seal it."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import CommandParser

from cchc.audit.api import Report, SealView, seal, unsealed, verify
from cchc.cli import base
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import moment_text
from cchc.kernel.text import number

_TOLD_EVERY = 10_000


class Command(base.Command):
    """Look after the journal."""

    help = "Nhật ký: verify (tính lại mọi chuỗi băm và niêm phong, kể tên chỗ bị sửa), seal (niêm phong các mục mới)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and one stream instead of all."""
        parser.add_argument("what", choices=["verify", "seal"], metavar="verify|seal")
        parser.add_argument(
            "--stream", metavar="S", help="verify: chỉ một chuỗi, ví dụ case:H27.112-261120-0042 (mặc định: tất cả, và các khóa chống sửa)"
        )

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Recompute, with exit code 1 when something does not hold; or seal."""
        if options["what"] == "seal":
            if options["stream"]:
                raise Refused("Niêm phong gồm mọi chuỗi: bỏ --stream.", field="stream")
            made, left = seal(actor=Actor.system("niêm phong bằng dòng lệnh"), at=datetime.now(UTC)), unsealed()
            return base.Answer({**made.document(), "unsealed": left}, _seal_words(made, left))
        return self._verify(progress, options["stream"])

    def _verify(self, progress: base.Progress, stream: str | None) -> base.Answer:
        told = 0

        def tell(report: Report) -> None:
            nonlocal told
            if report.entries - told >= _TOLD_EVERY:
                told = report.entries
                progress(f"đã tính lại {number(told)} mục")

        report = verify(stream=stream, progress=tell)
        if stream and not report.streams:
            raise Refused(f"Nhật ký không có chuỗi «{stream}». Kiểm tra lại tên, ví dụ case:H27.112-261120-0042.", field="stream")
        return base.Answer(_plain(report), _words(report), code=0 if report.holds else base.BROKEN)


def _plain(report: Report) -> dict[str, Any]:
    return {
        "holds": report.holds,
        "streams": report.streams,
        "entries": report.entries,
        "private_parts": report.private_parts,
        "seals": report.seals,
        "sealed": report.sealed,
        "unsealed": report.unsealed,
        "faults": [{"stream": fault.stream, "seq": fault.seq, "what": fault.what} for fault in report.faults],
    }


def _words(report: Report) -> str:
    seen = f"{number(report.streams)} chuỗi, {number(report.entries)} mục, {number(report.private_parts)} phần riêng"
    if report.seals:
        seen += f"; {number(report.seals)} niêm phong che chở {number(report.sealed)} mục, {number(report.unsealed)} mục chưa niêm phong"
    if report.holds:
        return f"Nhật ký nguyên vẹn: {seen}."
    lines = [f"Nhật ký KHÔNG nguyên vẹn: {number(len(report.faults))} lỗi trong {seen}."]
    return "\n".join([*lines, *(f"  {fault.stream}, mục {fault.seq}: {fault.what}" for fault in report.faults)])


def _seal_words(made: SealView, left: int) -> str:
    words = f"Niêm phong số {number(made.number)}, {moment_text(made.sealed_at)}: {number(made.count)} mục, mã {made.fingerprint}."
    return f"{words} Còn {number(left)} mục của giao dịch chưa xong, để lần sau." if left else words
