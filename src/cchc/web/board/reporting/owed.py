"""What the agency owes: form, period, due day, how far it has come, and the next step."""

from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.reports import api as reports
from cchc.web.board.asking import LAST, START
from cchc.web.board.report import FORM
from cchc.web.board.reporting.request import ReportRequest
from cchc.web.ui.access import needs


@require_safe
@needs("cases:case:read")
def show(request: HttpRequest) -> HttpResponse:
    """Show what the actor's agency owes and has owed."""
    asked = cast("ReportRequest", request)
    today = local_date(asked.at)
    agency = reports.agency_of(asked.actor, today)
    found = reports.owed(agency, today=today)
    context = {
        "agency": agency,
        "rows": [(item, *_words(item, today), _step(item, asked, today)) for item in found if item.opens_on <= today],
        "others": [row for row in reports.kept_reports(agency.id) if row.code not in {item.code for item in found}],
        "coming": [item for item in found if item.opens_on > today],
        "marks": list({(item.duty.source, item.duty.confidence, item.duty.remark): item.duty for item in found}.values()),
        "receives": asked.actor.may(identity.Right.RECEIVE_REPORT) and bool(reports.reporters_to(agency.id, today)),
    }
    return render(request, "board/reporting/owed.html", context)


def _words(item: reports.Owed, today: date) -> tuple[str, str]:
    """Return the tone of the due day, and what it says."""
    late = item.days_late(today)
    if item.is_done:
        return ("late", _("gửi muộn %(days)s ngày") % {"days": late}) if late else ("ok", _("gửi đúng hạn"))
    if late:
        return "late", ngettext("quá hạn %(days)s ngày", "quá hạn %(days)s ngày", late) % {"days": late}
    left = item.days_left(today)
    return "soon" if left <= 1 else "", _("hôm nay là hạn cuối") if not left else _("còn %(days)s ngày") % {"days": left}


def _step(item: reports.Owed, asked: ReportRequest, today: date) -> tuple[str, str, bool]:
    """Return the words and the address of the next step, and whether it is the main one."""
    if item.code and item.state in reports.LIVE:
        mine = {reports.State.LOCKED: identity.Right.SIGN_REPORT, reports.State.SIGNED: identity.Right.PREPARE_REPORT}.get(item.state)
        words = {reports.State.LOCKED: _("Mở để ký"), reports.State.SIGNED: _("Mở để gửi")}.get(item.state, _("Mở"))
        is_mine = mine is not None and asked.actor.may(mine)
        return (words if is_mine else _("Mở")), reverse("board:reports_kept", args=[item.code]), is_mine
    query = urlencode({FORM: item.definition.key, START: item.period.period.start, LAST: item.period.period.last})
    if asked.actor.may(identity.Right.PREPARE_REPORT) and item.opens_on <= today:
        return _("Chốt lại") if item.code else _("Chốt số liệu"), f"{reverse('board:reports_lock')}?{query}", True
    return _("Xem dự thảo"), f"{reverse('board:report')}?{query}", False
