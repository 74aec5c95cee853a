"""What a unit owes: form, period, due day, and how far it has come."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from cchc.figures import api as figures
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.organisations import api as organisations
from cchc.reports.models import Report, Version
from cchc.reports.queries.definitions import definition_on, reports_folder
from cchc.reports.queries.statutory import form_key, label_of
from cchc.reports.queries.units import LEVELS
from cchc.reports.rules.definitions import Definition
from cchc.reports.rules.formulas import BadDefinition
from cchc.reports.rules.life import days_late
from cchc.reports.rules.timetable import Duty, due_on, parse_timetable
from cchc.reports.terms import LIVE, State
from cchc.worktime import api as worktime

# So many periods of a kind are looked back to, besides the one that runs.
BACK = 4
_FILE = "timetable.toml"
# Nine months leave out a part of the year, so there is not always one before another: no timetable seen asks for them.
_KINDS = [kind.value for kind in worktime.ReportingKind if kind is not worktime.ReportingKind.NINE_MONTHS]


@dataclass(frozen=True)
class Owed:
    """A form that a unit owes for a period.

    ``period`` may still run: its numbers can be locked from ``opens_on`` on. ``state`` is that of the version that stands, or of the last
    one when none does; None when nothing was ever locked. ``code`` names the report once there is one.
    """

    definition: Definition
    period: worktime.ReportingPeriod
    due_on: date
    duty: Duty
    code: str = ""
    state: State | None = None
    sent_on: date | None = None

    @property
    def opens_on(self) -> date:
        """Return the first day on which the numbers can be locked: the day after the period."""
        assert self.period.period.end is not None, "a reporting period has an end"
        return self.period.period.end

    @property
    def is_done(self) -> bool:
        """Say whether nothing more has to be done by the unit: it is sent, and was not returned."""
        return self.state in {State.SENT, State.RECEIVED}

    def days_left(self, today: date) -> int:
        """Return how many days are left to the due day; negative when it has passed."""
        return (self.due_on - today).days

    def days_late(self, today: date) -> int:
        """Return by how many days it was sent late, or is late today."""
        return days_late(self.due_on, self.sent_on if self.is_done and self.sent_on else today)


@dataclass(frozen=True)
class KeptReport:
    """A report of a unit that was locked at least once, owed or not."""

    code: str
    definition: Definition
    period: Period
    label: str
    state: State
    sent_on: date | None


def duties() -> tuple[Duty, ...]:
    """Return the timetable of the reference data. ``BadDefinition`` names what contradicts itself."""
    return _of_settings()


def duty_for(unit: organisations.UnitView, form: str, period: worktime.ReportingPeriod) -> Duty | None:
    """Return why a unit owes a form for a period; None when it does not."""
    assert period.period.last is not None, "a reporting period has an end"
    return next(
        (
            duty
            for duty in duties()
            if duty.level is LEVELS.get(unit.kind)
            and duty.kind == period.kind
            and form_key(duty.form, unit) == form
            and period.period.last in duty.period
        ),
        None,
    )


def owed(unit: organisations.UnitView, *, today: date) -> tuple[Owed, ...]:
    """Return what a unit owes and has owed, the latest due day first: the periods that run, and four of each kind before.

    Periods that had ended before anything was counted here, or before the unit existed, were reported elsewhere and are left out. Three
    queries.
    """
    first = figures.first_day()
    found = [
        item
        for duty in duties()
        if duty.level is LEVELS.get(unit.kind)
        for period in _periods(duty, today)
        if (item := _owed(duty, unit, period)) and _is_ours(item, unit, first, today)
    ]
    kept = {(row.form, row.start, row.end): row for row in Report.objects.filter(unit_id=unit.id)}
    last = last_versions([row.pk for row in kept.values()])
    made = [_with_report(item, kept, last) for item in found]
    return tuple(sorted(made, key=lambda item: (item.due_on, item.period.period.start, item.definition.key), reverse=True))


def kept_reports(unit_id: int) -> tuple[KeptReport, ...]:
    """Return every report of a unit, the latest period first, with the state of the version that counts. Two queries."""
    rows = list(Report.objects.filter(unit_id=unit_id).order_by("-end", "start", "form"))
    last = last_versions([row.pk for row in rows])
    found = []
    for row in rows:
        version, days = last[row.pk], Period(row.start, row.end)
        sent = local_date(version.sent_at) if version.sent_at and version.state in LIVE else None
        definition = definition_on(row.form, row.end - timedelta(days=1))
        found.append(KeptReport(row.code, definition, days, label_of(days), version.state_term, sent))
    return tuple(found)


def last_versions(report_ids: list[int]) -> dict[int, Version]:
    """Return the version that counts of each report: the one that stands, else the last. Without its numbers. One query."""
    rows = Version.objects.filter(report_id__in=report_ids).defer("form", "previous", "parts").order_by("seq")
    return {row.report_id: row for row in rows}


def _periods(duty: Duty, today: date) -> list[worktime.ReportingPeriod]:
    kind = worktime.ReportingKind(duty.kind)
    found = [worktime.reporting_period(kind, containing=today)]
    while len(found) <= BACK:
        found.append(worktime.reporting_period(kind, containing=found[-1].period.start - timedelta(days=1)))
    return found


def _owed(duty: Duty, unit: organisations.UnitView, period: worktime.ReportingPeriod) -> Owed | None:
    last = period.period.last
    if last is None or last not in duty.period:
        return None
    try:
        definition = definition_on(form_key(duty.form, unit), last)
    except NotFound:
        return None
    return Owed(definition, period, due_on(duty, last), duty)


def _is_ours(item: Owed, unit: organisations.UnitView, first: date | None, today: date) -> bool:
    if item.opens_on > today:
        return True
    return first is not None and item.opens_on > max(first, unit.since or date.min)


def _with_report(item: Owed, kept: dict[tuple[str, date, date], Report], last: dict[int, Version]) -> Owed:
    row = kept.get((item.definition.key, item.period.period.start, item.opens_on))
    if row is None or row.pk not in last:
        return item
    version = last[row.pk]
    sent = local_date(version.sent_at) if version.sent_at and version.state in LIVE else None
    return Owed(item.definition, item.period, row.due_on or item.due_on, item.duty, row.code, version.state_term, sent)


@cache
def _of_settings() -> tuple[Duty, ...]:
    path = reports_folder() / _FILE
    try:
        return parse_timetable(tomllib.loads(path.read_text(encoding="utf-8")), kinds=_KINDS)
    except (BadDefinition, tomllib.TOMLDecodeError, KeyError) as error:
        raise BadDefinition(f"{path.name}: {error}") from error
