"""The list of procedures as the office keeps it, with what each lacks."""

from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop as noop
from cchc.procedures import api as procedures
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import Option, Page, options_of

LACKS = {
    "term": noop("thiếu thời hạn"),
    "fee": noop("thiếu mức phí"),
    "steps": noop("thiếu quy trình"),
    "papers": noop("thiếu giấy tờ"),
}
STATES = {"in_force": noop("Đang hiệu lực"), "coming": noop("Sắp có hiệu lực"), "ended": noop("Hết hiệu lực")}


@require_safe
@needs("procedures:version:publish")
def show(request: HttpRequest) -> HttpResponse:
    """Show the list."""
    office = cast("OfficeRequest", request)
    today = local_date(office.at)
    filters = _filters(request)
    start = request.GET.get("start", "")
    found = procedures.catalogue(on=today, filters=filters, start=int(start[:6]) if start.isascii() and start.isdigit() else 0)
    counts = procedures.lacking(on=today)
    context = {
        "found": found,
        "lines": [(row, [LACKS[lack] for lack in row.lacks]) for row in found.rows],
        "filters": filters,
        "is_narrowed": filters != procedures.CatalogueFilter(),
        "fields": [Option(field.code, field.name) for field in procedures.fields(on=today)],
        "levels": options_of(procedures.Level),
        "confidences": options_of(procedures.Confidence),
        "lacks": [Option(lack, f"{_(words)} ({counts[lack]})") for lack, words in LACKS.items()],
        "states": [Option(state, _(words)) for state, words in STATES.items()],
        "drafts": procedures.drafts(),
        "may_import": office.actor.may("procedures:catalogue:import"),
        "page": _page(request, found),
        "page_keys": [],
    }
    return render(request, "office/procedures/list.html", context)


def _filters(request: HttpRequest) -> procedures.CatalogueFilter:
    def word(name: str, known: list[str] | tuple[str, ...] | dict[str, str]) -> str:
        text = query_text(request, name)
        return text if text in known else ""

    level, confidence = word("level", procedures.Level.values()), word("confidence", procedures.Confidence.values())
    return procedures.CatalogueFilter(
        q=query_text(request),
        field=query_text(request, "field", longest=80),
        level=procedures.Level(level) if level else None,
        lack=word("lack", LACKS),
        confidence=procedures.Confidence(confidence) if confidence else None,
        state=word("state", STATES) or "in_force",
    )


def _page(request: HttpRequest, found: procedures.CataloguePage) -> Page:
    kept = {name: value for name, value in request.GET.items() if name != "start" and value}
    return Page(
        next_url=f"?{urlencode({**kept, 'start': found.following})}" if found.following is not None else "",
        first_url=f"?{urlencode(kept)}" if found.start else "",
        label=_("Theo thứ tự chữ cái"),
    )
