"""A procedure: one of its versions whole, the others with what changed between them, its journal, and its end."""

from datetime import date
from itertools import pairwise
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.audit import api as audit
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop as noop
from cchc.procedures import api as procedures
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import LedgerLine
from cchc.web.ui.vietnamese import day_text

ACTS = {
    "version_published": noop("Công bố phiên bản"),
    "procedure_repealed": noop("Bãi bỏ thủ tục"),
    "draft_discarded": noop("Bỏ bản nháp"),
    "phrase_added": noop("Thêm câu mẫu"),
    "phrase_edited": noop("Sửa câu mẫu"),
    "phrase_withdrawn": noop("Thôi dùng câu mẫu"),
}


@require_safe
@needs("procedures:version:publish")
def show(request: HttpRequest, code: str, number: int = 0) -> HttpResponse:
    """Show the version of that number, or else the one in force, or else the newest."""
    office = cast("OfficeRequest", request)
    versions = procedures.versions_of(code)
    today = local_date(office.at)
    in_force = next((row for row in versions if _holds(row, today)), None)
    shown = next((row for row in versions if row.number == number), None) if number else in_force or versions[0]
    if shown is None:
        raise NotFound(_("Thủ tục %(code)s không có phiên bản %(number)s.") % {"code": code, "number": number})
    context = {
        "version": shown,
        "in_force": in_force,
        "state": _state(shown, today),
        "history": _history(versions),
        "cases": {case.id: case.name for case in shown.case_types},
        "balance": procedures.balance(procedures.draft_of(shown)),
        "ledger": [_line(entry) for entry in reversed(audit.entries(f"procedure:{code}"))],
        "kept": procedures.draft(code),
        "is_open": versions[0].valid_until is None,
        "newest": versions[0],
        "page_keys": [],
    }
    return render(request, "office/procedures/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("procedures:version:publish")
def repeal(request: HttpRequest, code: str) -> HttpResponse:
    """End a procedure by a decision."""
    office = cast("OfficeRequest", request)
    newest = procedures.versions_of(code)[0]
    entry = Entry(request.POST)
    if request.method == "POST":
        day = entry.day("on", required=_("Ghi ngày hết hiệu lực."))
        decision = entry.text("decision", required=_("Ghi số quyết định bãi bỏ thủ tục."))
        if day and entry.ok:
            with entry.catching({"valid_from": "on", "code": ""}):
                procedures.repeal_procedure(actor=office.actor, at=office.at, code=code, on=day, decision=decision)
                messages.success(request, _("Thủ tục %(code)s hết hiệu lực từ %(day)s.") % {"code": code, "day": day_text(day)})
                return HttpResponseRedirect(reverse("office:procedure", args=[code]))
    context = {"version": newest, "today": local_date(office.at), "page_keys": []}
    return entry.answer(request, "office/procedures/repeal.html", context)


def _holds(row: procedures.VersionView, today: date) -> bool:
    return row.valid_from <= today and (row.valid_until is None or today < row.valid_until)


def _state(row: procedures.VersionView, today: date) -> tuple[str, str]:
    if row.valid_from > today:
        return "wait", _("có hiệu lực từ %(day)s") % {"day": day_text(row.valid_from)}
    if row.valid_until is not None and row.valid_until <= today:
        return "", _("hết hiệu lực từ %(day)s") % {"day": day_text(row.valid_until)}
    if row.valid_until is not None:
        return "soon", _("đang hiệu lực, đến hết ngày trước %(day)s") % {"day": day_text(row.valid_until)}
    return "ok", _("đang hiệu lực")


def _history(versions: tuple[procedures.VersionView, ...]) -> list[tuple[procedures.VersionView, tuple[procedures.Change, ...]]]:
    """Return every version, newest first, with what it changed against the one before."""
    drafts = [procedures.draft_of(row) for row in versions]
    told = [procedures.changes(old, new) for new, old in pairwise(drafts)]
    return list(zip(versions, [*told, ()], strict=True))


def _line(entry: audit.EntryView) -> LedgerLine:
    public = entry.public
    parts = {
        "version_published": lambda: (
            _("phiên bản %(number)s, hiệu lực từ %(day)s") % {"number": public["number"], "day": _day(public["valid_from"])}
        ),
        "procedure_repealed": lambda: _("từ %(day)s, theo %(decision)s") % {"day": _day(public["on"]), "decision": public["decision"]},
    }
    detail = parts[entry.act]() if entry.act in parts else str(public.get("text", ""))
    if entry.act == "version_published" and public.get("decision"):
        detail = f"{detail}, {public['decision']}"
    kind = "move" if entry.act in parts else ""
    return LedgerLine(at=entry.at, title=_(ACTS.get(entry.act, entry.act)), detail=detail, who=entry.actor_post, kind=kind)  # type: ignore[arg-type]


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))
