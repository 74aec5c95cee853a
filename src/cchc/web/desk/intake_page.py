"""What the intake template shows beside what was typed."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.local import local_date
from cchc.web.desk.days import strip_cells
from cchc.web.desk.desk import DeskRequest
from cchc.web.desk.intake_form import has_submitter
from cchc.web.desk.intake_sheet import CHANNELS, Sheet
from cchc.web.ui.shapes import Option, Tone, options_of
from cchc.worktime import api as worktime

RECEIVE = next(row for row in cases.TABLE if row.act is cases.Act.RECEIVE)


def page_of(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """Return the context of the intake page."""
    desk = cast("DeskRequest", request)
    seen, version = sheet.preview, sheet.version
    channels = [channel for channel in CHANNELS if version and channel in version.channels]
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
        "by_other": has_submitter(sheet.entry),
        "not_counted": not_counted(seen.explanation) if seen and seen.explanation else "",
        "cells": strip_cells(seen.explanation, today=local_date(desk.at)) if seen and seen.explanation else [],
        "tone": _tone(seen),
        "receive_basis": RECEIVE.basis,
        "items": _prefilled(sheet, "items", "\n".join(sheet.missing)),
        # Not ``entry.problems.items``: in a template that is the method of the dictionary.
        "items_problem": sheet.entry.problem("items"),
        "items_was": "\n".join(sheet.missing),
        "reasons": _reasons(),
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


def _reasons() -> list[str]:
    """Return the phrases offered for a supplement request."""
    return [
        _("Thành phần hồ sơ còn thiếu so với quy định của thủ tục."),
        _("Giấy tờ là bản chụp, cần bản chính để đối chiếu."),
        _("Tờ khai chưa ghi đủ các mục bắt buộc."),
        _("Thông tin trên giấy tờ không thống nhất với nhau."),
        _("Giấy tờ đã hết thời hạn sử dụng."),
    ]
