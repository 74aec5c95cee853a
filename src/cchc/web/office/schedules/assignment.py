"""Give a schedule to a unit from a day on. The unit is found by name, as on the desk."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.kernel.text import fold
from cchc.organisations import api as organisations
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.shapes import Option, Suggestion
from cchc.web.ui.vietnamese import day_text
from cchc.worktime import api as worktime

FOUND = 12
LONGEST_ACT, LONGEST_NOTE = 120, 500


@require_http_methods(["GET", "HEAD", "POST"])
@needs("organisations:schedule:edit")
def create(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form; give the schedule to the unit chosen. A name that fits several units offers them."""
    office = cast("OfficeRequest", request)
    schedule = worktime.schedule(code)
    entry = Entry(request.POST if request.method == "POST" else {})
    choices: list[Option] = []
    if request.method == "POST":
        unit_id, choices = _chosen(office, entry)
        since = entry.day("since", required=_("Nhập ngày bắt đầu áp dụng."))
        until = entry.day("until")
        act = entry.text("act", required=_("Nhập số, ngày của văn bản."))
        if len(act) > LONGEST_ACT:
            entry.refuse("act", _("Số, ngày văn bản dài quá %(most)s ký tự. Hãy rút gọn.") % {"most": LONGEST_ACT})
        with entry.catching({"unit_id": "unit", "schedule": ""}):
            if entry.ok and unit_id and since:
                organisations.give_schedule(
                    actor=office.actor,
                    at=office.at,
                    unit_id=unit_id,
                    schedule_code=code,
                    since=since,
                    until=until,
                    act=act,
                )
                told = _("Đã giao khung giờ «%(name)s» từ %(since)s. Lời hẹn đã có giữ nguyên.")
                messages.success(request, told % {"name": schedule.name, "since": day_text(since)})
                return HttpResponseRedirect(reverse("office:schedules"))
    context = {
        "schedule": schedule,
        "choices": choices,
        "typed": entry.value("q"),
        "unit": entry.value("unit"),
        "q_problem": entry.problem("q"),
        "page_keys": [],
    }
    return entry.answer(request, "office/schedules/assignment.html", context)


@require_safe
@needs("organisations:schedule:edit")
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the finder: units of the person's own agency."""
    found = [
        Suggestion(value=str(unit.id), parts=[(unit.full_name, False)], meta=[unit.agency_code or unit.code, *unit.path[:1]])
        for unit in own_units(cast("OfficeRequest", request), query_text(request))
    ]
    return render(request, "office/schedules/_units.html", {"found": found})


def own_units(office: OfficeRequest, words: str) -> list[organisations.UnitView]:
    """Return the units called so, of the agency in which the person may give schedules: itself and those below."""
    if not fold(words) or office.actor.unit_id is None:
        return []
    day = local_date(office.at)
    agency = identity.agency_of(office.actor.unit_id, on=day)
    is_meant = all(word in fold(f"{agency.full_name} {agency.agency_code or ''}") for word in fold(words).split())
    below = organisations.find_units(words, on=day, within=agency.id, limit=FOUND)
    return [*([agency] if is_meant else []), *below]


def _chosen(office: OfficeRequest, entry: Entry) -> tuple[int | None, list[Option]]:
    """Return the unit taken from the finder or from the list, or the only one called so; else what to choose from."""
    unit_id = entry.whole("unit", most=2**62)
    if unit_id:
        return unit_id, []
    words = entry.text("q", required=_("Gõ tên đơn vị rồi chọn."))
    found = own_units(office, words) if words else []
    if len(found) == 1:
        return found[0].id, []
    if found:
        entry.refuse("unit", _("Nhiều đơn vị có tên như vậy. Chọn một đơn vị."))
    elif words:
        entry.refuse("q", _("Không tìm thấy đơn vị nào thuộc cơ quan mình có tên như vậy. Thử từ khác, không cần dấu."))
    return None, [Option(str(unit.id), unit.full_name, unit.agency_code or unit.code) for unit in found]
