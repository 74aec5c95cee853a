"""Mend what was typed wrong at intake; the receipt is issued again."""

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
from cchc.web.ui.shapes import options_of
from cchc.web.ui.vietnamese import day_text


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:correct")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is kept; put right what differs."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        return {
            "kinds": options_of(cases.PartyKind),
            "channels": options_of(cases.ResultChannel),
            "filers": options_of(cases.FiledBy),
            "born": day_text(case.owner.birth_date) if case.owner.birth_date else "",
        }

    def perform(entry: Entry, seen: int | None) -> None:
        kind = entry.chosen("owner_kind", cases.PartyKind, required=_("Chọn loại chủ hồ sơ."))
        born, sets = entry.day("owner_birth_date"), entry.whole("sets", required=_("Nhập số bộ hồ sơ."), least=1, most=99)
        channel = entry.chosen("result_channel", cases.ResultChannel, required=_("Chọn nơi nhận kết quả."))
        filer = entry.chosen("filed_by", cases.FiledBy)
        if not entry.ok or kind is None or sets is None or channel is None:
            return
        owner = cases.PartyForm(
            full_name=entry.text("owner_full_name"),
            kind=kind,
            identity_number=entry.text("owner_identity_number"),
            birth_date=born,
            phone=entry.text("owner_phone"),
            email=entry.text("owner_email"),
            address=entry.text("owner_address"),
        )
        wanted = cases.Correction(owner=owner, request=entry.text("request"), sets=sets, result_channel=channel, filed_by=filer)
        cases.correct(actor=desk.actor, at=desk.at, code=code, correction=wanted, reason=entry.text("reason"), seen=seen)

    page = Page(
        cases.Act.CORRECT,
        "desk/cases/correction.html",
        gettext_noop("Đã sửa %(code)s và cấp lại giấy hẹn; mã QR trên giấy cũ hết hiệu lực."),
        offers,
        issues=True,
    )
    return act_page(request, code, page, perform)
