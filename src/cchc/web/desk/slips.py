"""Hand-over slips: what was given to another unit in a batch, and the signature of who received it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.errors import NotFound
from cchc.web.desk.codes import slip_in
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.rows import row_keys
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text


@require_safe
@needs("cases:case:read")
@counted
def index(request: HttpRequest) -> HttpResponse:
    """Show the slips of the agency, those nobody has signed for first; a scanned slip opens, a number narrows."""
    desk = cast("DeskRequest", request)
    words = query_text(request)
    if scanned := slip_in(words):
        return HttpResponseRedirect(reverse("desk:slip", args=[scanned]))
    waiting_only = request.GET.get("show") == "waiting"
    rows = cases.slips(actor=desk.actor, waiting_only=waiting_only)
    folded = words.casefold()
    found = [row for row in rows if folded in f"{row.number} {row.from_unit} {row.to_unit} {row.given_by}".casefold()]
    context = {"rows": found, "words": words, "waiting_only": waiting_only, "page_keys": row_keys()}
    return render(request, "desk/slips/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:read")
@counted
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a slip with its files; the receiving unit signs for it, ticking what is there."""
    desk = cast("DeskRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        given = cases.slip(code=code, actor=desk.actor)
        here = set(entry.values("here"))
        missing = [line.code for line in given.lines if line.code not in here]
        if not here and not entry.flag("none"):
            entry.refuse("none", _("Đánh dấu những hồ sơ có trong lô. Nếu không nhận được hồ sơ nào, đánh dấu ô cuối."))
        with entry.catching():
            if entry.ok:
                batch = cases.receive_slip(actor=desk.actor, at=desk.at, slip=code, missing=missing)
                sentence = _("Đã ký nhận %(count)s hồ sơ.") % {"count": len(batch.done)}
                if batch.refused:
                    sentence += " " + _("Không có trong lô: %(codes)s.") % {"codes": ", ".join(batch.refused)}
                messages.success(request, sentence)
                return HttpResponseRedirect(reverse("desk:slip", args=[code]))
    slip = cases.slip(code=code, actor=desk.actor)
    ticked = set(entry.values("here")) if request.method == "POST" else {line.code for line in slip.lines}
    context = {
        "slip": slip,
        "row": slip.row,
        "lines": [(line, line.code in ticked) for line in slip.lines],
        "is_ours": desk.actor.unit_id is not None,
        "page_keys": [],
    }
    return entry.answer(request, "desk/slips/show.html", context)


@require_safe
@needs("cases:case:read")
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Send the slip as PDF, the same bytes every time."""
    desk = cast("DeskRequest", request)
    slip = cases.slip(code=code, actor=desk.actor)
    if slip.paper is None:
        raise NotFound(_("Phiếu này chưa có bản in."))
    answer = HttpResponse(documents.render(slip.paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="phieu-ban-giao-{slip.row.number.replace("/", "-")}.pdf"'
    return answer
