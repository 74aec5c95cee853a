"""The rows of a form, by what a row is: a cut of figures, lines that the form names, files of the register."""

from datetime import date
from decimal import Decimal

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.figures import Dimension
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.kernel.text import vi_key
from cchc.organisations import api as organisations
from cchc.reports.queries.units import agency_of
from cchc.reports.rules.definitions import Definition
from cchc.reports.rules.filling import Row
from cchc.reports.terms import RowDimension

CUTS = {RowDimension.FIELD: Dimension.FIELD, RowDimension.UNIT: Dimension.UNIT}
NO_FIELD = "Không ghi lĩnh vực"
COUNTED, IMPORTED, UNKNOWN = "Đếm từ hồ sơ", "Nhập từ nguồn khác", "Chưa có số liệu"
IMPORTED_NOTE = "Số ghi «Nhập từ nguồn khác» do hệ thống khác công bố cho đúng đơn vị và kỳ này; chưa đếm được từ hồ sơ ở đây."
SOURCE = "source"


def can_fill(form: Definition) -> bool:
    """Say whether the numbers of the form come from figures alone, so that anybody who may see them may have it filled."""
    return form.rows in CUTS or bool(form.lines)


def rows_of(form: Definition, *, unit: organisations.UnitView, period: Period, actor: Actor | None = None) -> tuple[list[Row], list[str]]:
    """Return the rows of a form for a unit and days that have passed, and notes about them.

    ``actor`` is needed for the register, which names people. Raises ``Refused`` for a form that nothing here can fill.
    """
    if form.lines:
        rows = _lines(form, unit, period)
        return rows, [IMPORTED_NOTE] if any(row.texts.get(SOURCE) == IMPORTED for row in rows) else []
    if form.rows in CUTS:
        return _cut(form, unit, period), []
    if form.rows is RowDimension.CASE and actor is not None:
        return _register(unit, period, actor), []
    raise Refused(f"Biểu «{form.title}» chưa có nguồn số liệu để điền.", field="key")


def _cut(form: Definition, unit: organisations.UnitView, period: Period) -> list[Row]:
    cut = CUTS[form.rows]
    columns = {column.key: column.figure for column in form.given}
    wanted = sorted({figure for figure in columns.values() if figure})
    tables = {
        table.figure.key: {line.key[0]: int(line.number) for line in table.lines}
        for table in figures.figure_tables(wanted, unit_id=unit.id, period=period, by=[cut], with_total=False)
    }
    keys = {key for lines in tables.values() for key, number in lines.items() if number}
    names = _names(cut, keys, period.last or period.start)
    rows = [
        Row(names[key], {column: tables[figure].get(key, 0) for column, figure in columns.items() if figure}, key=str(key)) for key in keys
    ]
    return sorted(rows, key=lambda row: vi_key(row.label))


def _lines(form: Definition, unit: organisations.UnitView, period: Period) -> list[Row]:
    """Return the lines that the form names. A line of which a number is not known has no data; what was imported says so."""
    wanted = sorted({source.figure for line in form.lines for source in line.sources.values()})
    tables = {table.figure.key: table for table in figures.figure_tables(wanted, unit_id=unit.id, period=period)}
    says_source = SOURCE in {column.key for column in form.texts}
    rows = []
    for line in form.lines:
        values = {column: _whole(tables[source.figure], is_whole=source.is_whole) for column, source in line.sources.items()}
        known = {column: value for column, value in values.items() if value is not None}
        is_known = len(known) == len(values)
        is_imported = any(tables[source.figure].figure.imported for source in line.sources.values())
        words = IMPORTED if is_imported and is_known else COUNTED if is_known else UNKNOWN
        rows.append(Row(line.label, known if is_known else None, {SOURCE: words} if says_source else {}, key=line.key))
    return rows


def _whole(table: figures.FigureTable, *, is_whole: bool) -> int | None:
    """Return a number of a figure; None where it is not known, or is no whole number and so not what the form counts."""
    is_known = table.total.value is not None or table.total.of is not None
    number = table.total.of if is_whole else table.total.number
    if not is_known or number is None or Decimal(str(number)) % 1:
        return None
    return int(number)


def _register(unit: organisations.UnitView, period: Period, actor: Actor) -> list[Row]:
    last = period.last or period.start
    if agency_of(actor, last).id != unit.id:
        raise Refused("Sổ theo dõi hồ sơ ghi tên người nộp: chỉ lập cho cơ quan mình.", field="key")
    return [_file(row) for row in cases.register(actor=actor, since=period.start, until=last)]


def _file(row: cases.RegisterRow) -> Row:
    texts = {
        "procedure_name": row.title,
        "sets": str(row.sets),
        "owner": row.owner,
        "contact": row.contact,
        "lead_unit": row.lead_unit,
        "received": f"{local_date(row.received_at):%d/%m/%Y}",
        "promised": f"{local_date(row.due_at):%d/%m/%Y}" if row.due_at else "",
        "returned": f"{local_date(row.returned_at):%d/%m/%Y}" if row.returned_at else "",
        "method": cases.ResultChannel(row.result_channel).label if row.result_channel in cases.ResultChannel.values() else "",
        "signed": row.receiver,
        "note": row.note,
    }
    return Row(row.code, {}, texts)


def _names(cut: Dimension, keys: set[object], day: date) -> dict[object, str]:
    if cut is Dimension.UNIT:
        units = organisations.units_on([int(str(key)) for key in keys], day)
        return {key: units[int(str(key))].full_name for key in keys}
    return {key: str(key) or NO_FIELD for key in keys}
