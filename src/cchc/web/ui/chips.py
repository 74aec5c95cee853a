"""The chip of a case: what a row of a list, a case's head and the citizen's page all show."""

from typing import Any

from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.web.ui.shapes import DueChip, closed, running, waiting
from cchc.web.ui.vietnamese import moment_text
from cchc.worktime import api as worktime


def chip_of(
    row: cases.CaseRow,
    *,
    countdown: worktime.Countdown,
    explanation: Any = None,
    why_url: str = "",
) -> DueChip:
    """Return the chip of a case at the moment of the countdown; no query.

    A finished case says how it kept its promise; a waiting one names what it waits for; a running one what is left.
    """
    if row.timeliness is not None and row.finished_at is not None:
        late = row.timeliness is cases.Timeliness.LATE
        return closed(verdict=_(row.timeliness.label), finished_at=row.finished_at, late=late, explanation=explanation, why_url=why_url)
    if row.stage in cases.WAITING:
        return waiting(waits_for=_(row.stage.label).lower(), since=row.since)
    if row.due_at is None or row.due_date is None:
        return DueChip("wait", _(row.stage.label).lower(), moment_text(row.since), _("từ"))
    # An imported case brings its own due date and no term; it is counted in working days, as lists count.
    unit = worktime.TimeLimit.parse(row.limit).unit if row.limit else worktime.LimitUnit.WORKING_DAYS
    left = countdown.to(worktime.Due(row.due_at, row.due_date), unit)
    return running(remaining=left, due_at=row.due_at, explanation=explanation, why_url=why_url)


def explanation_of(row: cases.CaseRow, *, calendar: Any, schedule: Any) -> Any:
    """Return the counting of a case's promise day by day, or None when the counting of today no longer gives what was promised.

    The second happens when the calendar changed after the promise; then the ledger, not a strip of days, tells why.
    """
    if row.received_at is None or row.due_at is None or not row.limit:
        return None
    told = worktime.explain(
        start=row.counted_from or row.received_at, limit=worktime.TimeLimit.parse(row.limit), calendar=calendar, schedule=schedule
    )
    return told if told.due.due_at == row.due_at else None
