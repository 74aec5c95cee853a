"""``cchc index766``: the points of the service index (Decision 766/QĐ-TTg) from a file of facts without a database, or from our own figures."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cli import base
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring

SET = "qd766"
MONTHS = 12
NOTHING = "–"
GAP = "  "


class Command(base.Command):
    """Score units by the service index. Where the facts come from is one function, what is printed another."""

    help = "Chấm điểm bộ chỉ số 766: --facts TỆP (không cần cơ sở dữ liệu), hoặc --unit MÃ --period 2026-08"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file of facts."""
        parser.add_argument(
            "--facts", metavar="TỆP", help="tệp CSV có cột unit,metric,numerator,denominator; mỗi đơn vị, chỉ tiêu một dòng"
        )
        parser.add_argument("--unit", metavar="MÃ", help="chấm đơn vị này và các đơn vị có hồ sơ bên dưới, từ số liệu ở đây")
        parser.add_argument("--period", metavar="KỲ", help="tháng 2026-08, quý 2026-Q3 hoặc năm 2026, theo dương lịch như Cổng")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Answer with the points of every unit."""
        if bool(options["facts"]) == bool(options["unit"]) or bool(options["unit"]) != bool(options["period"]):
            raise Refused("Cần --facts TỆP, hoặc --unit MÃ cùng --period KỲ. Ví dụ: cchc index766 --unit 42 --period 2026-08 --json.")
        criteria_set = scoring.reference_set(SET)
        if options["unit"]:
            scored = _measured(criteria_set, options["unit"], period_named(options["period"]))
            return base.Answer([_data(each) for each in scored], _table(criteria_set, scored))
        found = scoring.parse_facts(_text(Path(options["facts"])), criteria_set)
        for warning in found.warnings:
            progress(warning)
        scored = [scoring.score(criteria_set, facts) for facts in found.units]
        return base.Answer([_data(each) for each in scored], _table(criteria_set, scored))


def period_named(text: str) -> Period:
    """Return the calendar month, quarter or year of a name: ``2026-08``, ``2026-Q3``, ``2026``. Raises ``Refused``."""
    found = re.fullmatch(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])))?", text.strip())
    months = (int(found[2] or 1), 1) if found and found[2] else (int(found[3]) * 3 - 2, 3) if found and found[3] else (1, 12)
    if not found or not 1 <= months[0] <= MONTHS or not date.min.year < int(found[1]) < date.max.year:
        raise Refused(f"--period phải dạng 2026-08, 2026-Q3 hoặc 2026, không phải «{text}».", field="period")
    end = int(found[1]) * MONTHS + months[0] - 1 + months[1]
    return Period(date(int(found[1]), months[0], 1), date(end // MONTHS, end % MONTHS + 1, 1))


def _measured(criteria_set: scoring.CriteriaSet, code: str, period: Period) -> list[scoring.Scored]:
    assert period.last is not None, "a month, quarter or year ends"
    today = local_date(timezone.now())
    unit = organisations.unit_on(code, min(period.last, today))
    own = scoring.scored_unit(criteria_set, unit=unit, period=period)
    below = scoring.scored_below(criteria_set, unit=unit, period=period)
    return [own, *(scored for unit_id, scored in below.items() if unit_id != unit.id)]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise Refused(f"Không có tệp «{path}».", field="facts") from error
    except OSError as error:
        raise Refused(f"Không đọc được tệp «{path}». Kiểm tra đường dẫn và quyền đọc.", field="facts") from error
    except UnicodeDecodeError as error:
        raise Refused(f"Tệp «{path}» không phải CSV mã UTF-8. Hãy lưu lại dạng «CSV UTF-8» rồi thử lại.", field="facts") from error


def _data(scored: scoring.Scored) -> dict[str, Any]:
    """Return the unit's points as the document has them. Rounded decimals become JSON numbers only here."""
    return {
        "unit": scored.unit,
        "metrics": {code: None if points is None else float(points) for code, points in scored.metrics.items()},
        "groups": {code: float(points) for code, points in scored.groups.items()},
        "total": float(scored.total),
    }


def _table(criteria_set: scoring.CriteriaSet, scored: list[scoring.Scored]) -> str:
    head = ["Đơn vị", *(group.short for group in criteria_set.groups), "Tổng", "Phần có số liệu", "Hạng"]
    most = ["Tối đa", *(_maximum(group.maximum) for group in criteria_set.groups), _maximum(criteria_set.maximum), "", ""]
    places = scoring.ranks([each.total for each in scored])
    rows = [_row(criteria_set, each, place) for each, place in zip(scored, places, strict=True)]
    widths = [max(map(len, column)) for column in zip(head, most, *rows, strict=True)]
    lines = [_line(row, widths) for row in (head, most, *rows)]
    title = f"{criteria_set.name} ({criteria_set.law})"
    return "\n".join([title, "", *lines, "", *_notes(scored)])


def _row(criteria_set: scoring.CriteriaSet, scored: scoring.Scored, place: int | None) -> list[str]:
    groups = [_points(scored.groups[code] if scored.groups_out_of.get(code) else None) for code in (g.code for g in criteria_set.groups)]
    return [scored.unit, *groups, _points(scored.total), f"trên {_maximum(scored.out_of)}", NOTHING if place is None else str(place)]


def _line(cells: list[str], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return GAP.join([f"{first[0]:<{first[1]}}", *(f"{cell:>{width}}" for cell, width in others)]).rstrip()


def _notes(scored: list[scoring.Scored]) -> list[str]:
    notes = [f"{NOTHING} là nhóm không có điểm nào được chấm. Hạng xếp theo tổng điểm; đồng điểm thì đồng hạng."]
    if len({each.out_of for each in scored}) > 1:
        notes.append("Các đơn vị có số liệu khác nhau: so «phần có số liệu» trước khi so hạng.")
    for each in scored:
        left_out = [code for code, points in each.metrics.items() if points is None]
        notes += [f"{each.unit}: không chấm {', '.join(left_out)} (mẫu số bằng 0 hoặc chỉ theo dõi)."] if left_out else []
    return notes


def _points(points: Decimal | None) -> str:
    return NOTHING if points is None else str(points).replace(".", ",")


def _maximum(points: Decimal) -> str:
    return f"{points.normalize():f}".replace(".", ",")
