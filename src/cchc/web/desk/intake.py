"""Intake on one screen: accept and promise, do it at once, ask for a supplement, or refuse. One form, four acts."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.intake_form import intake_of
from cchc.web.desk.intake_page import page_of
from cchc.web.desk.intake_sheet import FOUND, Sheet, read_sheet
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import Suggestion
from cchc.web.ui.vietnamese import money_text

# The operation says «procedure»; the field people see is the search box.
NAMES = {"procedure": "q"}
Act = Callable[[cases.Intake, str], str]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:receive")
@counted
def counter(request: HttpRequest) -> HttpResponse:
    """Show the screen; with do=receive accept the file; any other POST computes again with everything typed kept."""
    desk = cast("DeskRequest", request)
    sheet = read_sheet(request)
    if request.POST.get("do") != "receive":
        return _shown(request, sheet)

    def act(intake: cases.Intake, key: str) -> str:
        return cases.receive(actor=desk.actor, at=desk.at, intake=intake, key=key)

    code = _acted(desk, sheet, act)
    return _to_case(request, code, _("Đã tiếp nhận %(code)s. Giấy hẹn đã sẵn sàng để in.")) if code else _again(request, sheet)


@require_POST
@needs("cases:case:receive")
@counted
def immediate(request: HttpRequest) -> HttpResponse:
    """Receive, do and hand over at once; the screen comes back empty for the next person in the queue."""
    desk = cast("DeskRequest", request)
    sheet = read_sheet(request)
    entry = sheet.entry

    def act(intake: cases.Intake, key: str) -> str:
        receiver = entry.text("receiver") or (intake.submitter.full_name if intake.submitter else "")
        return cases.receive_immediate(
            actor=desk.actor,
            at=desk.at,
            intake=intake,
            receiver=receiver,
            number=entry.text("number"),
            receipt=entry.flag("receipt"),
            key=key,
        )

    code = _acted(desk, sheet, act)
    if not code:
        return _again(request, sheet)
    done = cases.case(code=code, actor=desk.actor, at=desk.at)
    messages.success(request, _done_sentence(done))
    return HttpResponseRedirect(f"{reverse('desk:intake')}?procedure={done.procedure_code}")


@require_POST
@needs("cases:case:receive")
@counted
def supplement(request: HttpRequest) -> HttpResponse:
    """Write down what is missing, once and in full."""
    desk = cast("DeskRequest", request)
    sheet = read_sheet(request)
    sheet.opened = "supplement"
    entry = sheet.entry

    def act(intake: cases.Intake, key: str) -> str:
        items = entry.lines("items").splitlines()
        return cases.ask_supplement(actor=desk.actor, at=desk.at, intake=intake, items=items, reason=entry.text("reason"), key=key)

    code = _acted(desk, sheet, act)
    return (
        _to_case(request, code, _("Đã lập phiếu yêu cầu bổ sung cho %(code)s. In và ký giao người nộp."))
        if code
        else _again(request, sheet)
    )


@require_POST
@needs("cases:case:receive")
@counted
def refusal(request: HttpRequest) -> HttpResponse:
    """Refuse the file in writing."""
    desk = cast("DeskRequest", request)
    sheet = read_sheet(request)
    sheet.opened = "refusal"
    entry = sheet.entry

    def act(intake: cases.Intake, key: str) -> str:
        reason, guidance = entry.text("refuse_reason"), entry.text("guidance")
        return cases.refuse(actor=desk.actor, at=desk.at, intake=intake, reason=reason, guidance=guidance, key=key)

    code = _acted(desk, sheet, act, {"reason": "refuse_reason"})
    return _to_case(request, code, _("Đã lập phiếu từ chối cho %(code)s. In và ký giao người nộp.")) if code else _again(request, sheet)


@require_safe
@needs("cases:case:receive")
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the finder: procedures of this agency's level, missing accents and typing errors forgiven."""
    desk = cast("DeskRequest", request)
    level = cases.counter_of(actor=desk.actor, at=desk.at).level
    hits = procedures.search(query_text(request), on=local_date(desk.at), level=level, limit=FOUND)
    found = [Suggestion(value=hit.code, parts=hit.marked_title, meta=[hit.code, hit.term_text, hit.field.name]) for hit in hits]
    return render(request, "desk/intake/_procedures.html", {"found": found})


def _acted(desk: DeskRequest, sheet: Sheet, act: Act, names: dict[str, str] | None = None) -> str:
    """Perform the act and return the case's code, or nothing when something typed is wrong; then all of it is said at once."""
    entry = sheet.entry
    intake = intake_of(sheet)
    with entry.catching({**NAMES, **(names or {})}):
        if entry.ok:
            return act(intake, sheet.key)
        cases.prepare(actor=desk.actor, at=desk.at, intake=intake)
    return ""


def _shown(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    return render(request, "desk/intake/form.html", {**page_of(request, sheet), "entry": sheet.entry})


def _again(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    return sheet.entry.answer(request, "desk/intake/form.html", page_of(request, sheet))


def _to_case(request: HttpRequest, code: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"code": code})
    return HttpResponseRedirect(f"{reverse('desk:case', args=[code])}?issued=1")


def _done_sentence(done: cases.CaseView) -> SafeString:
    """Say what was done, for how much, under which number of the book, with a link to the receipt when one was asked for."""
    parts = [_("số %(number)s trong sổ") % {"number": done.book_number}] if done.book_number else []
    parts.append(_("thu %(amount)s") % {"amount": money_text(done.fee_total)} if done.fee_total else _("không thu phí"))
    case = format_html('<a href="{}">{}</a>', reverse("desk:case", args=[done.row.code]), done.row.code)
    receipt = done.issued[0] if done.issued else None
    link = (
        format_html(' <a href="{}" target="_blank">{}</a>', reverse("desk:paper", args=[receipt.id]), _("In giấy hẹn")) if receipt else ""
    )
    return format_html("<b>{}</b> {}: {}.{}", _("Đã trả kết quả"), case, ", ".join(parts), link)
