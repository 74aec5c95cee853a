"""Cases as the lines of a list: where each is now, and its chip."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.web.desk.desk import Counting
from cchc.web.ui.chips import chip_of
from cchc.web.ui.shapes import DueChip, Key
from cchc.web.ui.vietnamese import clock_text, day_short
from cchc.worktime import api as worktime

HOUR = 60


@dataclass(frozen=True)
class Line:
    """One line: the case, its address, the small words after the step, the chip of its promise."""

    row: cases.CaseRow
    url: str
    where: str
    chip: DueChip


def row_keys() -> list[Key]:
    """Return the keys that every list has, for the sheet behind ``?``."""
    return [Key("j k", _("xuống, lên")), Key("Enter", _("mở dòng đang chọn"))]


def lines(rows: Iterable[cases.CaseRow], counting: Counting) -> list[Line]:
    """Return the lines of a list; no query."""
    return [Line(row=row, url=address(row), where=where(row, counting.at), chip=chip(row, counting)) for row in rows]


def address(row: cases.CaseRow) -> str:
    """Return where a case is shown: ours on its page, an imported one in its register."""
    return reverse("desk:imported", args=[row.register, row.code]) if row.register else reverse("desk:case", args=[row.code])


def chip(row: cases.CaseRow, counting: Counting) -> DueChip:
    """Return the chip of a line. On the last day it counts the hours: «còn 1 giờ 28 phút» says more than the day."""
    why_url = reverse("desk:why", args=[row.code]) if row.due_at and not row.register else ""
    made = chip_of(row, countdown=counting.countdown, why_url=why_url)
    hours = hours_left(row, counting)
    return replace(made, left=hours) if hours else made


def hours_left(row: cases.CaseRow, counting: Counting) -> str:
    """Return the working time to the appointment when it is today and still to come, else nothing."""
    if row.timeliness is not None or row.due_at is None or row.due_date != local_date(counting.at) or counting.at >= row.due_at:
        return ""
    if row.stage not in {cases.Stage.ACCEPTED, cases.Stage.PROCESSING} or not row.limit:
        return ""
    left = counting.countdown.to(worktime.Due(row.due_at, row.due_date), worktime.TimeLimit.parse(row.limit).unit)
    hours, minutes = divmod(left.minutes, HOUR)
    if hours and minutes:
        return _("còn %(hours)s giờ %(minutes)s phút") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("còn %(hours)s giờ") % {"hours": hours}
    return _("còn %(minutes)s phút") % {"minutes": minutes} if minutes else ""


def where(row: cases.CaseRow, at: datetime) -> str:
    """Return the small words after the step: until when to forward, who has it, since when it is ready."""
    if row.step is cases.Step.FORWARD and row.forward_by:
        return _("trước %(when)s") % {"when": _moment(row.forward_by, at)}
    if row.step is cases.Step.HAND_OVER and row.finished_at:
        return _("ký lúc %(when)s") % {"when": _moment(row.finished_at, at)}
    if row.step is cases.Step.APPLICANT:
        return _("đã gửi phiếu %(when)s") % {"when": _moment(row.since, at)}
    if row.step is cases.Step.CLOSED:
        return ""
    return row.holder


def _moment(value: datetime, at: datetime) -> str:
    if local_date(value) == local_date(at):
        return clock_text(value)
    return f"{clock_text(value)} {day_short(value)}"
