"""``cchc unit CODE``: which unit this is, or was, on a day; what became of it, what it came from, what stands above it."""

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cli import base
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.organisations.api import Bringer, Successor, UnitView


class Command(base.Command):
    """Answer questions about a unit by its code; by a name, list the units of that name and choose none."""

    help = "Tra cứu đơn vị: tên, cấp trên, đơn vị kế tục và tiền thân vào một ngày"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the code, the day, and what is asked."""
        parser.add_argument("code", metavar="MÃ", help="mã đơn vị, mã định danh điện tử, hoặc tên («Gia Lâm, Hà Nội»)")
        parser.add_argument("--on", type=_day, help="vào ngày nào, ví dụ 2025-06-30 (mặc định: hôm nay)")
        asked = parser.add_mutually_exclusive_group()
        asked.add_argument("--successors", action="store_true", help="các đơn vị kế tục sau ngày đó, đến nay")
        asked.add_argument("--predecessors", action="store_true", help="các đơn vị tiền thân trước ngày đó")
        asked.add_argument("--ancestors", action="store_true", help="các đơn vị cấp trên vào ngày đó")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:  # noqa: ARG002 (nothing here takes long)
        """Find the unit and answer. Without a day, a code that nobody bears any more is that of its last bearer."""
        today = local_date(timezone.now())
        called = _found(options["code"], options["on"], today)
        if len(called) > 1:
            return base.Answer({"found": [_unit(view) for view in called]}, "\n".join(_line(view) for view in called))
        view = called[0]
        day = options["on"] or (today if today in view.period else (view.period.last or view.period.start))
        answer: dict[str, Any] = {**_unit(view), "on": day.isoformat()}
        lines = [_line(view)]
        if options["successors"]:
            successors = organisations.successors_of(view.id, before=day + timedelta(days=1))
            answer["successors"] = [_successor(item) for item in successors]
            lines += [_brought(item) for item in successors] or ["  Không có đơn vị kế tục."]
        elif options["predecessors"]:
            predecessors = organisations.predecessors_of(view.id, on=day)
            answer["predecessors"] = [_tie(item) for item in predecessors]
            lines += [f"  ← {_line(item.unit)}: {_kind(item)}" for item in predecessors] or ["  Chưa rõ đơn vị tiền thân."]
        elif options["ancestors"]:
            ancestors = organisations.ancestors_on(view.id, day)
            answer["ancestors"] = [_unit(item) for item in ancestors]
            lines += [f"  ↑ {_line(item)}" for item in ancestors] or ["  Không có đơn vị cấp trên."]
        return base.Answer(answer, "\n".join(lines))


def _found(code: str, on: date | None, today: date) -> Sequence[UnitView]:
    try:
        return [organisations.unit(code, on=on or today)]
    except NotFound:
        called = organisations.find_units(code, on=on or today)
        if called:
            return called
        if on is not None:
            raise
    return [organisations.last_bearer(code)]


def _unit(view: UnitView) -> dict[str, Any]:
    return {
        "code": view.code,
        "kind": view.kind,
        "agency_code": view.agency_code,
        "agency_code_legacy": view.legacy_agency_code,
        "agency_code_certainty": view.agency_certainty,
        "full_name": view.full_name,
        "name": view.name,
        "path": list(view.path),
        "since": view.since,
        "until": view.until,
    }


def _tie(item: Bringer | Successor) -> dict[str, Any]:
    return {
        **_unit(item.unit),
        "succession": item.kind,
        "share": _plain(item.share),
        "share_known": item.share_known,
        "is_default": item.is_default,
    }


def _successor(item: Successor) -> dict[str, Any]:
    return {**_tie(item), "brought_by": [_tie(bringer) for bringer in item.brought_by]}


def _line(view: UnitView) -> str:
    agency = f", mã định danh {view.agency_code}" if view.agency_code else ""
    return f"{view.code}  {view.place} ({view.kind.label}{agency}; {view.period_text})"


def _kind(item: Bringer | Successor) -> str:
    share = ", chưa rõ tỷ lệ" if item.share is None else "" if item.share == 1 else f", {_plain(item.share)} đơn vị cũ"
    return f"{item.kind.label.lower()}{share}"


def _brought(item: Successor) -> str:
    bringers = "; ".join(f"{bringer.unit.full_name} ({bringer.unit.code}, {_kind(bringer)})" for bringer in item.brought_by)
    return f"  → {item.unit.code}  {item.unit.place}: {bringers}"


def _plain(share: Decimal | None) -> str | None:
    """Return the share as text without superfluous zeros: a float would not be what was entered."""
    return None if share is None else f"{share.normalize():f}"


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{word}» không phải là ngày (cần dạng 2025-06-30)") from None
