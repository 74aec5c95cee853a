"""Why this date: the counting of a promise day by day, as a page and as the inside of an opened chip."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.web.desk.case import head_chip
from cchc.web.desk.case_words import moved_note
from cchc.web.desk.days import strip_cells
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.shapes import PromiseLine
from cchc.web.ui.vietnamese import moment_text


@require_safe
@needs("cases:case:read")
@counted
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Explain the promise of a case; a chip gets the fragment, a link the page."""
    desk = cast("DeskRequest", request)
    case = cases.case(code=code, actor=desk.actor, at=desk.at)
    chip = head_chip(desk, case)
    told = chip.explanation
    context = {
        "case": case,
        "chip": chip,
        "told": told,
        "promised": moment_text(case.row.due_at) if case.row.due_at else "",
        "note": moved_note(case) or (_("Chưa ai dời lời hẹn này.") if case.row.due_at else ""),
        "cells": strip_cells(told, today=local_date(desk.at)) if told else [],
        "strip": False,
        "moves": [
            PromiseLine(at=line.at, text=moment_text(line.due_after), reason=line.label, is_old=line.due_after != case.row.due_at)
            for line in case.ledger
            if line.moved and line.due_after
        ],
        "page_keys": [],
    }
    return render(request, "desk/cases/_why.html" if desk.htmx else "desk/cases/why.html", context)
