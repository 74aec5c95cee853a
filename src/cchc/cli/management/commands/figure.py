"""``cchc figure KEY``: one figure of one unit and period, as every screen shows it."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cchc.cases import api as cases
from cchc.cli import base
from cchc.figures import api as figures
from cchc.kernel.errors import Refused
from cchc.kernel.figures import Dimension
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.organisations import api as organisations


class Command(base.Command):
    """Print a figure."""

    help = "Một số liệu: cchc figure cases.ii06.late --unit 18313 --from 2026-06-15 --to 2026-09-14 --by field"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take key, unit and period."""
        parser.add_argument("key", metavar="KHÓA", help="khóa của số liệu, xem «cchc figures list»")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--unit", metavar="MÃ", help="mã đơn vị; gồm cả đơn vị bên dưới")
        which.add_argument("--register", metavar="MÃ_SỔ", help="một sổ cũ đã nhập, chia theo tên đơn vị ghi trong sổ")
        parser.add_argument("--from", dest="start", required=True, metavar="NGÀY", help="ngày đầu kỳ: 2026-06-15")
        parser.add_argument("--to", dest="last", required=True, metavar="NGÀY", help="ngày cuối kỳ, tính cả ngày đó: 2026-09-14")
        parser.add_argument(
            "--by", choices=[cut.value for cut in Dimension], metavar="CHIA", help="field, channel, unit, month, procedure, level"
        )
        parser.add_argument("--as-of", dest="as_of", metavar="NGÀY", help="chốt hết ngày này; mặc định hôm nay")

    def run(self, *, progress: base.Progress, **options: Any) -> base.Answer:  # noqa: ARG002 (the base's signature)
        """Ask and print."""
        today = local_date(timezone.now())
        period = period_of(options["start"], options["last"])
        as_of = day_of(options["as_of"], "--as-of") if options["as_of"] else today
        if options["register"]:
            return _of_register(options["key"], options["register"], figures.until(period, min(as_of, today)))
        unit = organisations.unit_on(options["unit"], min(period.last or today, today))
        table = figures.figure_table(
            options["key"],
            unit_id=unit.id,
            period=period,
            by=[Dimension(options["by"])] if options["by"] else [],
            as_of=min(as_of, today),
        )
        return base.Answer(_data(table, unit, as_of), _text(table, unit))


def _of_register(key: str, register: str, period: Period) -> base.Answer:
    found = cases.of_register(key=key, register=register, period=period)
    lines = [{"key": name, "value": number} for name, number in found.items()]
    data = {"figure": key, "register": register, "from": period.start.isoformat(), "to": period.last.isoformat() if period.last else None}
    text = "\n".join([*(f"  {name or '(không ghi)'}: {number}" for name, number in found.items()), f"Tổng số: {sum(found.values())}"])
    return base.Answer({**data, "total": {"value": sum(found.values())}, "lines": lines}, text)


def day_of(text: str, name: str) -> date:
    """Return a day of the command line. Raises ``Refused``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"{name} phải là ngày dạng 2026-09-14, không phải «{text}».") from error


def period_of(start: str, last: str) -> Period:
    """Return the days from ``--from`` to ``--to``, both counted. Raises ``Refused``."""
    first, end = day_of(start, "--from"), day_of(last, "--to")
    if end < first:
        raise Refused(f"--to ({end:%d/%m/%Y}) sớm hơn --from ({first:%d/%m/%Y}).")
    return Period(first, end + timedelta(days=1))


def _names(table: figures.FigureTable) -> dict[str, str]:
    if Dimension.UNIT not in table.by or table.period.last is None:
        return {}
    ids = {int(str(line.key[0])) for line in table.lines}
    return {str(key): f"{view.code} {view.full_name}" for key, view in organisations.units_on(ids, table.period.last).items()}


def _data(table: figures.FigureTable, unit: organisations.UnitView, as_of: date) -> dict[str, Any]:
    names = _names(table)

    def line(row: figures.Line) -> dict[str, Any]:
        key = [names.get(str(value), str(value)) for value in row.key]
        plain = float(row.value) if row.value is not None else None
        value = int(plain) if plain is not None and row.of is None and plain.is_integer() else plain
        return {**({"key": key[0]} if key else {}), "value": value, "numerator": row.number, "denominator": row.of}

    return {
        "figure": table.figure.key,
        "label": table.figure.label,
        "unit": unit.code,
        "from": table.period.start.isoformat(),
        "to": table.period.last.isoformat() if table.period.last else None,
        "as_of": as_of.isoformat(),
        "by": [cut.value for cut in table.by],
        "total": line(table.total),
        "lines": [line(row) for row in table.lines],
    }


def _text(table: figures.FigureTable, unit: organisations.UnitView) -> str:
    names = _names(table)
    rows = [(names.get(str(row.key[0]), str(row.key[0])), _shown(row)) for row in table.lines] + [("Tổng số", _shown(table.total))]
    width = max(len(name) for name, _value in rows)
    last = f"{table.period.last:%d/%m/%Y}" if table.period.last else ""
    head = f"{table.figure.label} ({table.figure.unit})\n{unit.full_name}, từ {table.period.start:%d/%m/%Y} đến {last}"
    return "\n".join([head, *(f"  {name:<{width}}  {value:>12}" for name, value in rows)])


def _shown(row: figures.Line) -> str:
    if row.value is None:
        return "—"
    text = f"{row.value:,}".replace(",", "\u00a0").replace(".", ",").replace("\u00a0", ".")
    return text if row.of is None else f"{text} ({row.number:g}/{row.of:g})"
