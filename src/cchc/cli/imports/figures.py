"""``cchc import figures FILE --source …``: values that another system published, for figures that nothing here counts."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cchc.cli.base import Answer, Progress
from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused

HELP = "Nhập số liệu do hệ thống khác công bố: tệp CSV có cột key,unit,from,to,numerator,denominator"


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file, and where it is from."""
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp CSV, chữ UTF-8; ngày viết như 2026-09-15")
    parser.add_argument("--source", required=True, metavar="NGUỒN", help="số liệu lấy từ đâu, ngày nào; hiện cạnh số liệu")


def run(*, progress: Progress, **options: Any) -> Answer:  # noqa: ARG001 (every import is called alike)
    """Import all rows or none; each row that is wrong is told with its line."""
    try:
        text = options["file"].read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"Không đọc được tệp {options['file']}: {error}. Lưu tệp dạng CSV, chữ UTF-8.") from error
    count = figures.import_values(actor=Actor.system("nhập số liệu"), at=datetime.now(UTC), text=text, source=options["source"])
    return Answer({"values": count}, f"Đã nhập {count} số liệu.")
