"""What every page of reports shares: who acts, the moment, and which period is meant."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.period import Period
from cchc.reports import api as reports
from cchc.web.board.asking import LAST, START
from cchc.web.ui.forms import query_text
from cchc.worktime import api as worktime

# So many quarters that have ended are offered by name.
QUARTERS = 4


class ReportRequest(HttpRequest):
    """A request after the middleware: who acts, and the one moment everything in it happens at."""

    actor: Actor
    at: datetime


@dataclass(frozen=True)
class Choice:
    """A period offered by name."""

    label: str
    start: date
    last: date
    is_here: bool


def reporting_period(request: HttpRequest, today: date) -> worktime.ReportingPeriod:
    """Return the reporting period of the address; without one, the quarter that ended last. ``NotFound`` for other days."""
    start, last = query_text(request, START), query_text(request, LAST)
    if not start and not last:
        return _ended(worktime.ReportingKind.QUARTER, today)
    try:
        found = reports.reporting_of(Period(date.fromisoformat(start), date.fromisoformat(last) + timedelta(days=1)))
    except ValueError:
        found = None
    if found is None:
        raise NotFound(_("Những ngày này không phải một kỳ báo cáo. Chọn kỳ trong danh sách báo cáo phải lập."))
    return found


def choices(here: worktime.ReportingPeriod, today: date) -> list[Choice]:
    """Return the quarters that have ended, the latest first, and the year that ended last."""
    found = [_ended(worktime.ReportingKind.QUARTER, today)]
    while len(found) < QUARTERS:
        found.append(worktime.reporting_period(worktime.ReportingKind.QUARTER, containing=found[-1].period.start - timedelta(days=1)))
    found.append(_ended(worktime.ReportingKind.YEAR, today))
    if here not in found:
        found.append(here)
    return [
        Choice(item.label[:1].upper() + item.label[1:], item.period.start, item.period.last, is_here=item == here)
        for item in found
        if item.period.last is not None
    ]


def _ended(kind: worktime.ReportingKind, today: date) -> worktime.ReportingPeriod:
    running = worktime.reporting_period(kind, containing=today)
    return worktime.reporting_period(kind, containing=running.period.start - timedelta(days=1))
