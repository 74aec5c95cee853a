"""``cchc figures``: which figures there are, whether the rollups are true, and counting them again."""

from typing import Any

from django.core.management.base import CommandParser

from cchc.cli import base
from cchc.figures import api as figures

SHOWN = 50


class Command(base.Command):
    """List, verify, rebuild."""

    help = "Số liệu: list liệt kê, verify đếm lại và so, rebuild tổng hợp lại từ đầu"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the act."""
        parser.add_argument("act", choices=("list", "verify", "rebuild"), metavar="list|verify|rebuild", help="việc cần làm")
        parser.add_argument("--rollups-only", action="store_true", help="verify: không kể lại từng hồ sơ từ nhật ký")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Do it."""
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
