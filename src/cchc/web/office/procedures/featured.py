"""Which procedures the portal names first, by the names people use."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.procedures import api as procedures
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry

PLACES = 12


@require_http_methods(["GET", "HEAD", "POST"])
@needs("procedures:version:publish")
def show(request: HttpRequest) -> HttpResponse:
    """Show the list in its order; POST replaces it. A row left empty drops out."""
    office = cast("OfficeRequest", request)
    kept = procedures.featured()
    values = {f"{name}-{place}": getattr(row, name) for place, row in enumerate(kept, start=1) for name in ("code", "name")}
    entry = Entry(request.POST if request.method == "POST" else values)
    if request.method == "POST":
        typed = [(place, entry.text(f"code-{place}"), entry.text(f"name-{place}")) for place in range(1, PLACES + 1)]
        filled = [(place, code, name) for place, code, name in typed if code or name]
        names = {
            f"rows.{number}.{field}": f"{field}-{place}" for number, (place, _c, _n) in enumerate(filled, 1) for field in ("code", "name")
        }
        with entry.catching({**names, "rows": ""}):
            rows = [procedures.FeaturedView(code, name) for _place, code, name in filled]
            procedures.set_featured(actor=office.actor, at=office.at, rows=rows)
            messages.success(request, _("Đã lưu danh sách việc nhiều người làm."))
            return HttpResponseRedirect(reverse("office:featured"))
    places = [(place, f"code-{place}", f"name-{place}") for place in range(1, PLACES + 1)]
    return entry.answer(request, "office/procedures/featured.html", {"places": places, "page_keys": []})
