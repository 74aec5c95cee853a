"""Ask another unit, of this agency or another, for its opinion."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.kernel.text import fold, gettext_noop
from cchc.organisations import api as organisations
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.people import units_below
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.shapes import Option, Suggestion

FOUND = 8


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:process")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Offer the units, the term; ask the one chosen."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        bound = cases.bounds_on(local_date(desk.at), case.procedure_code)[cases.RuleKey.CONSULTATION_TERM]
        typed = Entry(request.POST if request.method == "POST" else {})
        return {
            "units": units_below(case, desk=desk),
            "bound": bound,
            "bound_days": bound.days[0],
            "found": [Option(str(unit.id), unit.full_name, unit.place) for unit in _found(desk, typed)],
        }

    def perform(entry: Entry, seen: int | None) -> None:
        unit_id, days = _unit(desk, entry), entry.whole("days", least=1, most=30)
        if unit_id is None:
            entry.refuse("q", _("Chọn đơn vị được lấy ý kiến."))
        elif entry.ok:
            term = f"{days}wd" if days else ""
            cases.consult(actor=desk.actor, at=desk.at, code=code, unit_id=unit_id, question=entry.text("question"), term=term, seen=seen)

    page = Page(
        cases.Act.CONSULT,
        "desk/cases/consultation.html",
        gettext_noop("Đã gửi lấy ý kiến về %(code)s; đồng hồ vẫn chạy."),
        offers,
        names={"unit_id": "q"},
    )
    return act_page(request, code, page, perform)


@require_safe
@needs("cases:case:process")
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the finder: units of any agency by name or code, accents forgiven."""
    desk = cast("DeskRequest", request)
    hits = organisations.find_units(query_text(request), on=local_date(desk.at), limit=FOUND)
    found = [Suggestion(value=str(unit.id), parts=[(unit.full_name, False)], meta=[unit.code, unit.place]) for unit in hits]
    return render(request, "desk/intake/_procedures.html", {"found": found})


def _unit(desk: DeskRequest, entry: Entry) -> int | None:
    """Return the unit that was meant: the one picked, found by its words, or of the own agency; words that name several ask again."""
    picked = entry.whole("picked", most=2**62)
    if picked is not None:
        return picked
    words = entry.text("q")[:200]
    if not words:
        return entry.whole("own_unit", most=2**62)
    chosen = entry.whole("unit_id", most=2**62)
    if chosen is not None and fold(organisations.unit_on(chosen, local_date(desk.at)).full_name) == fold(words):
        return chosen
    found = _found(desk, entry)
    if len(found) == 1:
        return found[0].id
    entry.refuse(
        "q", _("Có nhiều đơn vị mang tên này. Chọn một ở dưới.") if found else _("Không thấy đơn vị nào tên như vậy. Thử từ khác, hoặc mã.")
    )
    return None


def _found(desk: DeskRequest, entry: Entry) -> tuple[organisations.UnitView, ...]:
    """Return the units that the typed words name, for whoever has no script."""
    words = entry.text("q")[:200]
    return organisations.find_units(words, on=local_date(desk.at), limit=FOUND) if words else ()
