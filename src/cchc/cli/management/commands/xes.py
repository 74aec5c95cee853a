"""``cchc xes``: the log of what happened to files, for programs that mine processes; without personal data."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cases import api as cases
from cchc.cli import base
from cchc.cli.management.commands.figure import period_of
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import number
from cchc.organisations import api as organisations


class Command(base.Command):
    """Write a log as XES."""

    help = "Nhật ký hồ sơ dạng XES, không dữ liệu cá nhân: cchc xes --unit 18313 --from 2026-06-15 --to 2026-09-14 -o nhat-ky.xes"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take unit, days and file."""
        parser.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị; gồm cả đơn vị bên dưới")
        parser.add_argument("--from", dest="start", required=True, metavar="NGÀY", help="tiếp nhận từ ngày: 2026-06-15")
        parser.add_argument("--to", dest="last", required=True, metavar="NGÀY", help="đến hết ngày: 2026-09-14")
        parser.add_argument("-o", "--output", required=True, metavar="TỆP", help="tệp sẽ ghi")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Write the file as it is read."""
        period = period_of(options["start"], options["last"])
        today = local_date(timezone.now())
        unit = organisations.unit_on(options["unit"], min(period.last or today, today))
        traces = cases.event_log(actor=Actor.system("xuất nhật ký XES"), unit_id=unit.id, period=period)
        path, written = Path(options["output"]), -2
        try:
            with path.open("w", encoding="utf-8", newline="\n") as file:
                for piece in cases.as_xes(traces, name=f"{unit.code} {options['start']} {options['last']}"):
                    file.write(piece)
                    written += 1
                    if written and written % 10_000 == 0:
                        progress(f"đã ghi {number(written)} hồ sơ")
        except OSError as error:
            raise Refused(f"Không ghi được tệp «{path}». Kiểm tra thư mục và quyền ghi.", field="output") from error
        return base.Answer({"file": str(path), "cases": written}, f"Đã ghi {number(written)} hồ sơ vào {path}.")
