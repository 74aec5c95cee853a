"""Keep the list one looks at under a name, and forget it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cchc.cases import api as cases
from cchc.web.desk.desk import DeskRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry

# The pages that keep their lists, and where each is.
PAGES = {"inbox": "desk:inbox", "search": "desk:search"}
LONGEST = 500


@require_POST
@needs("cases:case:read")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a page under a name; the same name again replaces them."""
    desk = cast("DeskRequest", request)
    entry = Entry(request.POST)
    name, query = entry.text("name"), _query(entry.value("query"))
    with entry.catching():
        if len(query) > LONGEST:
            entry.refuse("query", _("Bộ lọc này dài quá, không lưu được. Bỏ bớt điều kiện."))
        else:
            cases.save_filter(actor=desk.actor, at=desk.at, page=_page(request), name=name, query=query)
    if entry.ok:
        messages.success(request, _("Đã lưu bộ lọc «%(name)s».") % {"name": name})
    else:
        messages.error(request, " ".join(entry.problems.values()))
    return _back(request, query)


@require_POST
@needs("cases:case:read")
def removal(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Forget a list of one's own; that of somebody else stays."""
    desk = cast("DeskRequest", request)
    cases.drop_filter(actor=desk.actor, filter_id=filter_id)
    return _back(request, _query(request.POST.get("back", "")))


def _query(text: str) -> str:
    """Return a query string read and written again: what is kept can only ever be a query of our own page."""
    return QueryDict(text[:2000].replace("\0", "")).urlencode()


def _page(request: HttpRequest) -> str:
    """Return which page asks; the inbox where it is none of ours."""
    asked = request.POST.get("page", "")
    return asked if asked in PAGES else "inbox"


def _back(request: HttpRequest, query: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(PAGES[_page(request)]) + (f"?{query}" if query else ""))
