"""``cchc index766``: the points of the service index (Decision 766/QĐ-TTg) from a file of facts without a database, or from our own figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cli import base
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local, local_date
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring

SET = "qd766"
NOTHING = "–"
GAP = "  "


@dataclass(frozen=True)
class Points:
    """One unit as it is printed. ``groups`` maps a group to its points and what they are out of."""

    unit: str
    metrics: Mapping[str, Decimal | None]
    groups: Mapping[str, tuple[Decimal, Decimal]]
    total: Decimal
    out_of: Decimal
    rank: int | None

    @classmethod
    def scored(cls, each: scoring.Scored, rank: int | None) -> Self:
        """Return what was scored from a file; the place is among the units of the file."""
        groups = {code: (points, each.groups_out_of[code]) for code, points in each.groups.items()}
        return cls(each.unit, each.metrics, groups, each.total, each.out_of, rank)

    @classmethod
    def kept(cls, criteria_set: scoring.CriteriaSet, code: str, each: scoring.UnitScore) -> Self:
        """Return what is kept of a unit; the place is among its neighbours of the same kind."""
        metrics = {item.code: each.metrics[item.code] for item in criteria_set.criteria if item.code in each.metrics}
        return cls(code, metrics, each.groups, each.total, each.out_of, each.rank)


class Command(base.Command):
    """Score units by the service index. Where the facts come from is one function, what is printed another."""

    help = "Điểm bộ chỉ số 766: --facts TỆP (không cần cơ sở dữ liệu), --unit MÃ --period 2026-08, hoặc compare TỆP --period 2026-08"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file of facts, or the unit and period, or the file to compare with."""
        parser.add_argument("act", nargs="?", choices=("compare",), metavar="compare", help="so điểm ở đây với điểm đã công bố trong TỆP")
        parser.add_argument("file", nargs="?", metavar="TỆP", help="compare: tệp CSV có cột unit,period,item,value")
        parser.add_argument("--source", default="", metavar="NGUỒN", help="compare: giữ lại điểm công bố, ghi nguồn này")
        parser.add_argument(
            "--facts", metavar="TỆP", help="tệp CSV có cột unit,metric,numerator,denominator; mỗi đơn vị, chỉ tiêu một dòng"
        )
        parser.add_argument("--unit", metavar="MÃ", help="chấm đơn vị này và các đơn vị có hồ sơ bên dưới, từ số liệu ở đây")
        parser.add_argument("--again", action="store_true", help="tính lại điểm của kỳ cho mọi đơn vị trước khi in, kể cả kỳ đã hết từ lâu")
        parser.add_argument("--period", metavar="KỲ", help="tháng 2026-08, quý 2026-Q3 hoặc năm 2026, theo dương lịch như Cổng")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:
        """Answer with the points of every unit."""
        if options["act"]:
            return _compared(options)
        if bool(options["facts"]) == bool(options["unit"]) or bool(options["unit"]) != bool(options["period"]):
            raise Refused("Cần --facts TỆP, hoặc --unit MÃ cùng --period KỲ. Ví dụ: cchc index766 --unit 42 --period 2026-08 --json.")
        criteria_set = scoring.reference_set(SET)
        if options["unit"]:
            if options["again"]:
                scoring.compute(at=timezone.now(), periods=[_begun(options["period"])])
            return _kept(criteria_set, options["unit"], options["period"])
        found = scoring.parse_facts(_text(options["facts"]), criteria_set)
        for warning in found.warnings:
            progress(warning)
        scored = [scoring.score(criteria_set, facts) for facts in found.units]
        places = scoring.ranks([each.total for each in scored])
        lines = [Points.scored(each, place) for each, place in zip(scored, places, strict=True)]
        return base.Answer([_data(each) for each in lines], _table(criteria_set, lines))


def _begun(name: str) -> scoring.IndexPeriod:
    period = scoring.IndexPeriod.named(name)
    if period.start > local_date(timezone.now()):
        raise Refused(f"Kỳ {period.name} còn chưa đến.", field="period")
    return period


def _kept(criteria_set: scoring.CriteriaSet, code: str, name: str) -> base.Answer:
    """Answer with what is kept of a unit and of those under it, or with what is computed now where nothing is kept."""
    today, period = local_date(timezone.now()), _begun(name)
    unit = organisations.unit_on(code, min(period.last, today))
    index = scoring.index_of(criteria_set, unit=unit, period=period.period, today=today)
    codes = {view.id: view.code for view in organisations.units_on([unit.id, *index.below], index.counted_to).values()}
    below = scoring.scores_of(criteria_set, period=period, unit_ids=list(index.below), today=today)
    found = (index.own, *sorted(below.values(), key=lambda each: codes[each.unit_id]))
    lines = [Points.kept(criteria_set, codes[each.unit_id], each) for each in found]
    when = f"tính lúc {local(index.computed_at):%H:%M %d/%m/%Y}" if index.computed_at else "vừa tính"
    stamp = index.computed_at.isoformat() if index.computed_at else None
    data = [{**_data(each), "rank": each.rank, "computed_at": stamp} for each in lines]
    return base.Answer(data, f"{_table(criteria_set, lines)}\nKỳ {period.name}, hồ sơ đến hết {index.counted_to:%d/%m/%Y}, {when}.")


def _compared(options: dict[str, Any]) -> base.Answer:
    """Answer with the differences between our points and those of a file, the largest first; keep the file's when a source is named."""
    if not options["file"] or not options["period"]:
        raise Refused("Cần tệp và kỳ. Ví dụ: cchc index766 compare cong-bo.csv --period 2026-08 --json.")
    criteria_set, at = scoring.reference_set(SET), timezone.now()
    today, period, content = local_date(at), scoring.IndexPeriod.named(options["period"]), base.content_of(options["file"])
    values = scoring.read_published(content, today=today).by_period.get(period, ())
    if not values:
        raise Refused(f"Tệp không có điểm nào của kỳ {period.name}.", field="period")
    if options["source"]:
        scoring.import_published(actor=Actor.system("nhập điểm công bố bằng lệnh"), at=at, content=content, source=options["source"])
    found = scoring.compared(criteria_set, period=period, published=values, today=today)
    apart = [each for each in found if each.why is not scoring.Why.SAME]
    data = {"period": period.name, "agreeing": len(found) - len(apart), "differences": [_difference(each) for each in apart]}
    rows = [
        [each.unit.code, each.item, _points(each.ours), _points(each.published), _points(each.difference), each.why.label] for each in apart
    ]
    head = ["Đơn vị", "Chỉ tiêu", "Ở đây", "Công bố", "Lệch", "Vì sao"]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [_line(row, widths) for row in (head, *rows)]
    return base.Answer(data, "\n".join([*lines, "", f"Kỳ {period.name}: {len(found) - len(apart)} điểm khớp, {len(apart)} chỗ khác."]))


def _difference(each: scoring.Compared) -> dict[str, Any]:
    numbers = {"ours": each.ours, "published": each.published, "difference": each.difference}
    plain = {name: None if points is None else float(points) for name, points in numbers.items()}
    return {"unit": each.unit.code, "item": each.item, **plain, "why": each.why.value, "explanation": each.why.label}


def _text(path: str) -> str:
    try:
        return base.content_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"Tệp «{path}» không phải CSV mã UTF-8. Hãy lưu lại dạng «CSV UTF-8» rồi thử lại.", field="facts") from error


def _data(each: Points) -> dict[str, Any]:
    """Return the unit's points as the document has them. Rounded decimals become JSON numbers only here."""
    return {
        "unit": each.unit,
        "metrics": {code: None if points is None else float(points) for code, points in each.metrics.items()},
        "groups": {code: float(points) for code, (points, _out_of) in each.groups.items()},
        "total": float(each.total),
    }


def _table(criteria_set: scoring.CriteriaSet, lines: list[Points]) -> str:
    head = ["Đơn vị", *(group.short for group in criteria_set.groups), "Tổng", "Phần có số liệu", "Hạng"]
    most = ["Tối đa", *(_maximum(group.maximum) for group in criteria_set.groups), _maximum(criteria_set.maximum), "", ""]
    rows = [_row(criteria_set, each) for each in lines]
    widths = [max(map(len, column)) for column in zip(head, most, *rows, strict=True)]
    written = [_line(row, widths) for row in (head, most, *rows)]
    title = f"{criteria_set.name} ({criteria_set.law})"
    return "\n".join([title, "", *written, "", *_notes(lines)])


def _row(criteria_set: scoring.CriteriaSet, each: Points) -> list[str]:
    found = [each.groups.get(group.code, (None, Decimal(0))) for group in criteria_set.groups]
    groups = [_points(points if out_of else None) for points, out_of in found]
    return [each.unit, *groups, _points(each.total), f"trên {_maximum(each.out_of)}", NOTHING if each.rank is None else str(each.rank)]


def _line(cells: list[str], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return GAP.join([f"{first[0]:<{first[1]}}", *(f"{cell:>{width}}" for cell, width in others)]).rstrip()


def _notes(lines: list[Points]) -> list[str]:
    notes = [f"{NOTHING} là nhóm không có điểm nào được chấm. Hạng xếp theo tổng điểm; đồng điểm thì đồng hạng."]
    if len({each.out_of for each in lines}) > 1:
        notes.append("Các đơn vị có số liệu khác nhau: so «phần có số liệu» trước khi so hạng.")
    for each in lines:
        left_out = [code for code, points in each.metrics.items() if points is None]
        notes += [f"{each.unit}: không chấm {', '.join(left_out)} (mẫu số bằng 0 hoặc chỉ theo dõi)."] if left_out else []
    return notes


def _points(points: Decimal | None) -> str:
    return NOTHING if points is None else str(points).replace(".", ",")


def _maximum(points: Decimal) -> str:
    return f"{points.normalize():f}".replace(".", ",")
