"""The page of a case: the promise on top, the ledger, the file, and only the acts that this reader may do now."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.local import local_date
from cchc.notifications import api as notifications
from cchc.web.desk.case_words import acts_of, bars_of, due_label, ledger_of, moved_note, promise_note, quiet, standing
from cchc.web.desk.desk import Counting, DeskRequest, counted
from cchc.web.desk.rows import hours_left
from cchc.web.ui.access import needs
from cchc.web.ui.chips import chip_of, explanation_of
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import DueChip, options_of

# Under what name the journal, the papers, the files and the messages of a case are kept.
STREAM = "case:"


@require_safe
@needs("cases:case:read")
@counted
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the case."""
    desk = cast("DeskRequest", request)
    case = cases.case(code=code, actor=desk.actor, at=desk.at)
    return render(request, "desk/cases/show.html", page_of(desk, case, just_issued="issued" in request.GET))


def page_of(desk: DeskRequest, case: cases.CaseView, *, just_issued: bool = False) -> dict[str, Any]:
    """Return the context of the case page; the identity pages and act pages show parts of it."""
    chip = head_chip(desk, case)
    tone, words = standing(case.row, chip)
    stream = f"{STREAM}{case.row.code}"
    usual, rare = acts_of(case)
    back = case.holdings[-1] if case.holdings and case.holdings[-1].act is cases.Act.SEND_BACK else None
    return {
        "case": case,
        "chip": chip,
        "tone": tone,
        "standing": words,
        "note": promise_note(case, chip),
        "due_label": due_label(chip, case.row),
        "ledger": ledger_of(case),
        "fingerprint": case.ledger[0].fingerprint,
        "acts": usual,
        "rare": rare,
        "sent_back": back if back and case.row.stage not in cases.CLOSED else None,
        "recall_url": next((act.url for act in usual if act.url.endswith("/recall/")), ""),
        "is_moved": bool(moved_note(case)),
        "files": documents.files_of(stream),
        "sent": notifications.messages_of(stream),
        "may_keep": cases.may_keep(desk.actor, case.agency_id),
        "file_kinds": options_of(documents.FileKind),
        "bars": bars_of(case),
        "entry": Entry(),
        "quiet": quiet(case),
        "may_reveal": desk.actor.may("cases:party:reveal", unit_id=case.agency_id),
        "to_print": case.issued[-1] if just_issued and case.issued else None,
        "numbers": {},
        "page_keys": [],
    }


def head_chip(desk: DeskRequest, case: cases.CaseView) -> DueChip:
    """Return the chip of the promise with its day strip, counted by the hours of the office that promised."""
    promised = local_date(case.row.received_at or case.filed_at)
    counting = Counting(actor=desk.actor, at=desk.at, unit_id=case.agency_id, on=promised)
    told = explanation_of(case.row, calendar=counting.calendar, schedule=counting.schedule)
    made = chip_of(case.row, countdown=counting.countdown, explanation=told)
    hours = hours_left(case.row, counting)
    return DueChip(made.state, hours, made.when, made.word, made.explanation, made.note, made.why_url) if hours else made
