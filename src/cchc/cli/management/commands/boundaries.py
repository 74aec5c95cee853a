"""``cchc boundaries load FILE.geojson``: the official boundaries of communes, for the map of the public board."""

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cli import base
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.text import number
from cchc.organisations import api as organisations

_ACTOR = Actor.system("nạp ranh giới bằng dòng lệnh")


class Command(base.Command):
    """Load boundaries from a file of the operator's."""

    help = "Ranh giới đơn vị: load (nạp tệp GeoJSON ranh giới chính thức để vẽ bản đồ)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, where the codes stand in it, whose file it is, from which day it holds, and how much to simplify."""
        parser.add_argument("what", choices=["load"], metavar="load")
        parser.add_argument("file", type=Path, metavar="TỆP.geojson", help="ranh giới, WGS 84; xem docs/howto/nap-ban-do.md")
        parser.add_argument("--property", default="", metavar="TÊN", help="thuộc tính ghi mã đơn vị (mặc định: tự tìm)")
        parser.add_argument("--source", default="", metavar="NGUỒN", help="cơ quan ban hành, ngày (mặc định: tên tệp)")
        parser.add_argument("--since", type=_day, help="ranh giới có hiệu lực từ ngày, ví dụ 2025-07-01 (mặc định: từ khi có đơn vị)")
        parser.add_argument(
            "--metres", type=int, default=organisations.METRES, metavar="N", help="giản lược đến bao nhiêu mét (mặc định 100)"
        )

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Read the file, load it whole or not at all, and say what is still missing."""
        file = options["file"]
        progress(f"đọc {file.name}")
        report = organisations.load_boundaries(
            actor=_ACTOR,
            at=timezone.now(),
            content=_content(file),
            source=options["source"] or file.name,
            code_property=options["property"],
            since=options["since"],
            metres=options["metres"],
            progress=lambda done, total: progress.step(done, total, "đơn vị"),
        )
        lines = [
            f"Đã nạp ranh giới {number(report.units)} đơn vị, mã lấy từ thuộc tính «{report.code_property}».",
            f"Giản lược từ {number(report.points_read)} còn {number(report.points_kept)} điểm.",
        ]
        if report.missing:
            more = "…" if report.missing > len(report.missing_names) else "."
            lines.append(f"Còn {number(report.missing)} đơn vị cùng cấp chưa có ranh giới: {', '.join(report.missing_names)}{more}")
        return base.Answer(asdict(report), "\n".join(lines))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > organisations.LARGEST:
            raise Refused(f"Tệp lớn hơn {organisations.LARGEST // 1024 // 1024} MB. Hãy giản lược trước khi nạp.", field="file")
        return file.read_bytes()
    except OSError as error:
        raise NotFound(f"Không mở được tệp {file}. Xem lại đường dẫn.", field="file") from error


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{word}» không phải là ngày (cần dạng 2025-07-01)") from None
