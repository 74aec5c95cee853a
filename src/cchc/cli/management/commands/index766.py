"""``cchc index766``: the points of the service index (Decision 766/QĐ-TTg) from a file of facts; no database is asked."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cchc.cli import base
from cchc.kernel.errors import Refused
from cchc.scoring import api as scoring

SET = "qd766"
NOTHING = "–"
GAP = "  "


class Command(base.Command):
    """Score units by the service index. Where the facts come from is one function, what is printed another."""

    help = "Chấm điểm bộ chỉ số 766: --facts TỆP, tệp CSV có cột unit, metric, numerator, denominator"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file of facts."""
        parser.add_argument(
            "--facts", metavar="TỆP", help="tệp CSV có cột unit,metric,numerator,denominator; mỗi đơn vị, chỉ tiêu một dòng"
        )

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Answer with the points of every unit."""
        if not options["facts"]:
            raise Refused("Cần --facts TỆP, ví dụ: cchc index766 --facts so-lieu.csv --json.")
        criteria_set = scoring.reference_set(SET)
        found = scoring.parse_facts(_text(Path(options["facts"])), criteria_set)
        for warning in found.warnings:
            progress(warning)
        scored = [scoring.score(criteria_set, facts) for facts in found.units]
        return base.Answer([_data(each) for each in scored], _table(criteria_set, scored))


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
