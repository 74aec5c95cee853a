"""Define a new schedule: rows of sessions, as many as are wanted. It never changes once it is used."""

import re
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.kernel.errors import Refused
from cchc.kernel.local import WEEKDAYS
from cchc.kernel.text import fold
from cchc.web.office.hours import read_hour
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option
from cchc.worktime import api as worktime

ROWS, MORE, MOST = 6, 4, 40
LONGEST_CODE = 60
# What stands in the form at first: the hours that most offices keep.
START = {
    "days-1": "0-4",
    "opens-1": "07:00",
    "closes-1": "11:30",
    "days-2": "0-4",
    "opens-2": "13:30",
    "closes-2": "17:00",
    "makeup": "1",
}


@dataclass(frozen=True)
class Row:
    """The names of the fields of one row of sessions."""

    number: int
    days: str
    opens: str
    closes: str
    use: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs("worktime:calendar:edit")
def create(request: HttpRequest) -> HttpResponse:
    """Show the form; ``do=rows`` offers more rows, ``do=save`` keeps the schedule. What was typed stays."""
    office = cast("OfficeRequest", request)
    entry = Entry(request.POST if request.method == "POST" else START)
    count = min(max(int(text) if (text := entry.value("rows")[:3]).isdigit() and text.isascii() else ROWS, ROWS), MOST)
    if request.method == "POST" and entry.value("do") == "rows":
        count = min(count + MORE, MOST)
    elif request.method == "POST":
        name = entry.text("name", required=_("Nhập tên khung giờ."))
        source = entry.text("source", required=_("Nhập số, ngày của văn bản quy định giờ làm việc."))
        result_time = read_hour(entry, "result_time")
        sessions = [session for row in rows(count) for session in _sessions(entry, row)]
        with entry.catching({"code": "name"}):
            if entry.ok:
                schedule = worktime.Schedule(
                    code=code_of(name),
                    name=name,
                    sessions=tuple(sessions),
                    result_time=result_time,
                    results_on_makeup_days=entry.flag("makeup"),
                )
                warnings = worktime.define_schedule(actor=office.actor, at=office.at, schedule=schedule, source=source)
                messages.success(request, _("Đã lập khung giờ «%(name)s». Giao cho đơn vị để áp dụng.") % {"name": name})
                for warning in warnings:
                    messages.info(request, warning)
                return HttpResponseRedirect(reverse("office:schedules"))
    context = {"rows": rows(count), "count": count, "is_full": count == MOST, "days": _days(), "uses": _uses(), "page_keys": []}
    return entry.answer(request, "office/schedules/new.html", context)


def rows(count: int) -> list[Row]:
    """Return the rows of the form."""
    return [Row(n, f"days-{n}", f"opens-{n}", f"closes-{n}", f"use-{n}") for n in range(1, count + 1)]


def code_of(name: str) -> str:
    """Return the code of a name: ``gio-mua-he``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:LONGEST_CODE].strip("-")


def _sessions(entry: Entry, row: Row) -> list[worktime.Session]:
    """Read a row; an empty one is none, and one half filled in is refused."""
    days = entry.text(row.days)
    if not days and not entry.text(row.opens) and not entry.text(row.closes):
        return []
    if days not in {option.value for option in _days()}:
        entry.refuse(row.days, _("Dòng %(row)s: chọn ngày trong tuần.") % {"row": row.number})
    opens = read_hour(entry, row.opens, required=_("Dòng %(row)s: nhập giờ bắt đầu.") % {"row": row.number})
    closes = read_hour(entry, row.closes, required=_("Dòng %(row)s: nhập giờ kết thúc.") % {"row": row.number})
    use = entry.text(row.use) or "both"
    if use not in {option.value for option in _uses()}:
        entry.refuse(row.use, _("Lựa chọn này không có trong danh sách. Chọn lại."))
    if opens is None or closes is None or entry.problem(row.days) or entry.problem(row.use):
        return []
    first, _dash, last = days.partition("-")
    try:
        return [
            worktime.Session(day, opens, closes, counts=use != "counter", counter=use != "inside")
            for day in range(int(first), int(last or first) + 1)
        ]
    except Refused as error:
        entry.refuse(row.opens, error.message)
        return []


def _days() -> list[Option]:
    together = [Option("0-4", _("Thứ Hai đến thứ Sáu")), Option("0-5", _("Thứ Hai đến thứ Bảy"))]
    return [*together, *(Option(str(day), _(name)) for day, name in enumerate(WEEKDAYS))]


def _uses() -> list[Option]:
    return [
        Option("both", _("Tính giờ làm việc, mở quầy")),
        Option("inside", _("Tính giờ làm việc, không mở quầy")),
        Option("counter", _("Chỉ mở quầy, không tính")),
    ]
