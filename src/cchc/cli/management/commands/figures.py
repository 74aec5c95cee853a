"""``cchc figures``: which figures there are, whether the rollups are true, counting them again, and values of other systems."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cli import base
from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused

SHOWN = 50


class Command(base.Command):
    """List, verify, rebuild, import."""

    help = "Số liệu: list liệt kê, verify đếm lại và so, rebuild tổng hợp lại từ đầu, import nhập số liệu của hệ thống khác từ tệp"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the act."""
        parser.add_argument(
            "act", choices=("list", "verify", "rebuild", "import"), metavar="list|verify|rebuild|import", help="việc cần làm"
        )
        parser.add_argument(
            "file", nargs="?", metavar="TỆP", help="import: tệp CSV hoặc XLSX, cột key,unit,from,to,numerator,denominator,source"
        )
        parser.add_argument(
            "--source", default="", metavar="NGUỒN", help="import: số liệu lấy từ đâu, ngày nào, cho các dòng không ghi cột source"
        )
        parser.add_argument("--check", action="store_true", help="import: chỉ kiểm tra tệp, không ghi gì")
        parser.add_argument("--rollups-only", action="store_true", help="verify: không kể lại từng hồ sơ từ nhật ký")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Do it."""
        if (options["act"] == "import") != bool(options["file"]):
            raise Refused(
                "Tên tệp đi cùng «import», và chỉ với việc đó. Ví dụ: cchc figures import so-lieu.csv --source «Cổng, 01/12/2026»."
            )
        if options["act"] == "import":
            return _import(base.content_of(options["file"]), options["source"], only_check=options["check"])
        if options["act"] == "list":
            return _list()
        if options["act"] == "rebuild":
            rows = figures.rebuild(progress=lambda done, of: progress.step(done, of, "tháng"))
            return base.Answer({"rows": rows}, f"Đã tổng hợp lại: {rows} dòng.")
        wrong = figures.verify(progress=progress.step, with_journal=not options["rollups_only"])
        text = "\n".join([*wrong[:SHOWN], *([f"… và {len(wrong) - SHOWN} chỗ nữa."] if len(wrong) > SHOWN else [])])
        return base.Answer(
            {"sound": not wrong, "wrong": wrong},
            text or "Số liệu khớp: đếm lại từ hồ sơ và nhật ký, không chỗ nào khác.",
            base.BROKEN if wrong else 0,
        )


def _import(content: bytes, source: str, *, only_check: bool) -> base.Answer:
    """Take the values of a file, all or none; every wrong line is told."""
    actor, at = Actor.system("nhập số liệu bằng lệnh"), timezone.now()
    checked = figures.check_values(actor=actor, at=at, content=content, source=source)
    for row in checked.rows if not checked.problems else ():
        if row.doubt:
            base.Progress()(f"Dòng {row.line}: {row.doubt}")
    counts = {verdict.value: checked.count(verdict) for verdict in figures.ValueVerdict}
    if only_check:
        told = [*checked.problems.values(), ", ".join(f"{verdict.label}: {checked.count(verdict)}" for verdict in figures.ValueVerdict)]
        return base.Answer({**counts, "problems": checked.problems, "written": 0}, "\n".join(told), base.BROKEN if checked.problems else 0)
    written = figures.import_values(actor=actor, at=at, content=content, source=source)
    return base.Answer({**counts, "problems": {}, "written": written}, f"Đã nhập {written} số liệu; {counts['known']} dòng đã có từ trước.")


def _list() -> base.Answer:
    rows = [
        {
            "key": item.figure.key,
            "label": item.figure.label,
            "definition": item.figure.definition,
            "formula": item.figure.formula,
            "unit": item.figure.unit,
            "clause": item.figure.clause,
            "doubt": item.figure.doubt,
            "zero": item.figure.zero.value,
            "by": [dimension.value for dimension in item.figure.by],
            "audience": item.figure.audience.value,
            "beside": list(item.figure.beside),
            "imported": item.figure.imported,
        }
        for item in figures.measures()
    ]
    width = max((len(str(row["key"])) for row in rows), default=0)
    return base.Answer(rows, "\n".join(f"{row['key']:<{width}}  {row['label']} ({row['unit']})" for row in rows))
