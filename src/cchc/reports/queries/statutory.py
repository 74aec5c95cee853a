"""A statutory form of a unit and period, filled from figures: nobody types a number."""

from datetime import date, datetime, timedelta

from cchc.figures import api as figures
from cchc.kernel.errors import Refused
from cchc.kernel.figures import Dimension
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.kernel.text import vi_key
from cchc.organisations import api as organisations
from cchc.reports.queries.definitions import definition_on, definitions_on
from cchc.reports.rules.definitions import Definition
from cchc.reports.rules.differences import Differences, differences
from cchc.reports.rules.filling import FilledForm, Header, Row, fill
from cchc.reports.terms import RowDimension
from cchc.worktime import api as worktime

_CUTS = {RowDimension.FIELD: Dimension.FIELD, RowDimension.UNIT: Dimension.UNIT}
# The family of a form, and its member for the kind of a unit.
_FAMILIES = {
    "ii06": {organisations.UnitKind.PROVINCE: "ii06c", organisations.UnitKind.MINISTRY: "ii06d"},
}
_DIRECT = {"ii06": "ii06a"}
CLOSED, TAKEN = "cases.closed", "cases.taken"
NO_FIELD = "Không ghi lĩnh vực"
OTHER_DAYS = "giai đoạn"


def forms_for(unit: organisations.UnitView, day: date) -> tuple[Definition, ...]:
    """Return the forms in force on a day that figures can fill for the unit: those whose rows are fields or units."""
    own = form_key("ii06", unit)
    return tuple(
        form
        for form in definitions_on(day)
        if form.rows in _CUTS
        and (form.key == own or not any(form.key in {*family.values(), _DIRECT[name]} for name, family in _FAMILIES.items()))
    )


def form_key(key: str, unit: organisations.UnitView) -> str:
    """Return the form itself for the name of a family: ``ii06`` is ``ii06c`` for a province, ``ii06a`` for who handles files."""
    return _FAMILIES.get(key, {}).get(unit.kind, _DIRECT.get(key, key))


def statutory(key: str, *, unit: organisations.UnitView, period: Period, at: datetime, is_draft: bool = True) -> FilledForm:
    """Return a form filled for a unit with all that stands under it. Days after today are not counted.

    Raises ``NotFound`` for a form that is not in force at the end of the period, ``Refused`` for one that figures cannot fill and for a
    period that has not begun. The difference of the check is explained by what ended without a result and by what was handed over.
    """
    counted = figures.until(period, local_date(at))
    assert period.last is not None, "a form is of a closed period"
    form = definition_on(form_key(key, unit), min(period.last, local_date(at)))
    if form.rows not in _CUTS:
        raise Refused(f"Biểu «{form.title}» chưa có nguồn số liệu để điền.", field="key")
    cut = _CUTS[form.rows]
    columns = {column.key: column.figure for column in form.given}
    wanted = sorted({figure for figure in columns.values() if figure})
    tables = {
        table.figure.key: {line.key[0]: int(line.number) for line in table.lines}
        for table in figures.figure_tables(wanted, unit_id=unit.id, period=counted, by=[cut], with_total=False)
    }
    keys = {key for lines in tables.values() for key, number in lines.items() if number}
    names = _names(cut, keys, counted.last or period.last)
    rows = [
        Row(names[key], {column: tables[figure].get(key, 0) for column, figure in columns.items() if figure}, key=str(key)) for key in keys
    ]
    rows.sort(key=lambda row: vi_key(row.label))
    closed, taken = (int(table.total.number) for table in figures.figure_tables([CLOSED, TAKEN], unit_id=unit.id, period=counted))
    explanations = [("Rút, dừng, từ chối: kết thúc không có kết quả", closed), ("Nhận bàn giao, trừ bàn giao đi (tính là số âm)", -taken)]
    notes = [] if counted == period else [f"Kỳ chưa hết: số liệu đến hết ngày {counted.last:%d/%m/%Y}."]
    return fill(
        form,
        header_of(unit, period, is_draft=is_draft),
        rows,
        explanations=[(label, number) for label, number in explanations if number],
        notes=notes,
    )


def with_differences(
    key: str, *, unit: organisations.UnitView, period: Period, at: datetime, is_draft: bool = True
) -> tuple[FilledForm, FilledForm, Differences]:
    """Return the form, the same form of the period before, and what changed, the largest first."""
    now = statutory(key, unit=unit, period=period, at=at, is_draft=is_draft)
    before = statutory(key, unit=unit, period=previous(period), at=at, is_draft=is_draft)
    return now, before, differences(now, before)


def previous(period: Period) -> Period:
    """Return the period before: the reporting period of the same kind, else as many days as this one has."""
    known = reporting_of(period)
    if known is not None:
        return worktime.reporting_period(known.kind, containing=period.start - timedelta(days=1)).period
    assert period.end is not None, "a form is of a closed period"
    return Period(period.start - (period.end - period.start), period.start)


def header_of(unit: organisations.UnitView, period: Period, *, is_draft: bool) -> Header:
    """Return what stands around the table of a unit's form: who reports, to whom, for which period."""
    above = unit.path[0] if unit.path else ""
    return Header(
        reporter=unit.full_name,
        receiver=above,
        period_label=label_of(period),
        period=period,
        place=unit.name,
        signer_lines=(),
        is_draft=is_draft,
    )


def label_of(period: Period) -> str:
    """Return ``quý III năm 2026`` for a reporting period, and a plain word for other days."""
    known = reporting_of(period)
    return known.label if known is not None else OTHER_DAYS


def reporting_of(period: Period) -> worktime.ReportingPeriod | None:
    """Return the reporting period of exactly these days; None for other days."""
    kinds = worktime.ReportingKind
    for kind in (kinds.MONTH, kinds.QUARTER, kinds.HALF_YEAR, kinds.YEAR):
        found = worktime.reporting_period(kind, containing=period.start)
        if found.period == period:
            return found
    return None


def _names(cut: Dimension, keys: set[object], day: date) -> dict[object, str]:
    if cut is Dimension.UNIT:
        units = organisations.units_on([int(str(key)) for key in keys], day)
        return {key: units[int(str(key))].full_name for key in keys}
    return {key: str(key) or NO_FIELD for key in keys}
