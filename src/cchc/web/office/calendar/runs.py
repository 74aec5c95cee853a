"""After an edit of the calendar: the runs over the open promises, which moved, which stayed, who was told and who must be phoned."""

import csv
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.jobs import api as jobs
from cchc.kernel.text import gettext_noop as noop
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.shapes import Tone
from cchc.web.ui.vietnamese import moment_text

WAITING: tuple[Tone, str] = ("wait", noop("Chờ chạy"))
RUNNING: tuple[Tone, str] = ("soon", noop("Đang tính lại"))
DONE: tuple[Tone, str] = ("ok", noop("Đã xong"))
TOLD = {"yes": True, "no": False}
# A sheet reads a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@needs("worktime:calendar:edit")
def index(request: HttpRequest) -> HttpResponse:
    """Show the latest runs."""
    office = cast("OfficeRequest", request)
    runs = cases.settlements(actor=office.actor)
    return render(request, "office/calendar/runs.html", {"lines": [(run, *state_of(run)) for run in runs], "page_keys": []})


@require_safe
@needs("worktime:calendar:edit")
def show(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show one run; while it goes on, how far it is. ``?told=no`` narrows to who must be phoned."""
    office = cast("OfficeRequest", request)
    word = request.GET.get("told", "")
    run, lines = cases.settlement(actor=office.actor, settlement_id=run_id, told=TOLD.get(word))
    tone, state = state_of(run)
    context = {
        "run": run,
        "lines": lines,
        "tone": tone,
        "state": state,
        "told": word if word in TOLD else "",
        "rule": _(cases.SETTLE_RULE),
        "far": jobs.run(cases.SETTLE_TASK, str(run_id)),
        "worker": None if run.finished_at else jobs.worker(at=office.at),
        "is_part": len(lines) < (run.moved if word not in TOLD else run.told if TOLD[word] else run.to_phone),
        "may_read_case": office.actor.may("cases:case:read"),
        "may_read_messages": office.actor.may("notifications:message:read"),
        "page_keys": [],
    }
    return render(request, "office/calendar/run.html", context)


@require_safe
@needs("worktime:calendar:edit")
def export(request: HttpRequest, run_id: int) -> HttpResponse:
    """Give every moved promise of one's agencies as CSV, which a sheet opens with its diacritics."""
    office = cast("OfficeRequest", request)
    word = request.GET.get("told", "")
    run, lines = cases.settlement(actor=office.actor, settlement_id=run_id, told=TOLD.get(word), most=None)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="doi-hen-{run.calendar_version}.csv"'
    sheet = csv.writer(answer)
    sheet.writerow([_("Mã hồ sơ"), _("Thủ tục"), _("Đã hẹn"), _("Hẹn mới"), _("Báo người nộp")])
    for line in lines:
        told = _("đã gửi tin") if line.told else _("phải gọi điện")
        sheet.writerow(map(_cell, [line.code, line.title, moment_text(line.due_before), moment_text(line.due_after), told]))
    return answer


def state_of(run: cases.SettlementRow) -> tuple[Tone, str]:
    """Return where a run stands: its tone and its words."""
    return DONE if run.finished_at else RUNNING if run.started_at else WAITING


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
