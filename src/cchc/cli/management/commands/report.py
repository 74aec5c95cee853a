"""``cchc report``: a statutory form of a unit and period, filled from figures, as JSON or as a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cli import base
from cchc.cli.management.commands.figure import period_of
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.reports import api as reports


class Command(base.Command):
    """Fill a form."""

    help = "Biểu thống kê: cchc report ii06 --unit 18313 --from 2026-06-15 --to 2026-09-14 --format xlsx -o bieu.xlsx"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form, the unit, the period and where it goes."""
        parser.add_argument("form", metavar="BIỂU", help="ii06 (tự chọn mẫu theo cấp), ii06a, ii06c, ii07a")
        parser.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị; gồm cả đơn vị bên dưới")
        parser.add_argument("--from", dest="start", required=True, metavar="NGÀY", help="ngày đầu kỳ: 2026-06-15")
        parser.add_argument("--to", dest="last", required=True, metavar="NGÀY", help="ngày cuối kỳ, tính cả ngày đó: 2026-09-14")
        parser.add_argument(
            "--format", choices=[item.value for item in reports.FileFormat], default="json", metavar="DẠNG", help="json, xlsx, docx, pdf"
        )
        parser.add_argument(
            "-o", "--output", metavar="TỆP", help="ghi vào tệp; không có thì in ra, trừ xlsx, docx, pdf khi màn hình là thiết bị cuối"
        )
        parser.add_argument("--final", action="store_true", help="không in chữ DỰ THẢO")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Fill and write."""
        at = timezone.now()
        period = period_of(options["start"], options["last"])
        unit = organisations.unit_on(options["unit"], min(period.last or local_date(at), local_date(at)))
        form = reports.statutory(options["form"], unit=unit, period=period, at=at, is_draft=not options["final"])
        kind = reports.FileFormat(options["format"])
        if options["json"] or (kind is reports.FileFormat.JSON and not options["output"]):
            return base.Answer(form.as_json(), reports.to_json(form).decode())
        content = reports.to_file(form, kind, at=at)
        if options["output"]:
            Path(options["output"]).write_bytes(content)
            return base.Answer({"file": options["output"], "bytes": len(content)}, f"Đã ghi {options['output']} ({len(content)} byte).")
        if sys.stdout.isatty():
            raise Refused("Tệp này không đọc được trên màn hình: thêm -o TỆP.")
        progress("Ghi tệp ra đầu ra chuẩn.")
        sys.stdout.buffer.write(content)
        return base.Answer({}, "")
