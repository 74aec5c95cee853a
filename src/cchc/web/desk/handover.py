"""Hand the result over to the applicant, or to whoever brings the receipt and an authorisation."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:hand_over")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Remind what to check and what to collect; write who received the result."""
    desk = cast("DeskRequest", request)

    def perform(entry: Entry, seen: int | None) -> object:
        receiver, note = entry.text("receiver"), entry.text("note")
        return cases.hand_over(actor=desk.actor, at=desk.at, code=code, receiver=receiver, note=note, seen=seen)

    page = Page(cases.Act.HAND_OVER, "desk/cases/handover.html", gettext_noop("Đã trả kết quả %(code)s."), checks)
    return act_page(request, code, page, perform)


def checks(case: cases.CaseView) -> Mapping[str, Any]:
    """Return the likely receiver and what to look at before handing over."""
    reminders = [_("Giấy hẹn, hoặc mã hồ sơ trên điện thoại"), _("Thẻ căn cước của người nhận, đối chiếu họ tên")]
    if case.submitter:
        reminders.append(
            _("Giấy ủy quyền của %(owner)s, nếu người nhận không phải %(submitter)s")
            % {
                "owner": case.owner.full_name,
                "submitter": case.submitter.full_name,
            }
        )
    else:
        reminders.append(_("Giấy ủy quyền, nếu người nhận không phải %(owner)s") % {"owner": case.owner.full_name})
    if case.fees and case.fees[0].method is cases.PaymentMethod.UNPAID:
        reminders.append(_("Phí, lệ phí chưa thu, thu trước khi trả"))
    if case.row.late:
        reminders.append(_("Hồ sơ quá hạn: trả kèm văn bản xin lỗi"))
    if case.owes_apology:
        words = {"unit": case.late_unit or case.agency_name}
        reminders.append(_("Chưa ai lập văn bản xin lỗi; trả xong, in văn bản kèm theo. Đơn vị làm chậm: %(unit)s") % words)
    return {"receiver": (case.submitter or case.owner).full_name, "reminders": reminders}
