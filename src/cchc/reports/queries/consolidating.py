"""The form of the agency above, put together from the reports it has received, beside what is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.reports.models import Version
from cchc.reports.queries.definitions import definition_on
from cchc.reports.queries.statutory import form_key, header_of, statutory
from cchc.reports.queries.units import reporters_to
from cchc.reports.rules.comparing import Gap, gaps
from cchc.reports.rules.definitions import Definition
from cchc.reports.rules.filling import FilledForm, Row, fill
from cchc.reports.rules.freezing import thaw
from cchc.reports.terms import LIVE, RowDimension, State

# A form by unit is put together from this form of each unit.
FAMILY = "ii06"


@dataclass(frozen=True)
class Part:
    """A unit that reports to the agency, and its report: ``code`` is empty and ``state`` None when there is none that stands."""

    unit: organisations.UnitView
    code: str = ""
    seq: int = 0
    digest: str = ""
    state: State | None = None
    sent_on: date | None = None

    @property
    def is_in(self) -> bool:
        """Say whether the report was received, so that its numbers count."""
        return self.state is State.RECEIVED


@dataclass(frozen=True)
class Consolidated:
    """``reported`` is made of received reports, ``counted`` of figures; ``gaps`` are where they differ, ``missing`` who is not in."""

    reported: FilledForm
    counted: FilledForm
    parts: tuple[Part, ...]
    gaps: tuple[Gap, ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        """Return the units whose report is not received."""
        return tuple(part for part in self.parts if not part.is_in)

    @property
    def received(self) -> tuple[Part, ...]:
        """Return the units whose report is in the form."""
        return tuple(part for part in self.parts if part.is_in)


def can_consolidate(definition: Definition) -> bool:
    """Say whether a form is put together from reports: its rows are units."""
    return definition.rows is RowDimension.UNIT


def consolidated(key: str, *, unit: organisations.UnitView, period: Period, at: datetime, is_draft: bool = True) -> Consolidated:
    """Return the form of a unit whose rows are the units that report to it. A row holds the totals of the received report.

    A unit that is not in has a row without data: it is named under the form and never counted as nought. Raises ``NotFound`` for a form
    that is not in force, ``Refused`` for one that is not by unit.
    """
    assert period.last is not None, "a form is of a closed period"
    definition = definition_on(form_key(key, unit), min(period.last, local_date(at)))
    if not can_consolidate(definition):
        raise Refused(f"Biểu «{definition.title}» không tổng hợp theo đơn vị.", field="key")
    parts, forms = _parts(unit, period)
    rows = [_row(definition, part, forms) for part in parts]
    reported = fill(definition, header_of(unit, period, is_draft=is_draft), rows, notes=[_source(parts)])
    counted = statutory(key, unit=unit, period=period, at=at, is_draft=is_draft)
    return Consolidated(reported, counted, parts, gaps(reported, counted))


def parts_of(unit: organisations.UnitView, period: Period, *, family: str = FAMILY) -> tuple[Part, ...]:
    """Return who reports a form to the unit, and how far each has come. Five queries, however many units."""
    assert period.last is not None, "a report is of a closed period"
    units = reporters_to(unit.id, period.last)
    found = _standing([view.id for view in units], [form_key(family, view) for view in units], period).defer("form", "previous", "parts")
    rows = {(row.report.unit_id, row.report.form): row for row in found}
    return tuple(_part(view, rows.get((view.id, form_key(family, view)))) for view in units)


def _parts(unit: organisations.UnitView, period: Period) -> tuple[tuple[Part, ...], dict[int, FilledForm]]:
    parts = parts_of(unit, period)
    wanted = {part.code: part.unit.id for part in parts if part.is_in}
    rows = Version.objects.filter(report__code__in=wanted, state=State.RECEIVED).select_related("report").defer("previous")
    return parts, {wanted[row.report.code]: thaw(row.form) for row in rows}


def _standing(unit_ids: list[int], forms: list[str], period: Period) -> QuerySet[Version]:
    return Version.objects.filter(
        report__unit_id__in=unit_ids, report__form__in=set(forms), report__start=period.start, report__end=period.end, state__in=LIVE
    ).select_related("report")


def _part(unit: organisations.UnitView, row: Version | None) -> Part:
    if row is None:
        return Part(unit)
    sent = local_date(row.sent_at) if row.sent_at else None
    return Part(unit, row.report.code, row.seq, row.digest, row.state_term, sent)


def _row(definition: Definition, part: Part, forms: Mapping[int, FilledForm]) -> Row:
    form = forms.get(part.unit.id)
    if form is None or form.totals is None:
        return Row(part.unit.full_name, None, key=str(part.unit.id))
    theirs = {column.key: column for column in form.definition.numbers}
    values = {column.key: form.totals.number(theirs[column.key]) for column in definition.given if column.key in theirs}
    # A form with other columns, as of a circular that has changed meanwhile, cannot be added up.
    complete = len(values) == len(definition.given)
    return Row(part.unit.full_name, values if complete else None, key=str(part.unit.id))


def _source(parts: tuple[Part, ...]) -> str:
    received = sum(part.is_in for part in parts)
    return f"Tổng hợp từ {received} báo cáo đã tiếp nhận của {len(parts)} đơn vị phải báo cáo."
