"""A statutory form of a unit and period, filled from figures: nobody types a number."""

from datetime import date, datetime, timedelta

from cchc.figures import api as figures
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.reports.queries.definitions import definition_on, definitions_on
from cchc.reports.queries.rows import CUTS, rows_of
from cchc.reports.queries.units import LEVELS
from cchc.reports.rules.definitions import Definition
from cchc.reports.rules.differences import Differences, differences
from cchc.reports.rules.filling import FilledForm, Header, fill
from cchc.worktime import api as worktime

# The family of a form, and its member for the kind of a unit.
_FAMILIES = {
    "ii06": {organisations.UnitKind.PROVINCE: "ii06c", organisations.UnitKind.MINISTRY: "ii06d"},
}
_DIRECT = {"ii06": "ii06a"}
CLOSED, TAKEN = "cases.closed", "cases.taken"
OTHER_DAYS = "giai đoạn"


def forms_for(unit: organisations.UnitView, day: date) -> tuple[Definition, ...]:
    """Return the forms in force on a day that can be filled for the unit: the one of its family, and others of its level."""
    own, level = form_key("ii06", unit), LEVELS.get(unit.kind)
    return tuple(
        form
        for form in definitions_on(day)
        if (form.rows in CUTS or level in form.levels)
        and (form.key == own or not any(form.key in {*family.values(), _DIRECT[name]} for name, family in _FAMILIES.items()))
    )


def form_key(key: str, unit: organisations.UnitView) -> str:
    """Return the form itself for the name of a family: ``ii06`` is ``ii06c`` for a province, ``ii06a`` for who handles files."""
    return _FAMILIES.get(key, {}).get(unit.kind, _DIRECT.get(key, key))


def direct_form(key: str) -> str:
    """Return the member of a family that agencies fill which handle files themselves; another form is its own."""
    return _DIRECT.get(key, key)


def statutory(
    key: str, *, unit: organisations.UnitView, period: Period, at: datetime, is_draft: bool = True, actor: Actor | None = None
) -> FilledForm:
    """Return a form filled for a unit with all that stands under it. Days after today are not counted.

    ``actor`` is who looks at the register, which names people; other forms need nobody. Raises ``NotFound`` for a form that is not in force
    at the end of the period, ``Refused`` for one that nothing fills and for a period that has not begun. The difference of a check is
    explained by what ended without a result and by what was handed over.
    """
    counted = figures.until(period, local_date(at))
    assert period.last is not None, "a form is of a closed period"
    form = definition_on(form_key(key, unit), min(period.last, local_date(at)))
    rows, notes = rows_of(form, unit=unit, period=counted, actor=actor)
    if counted != period:
        notes.append(f"Kỳ chưa hết: số liệu đến hết ngày {counted.last:%d/%m/%Y}.")
    return fill(
        form,
        header_of(unit, period, is_draft=is_draft),
        rows,
        explanations=_without_result(unit, counted) if form.checks else (),
        notes=notes,
    )


def _without_result(unit: organisations.UnitView, period: Period) -> list[tuple[str, int]]:
    closed, taken = (int(table.total.number) for table in figures.figure_tables([CLOSED, TAKEN], unit_id=unit.id, period=period))
    explanations = [("Rút, dừng, từ chối: kết thúc không có kết quả", closed), ("Nhận bàn giao, trừ bàn giao đi (tính là số âm)", -taken)]
    return [(label, number) for label, number in explanations if number]


def with_differences(
    key: str, *, unit: organisations.UnitView, period: Period, at: datetime, is_draft: bool = True, actor: Actor | None = None
) -> tuple[FilledForm, FilledForm, Differences]:
    """Return the form, the same form of the period before, and what changed, the largest first."""
    now = statutory(key, unit=unit, period=period, at=at, is_draft=is_draft, actor=actor)
    before = statutory(key, unit=unit, period=previous(period), at=at, is_draft=is_draft, actor=actor)
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
