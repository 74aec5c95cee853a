"""``cchc seed reference|demo``."""

import argparse
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import CommandParser

from cchc.cli import base
from cchc.cli.reference import seed_reference
from cchc.kernel.errors import Refused

MOST_CASES = 100_000


class Command(base.Command):
    """Load reference data, or the demo scene."""

    help = "Nạp dữ liệu: reference (tham chiếu) hoặc demo (cảnh mẫu)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to load and, for the demo, the day it ends and how many cases it has."""
        parser.add_argument("what", choices=["reference", "demo"], metavar="reference|demo")
        parser.add_argument("--until", type=_day, help="ngày cuối của cảnh mẫu, ví dụ 2026-11-23 (mặc định: hôm nay)")
        parser.add_argument("--cases", type=_count, help="số hồ sơ của cảnh mẫu (mặc định 2000)")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Load and report what is there now."""
        if options["what"] == "reference":
            report: Any = seed_reference(progress=progress)
            return base.Answer(report, "Đã nạp dữ liệu tham chiếu.")
        if find_spec("cchc.cli.demo") is None:
            raise Refused("Bản cài này không có cảnh mẫu.")
        chosen = {} if options["cases"] is None else {"cases": options["cases"]}
        report = import_module("cchc.cli.demo").seed_demo(until=options["until"], progress=progress, **chosen)
        return base.Answer(report, "Đã nạp cảnh mẫu.")


def _count(word: str) -> int:
    if not (word.isascii() and word.isdigit()) or not 1 <= int(word[:9]) <= MOST_CASES or len(word) > len(str(MOST_CASES)):
        raise argparse.ArgumentTypeError(f"«{word}» không phải số hồ sơ; viết một số từ 1 đến {MOST_CASES}")
    return int(word)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{word}» không phải là ngày (cần dạng 2026-11-23)") from None
