"""What the intake template shows beside what was typed."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures
from cchc.web.desk.days import strip_cells
from cchc.web.desk.desk import DeskRequest
from cchc.web.desk.intake_form import has_submitter
from cchc.web.desk.intake_sheet import CHANNELS, Sheet
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option, Tone, options_of
from cchc.worktime import api as worktime

RECEIVE = next(row for row in cases.TABLE if row.act is cases.Act.RECEIVE)


def page_of(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """Return the context of the intake page."""
    desk = cast("DeskRequest", request)
    seen, version = sheet.preview, sheet.version
    channels = [channel for channel in CHANNELS if version and channel in version.channels]
    offered = _offered(sheet)
    return {
        "sheet": sheet,
        "seen": seen,
        "version": version,
        "case_types": _case_types(sheet),
        "channels": options_of(type(CHANNELS[0]), only=channels),
        "found": [(hit, hit.marked_title) for hit in sheet.found],
        "searched": sheet.entry.text("q") if sheet.entry.text("q") and not version else "",
        "complete": bool(sheet.papers) and not sheet.missing,
        "given_count": sum(row.given for row in sheet.papers),
        "kinds": options_of(cases.PartyKind),
        "result_channels": options_of(cases.ResultChannel),
        "payments": options_of(cases.PaymentMethod),
        "filers": options_of(cases.FiledBy),
        "by_other": has_submitter(sheet.entry),
        "not_counted": not_counted(seen.explanation) if seen and seen.explanation else "",
        "cells": strip_cells(seen.explanation, today=local_date(desk.at)) if seen and seen.explanation else [],
        "tone": _tone(seen),
        "receive_basis": RECEIVE.basis,
        "offered": offered,
        "items": _items(sheet, offered),
        # Not ``entry.problems.items``: in a template that is the method of the dictionary.
        "items_problem": sheet.entry.problem("items"),
        "items_was": "\n".join(sheet.missing),
        "shown": _with_picked(sheet, offered),
        "page_keys": [],
        "begin_at_person": begins_at_person(sheet),
        "now": desk.at,
    }


def begins_at_person(sheet: Sheet) -> bool:
    """Say whether the cursor belongs in the applicant's first field: the procedure has just been chosen and nobody typed yet."""
    just_chosen = sheet.version is not None and sheet.entry.value("titled_code") != sheet.version.code
    return just_chosen and not sheet.entry.value("owner_identity_number")


def not_counted(told: worktime.Explanation) -> str:
    """Return the days between that do not count, named where they have a name; nothing when all count."""
    calendar = worktime.load_calendar()

    def reason(day: date) -> str:
        row = calendar.row(day)
        return row.name if row else ""

    off = [line.date for line in told.days if line.role in {worktime.DayRole.OFF, worktime.DayRole.HOLIDAY}]
    phrase = documents.not_counted_phrase((day, reason(day)) for day in off)
    return phrase.removeprefix("Không tính ").removesuffix(".")


def _case_types(sheet: Sheet) -> list[Option]:
    version = sheet.version
    if not version or len(version.case_types) < 2:  # noqa: PLR2004 (a single case type is no choice)
        return []
    return [Option(str(place), item.name, item.note) for place, item in enumerate(version.case_types, start=1)]


def _tone(seen: cases.Preview | None) -> Tone:
    if seen is None or seen.remaining is None:
        return ""
    return "soon" if seen.remaining.working_days <= 1 else "ok"


def _prefilled(sheet: Sheet, name: str, fresh: str) -> str:
    """Return what was typed, or the fresh proposal when the last one was left as it stood."""
    entry = sheet.entry
    typed = entry.value(name).replace("\r\n", "\n").strip()
    untouched = typed == entry.value(f"{name}_was").replace("\r\n", "\n").strip()
    return fresh if not typed or untouched else typed


@dataclass(frozen=True)
class Offered:
    """The phrases on offer for the chosen procedure, and the ones just picked, if any."""

    supplement: tuple[procedures.PhraseView, ...] = ()
    refusal: tuple[procedures.PhraseView, ...] = ()
    picked_supplement: procedures.PhraseView | None = None
    picked_refusal: procedures.PhraseView | None = None

    @property
    def reasons(self) -> list[str]:
        """Return the reasons of the phrases, each once."""
        return list(dict.fromkeys(phrase.reason for phrase in self.supplement if phrase.reason))


def _offered(sheet: Sheet) -> Offered:
    """Return the phrases of the chosen procedure; picking one opens the paper it is for."""
    if sheet.version is None:
        return Offered()
    supplement = procedures.phrases_for(sheet.version.code, procedures.PhraseKind.SUPPLEMENT)
    refusal = procedures.phrases_for(sheet.version.code, procedures.PhraseKind.REFUSAL)
    picked = {name: sheet.entry.value(name) for name in ("phrase", "refusal_phrase")}
    for_supplement = next((phrase for phrase in supplement if str(phrase.id) == picked["phrase"]), None)
    for_refusal = next((phrase for phrase in refusal if str(phrase.id) == picked["refusal_phrase"]), None)
    if for_supplement or for_refusal:
        sheet.opened = "supplement" if for_supplement else "refusal"
    return Offered(supplement, refusal, for_supplement, for_refusal)


def _items(sheet: Sheet, offered: Offered) -> str:
    """Return what is to be supplemented: as typed, or the papers that are missing, and the phrase just picked."""
    text = _prefilled(sheet, "items", "\n".join(sheet.missing))
    picked = offered.picked_supplement
    return "\n".join(line for line in (text, picked.text) if line) if picked and picked.text not in text.splitlines() else text


def _with_picked(sheet: Sheet, offered: Offered) -> Entry:
    """Return the texts of the two papers: as typed, with what the picked phrase says where nothing was, and their problems."""
    supplement, refusal = offered.picked_supplement, offered.picked_refusal
    fresh = {
        "reason": supplement.reason if supplement else "",
        "refuse_reason": refusal.text if refusal else "",
        "guidance": refusal.reason if refusal else "",
    }
    shown = Entry({name: sheet.entry.value(name).strip() or text for name, text in fresh.items()})
    shown.problems = sheet.entry.problems
    return shown
