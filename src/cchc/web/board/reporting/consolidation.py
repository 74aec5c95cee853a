"""The consolidated form: what units reported beside what is counted here; who is missing, what differs."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.kernel.local import local_date
from cchc.reports import api as reports
from cchc.web.board.asking import Question
from cchc.web.board.report import opener
from cchc.web.board.reporting.request import ReportRequest, choices, reporting_period
from cchc.web.board.sheets import sheet
from cchc.web.ui.access import needs


@require_safe
@needs("reports:report:receive")
def show(request: HttpRequest) -> HttpResponse:
    """Show the form of the actor's agency as its units reported it."""
    asked = cast("ReportRequest", request)
    today = local_date(asked.at)
    agency, period = reports.agency_of(asked.actor, today), reporting_period(request, today)
    made = reports.consolidated("ii06", unit=agency, period=period.period, at=asked.at)
    question = Question(unit=agency, period=period.period, today=today)
    context = {
        "agency": agency,
        "period": period,
        "choices": choices(period, today),
        "made": made,
        "sheet": sheet(made.reported),
        "counted": sheet(made.counted, opener(question, made.counted)),
        "key": made.reported.definition.key,
    }
    return render(request, "board/reporting/consolidation.html", context)
