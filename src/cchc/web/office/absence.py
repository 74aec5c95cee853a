"""One's own absence: whose hands one's work lies in meanwhile."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import signed_in
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in("Ủy quyền việc của chính mình khi vắng mặt")
def show(request: HttpRequest) -> HttpResponse:
    """Show one's delegations, given and received; delegate the post one acts in."""
    office = cast("OfficeRequest", request)
    post_id = office.actor.post_id
    if request.method != "POST" or post_id is None:
        return Entry().answer(request, "office/absence.html", _context(office))
    entry = Entry(request.POST)
    if (made := delegated(entry, office, post_id=post_id)) is not None:
        messages.success(
            request,
            _("Đã ủy quyền cho %(name)s từ %(since)s đến hết %(last)s.")
            % {"name": made.substitute.name, "since": f"{made.since:%d/%m/%Y}", "last": f"{made.last:%d/%m/%Y}"},
        )
        return HttpResponseRedirect(reverse("office:absence"))
    return entry.answer(request, "office/absence.html", _context(office))


@require_POST
@signed_in("Kết thúc ủy quyền của chính mình")
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a delegation now; one's own, or any in one's agency for who may appoint."""
    office = cast("OfficeRequest", request)
    identity.end_delegation(actor=office.actor, at=office.at, delegation_id=number)
    messages.success(request, _("Đã kết thúc ủy quyền: việc trở về người giữ vị trí."))
    back = request.POST.get("person", "")
    known = identity.person_row(identity.delegation(number).post.person_id, actor=office.actor) if back else None
    return HttpResponseRedirect(reverse("office:person", args=[known.id]) if known else reverse("office:absence"))


def delegated(entry: Entry, office: OfficeRequest, *, post_id: int) -> identity.DelegationView | None:
    """Read the form of a delegation and make it; None when something is wrong, which the entry then says."""
    to_post_id = entry.whole("to_post_id", required=_("Chọn người làm thay."), most=2**62)
    since = entry.day("since", required=_("Nhập ngày bắt đầu vắng mặt."))
    last = entry.day("last", required=_("Nhập ngày cuối vắng mặt."))
    reason = entry.text("reason", required=_("Nhập lý do vắng mặt, ví dụ: nghỉ phép, đi công tác, đi học."))
    if entry.ok and to_post_id and since and last:
        with entry.catching({"until": "last", "post_id": ""}):
            return identity.delegate(
                actor=office.actor,
                at=office.at,
                post_id=post_id,
                to_post_id=to_post_id,
                since=since,
                until=last + timedelta(days=1),
                reason=reason,
            )
    return None


def colleagues(post: identity.PostView, office: OfficeRequest) -> list[Option]:
    """Return who may stand in: posts of the same agency held today, those of the same unit first."""
    day = local_date(office.at)
    agency = identity.agency_of(post.unit_id, on=day)
    posts = identity.people_of(office.actor.units, day)
    own: dict[int, bool] = {}
    for unit_id in {item.unit_id for item in posts}:
        own[unit_id] = identity.agency_of(unit_id, on=day).id == agency.id
    fitting = [item for item in posts if own[item.unit_id] and item.person_id != post.person_id]
    return [
        Option(str(item.id), f"{item.name}, {item.title} ({item.unit_name})")
        for item in sorted(fitting, key=lambda item: item.unit_id != post.unit_id)
    ]


def _context(office: OfficeRequest) -> dict[str, Any]:
    day = local_date(office.at)
    person_id = office.actor.person
    everything = identity.delegations_of(person_id) if person_id else ()
    post = identity.post(office.actor.post_id) if office.actor.post_id else None
    return {
        "post": post,
        "options": colleagues(post, office) if post else [],
        "given": [(item, item.state(day)) for item in everything if item.post.person_id == person_id],
        "received": [(item, item.state(day)) for item in everything if item.post.person_id != person_id],
        "problems_now": {
            item.delegation.id: item.problem
            for item in (identity.stands_in_problems([post.unit_id], day) if post else ())
            if item.delegation.post.person_id == person_id
        },
        "open_states": {identity.DelegationState.COMING, identity.DelegationState.NOW},
        "page_keys": [],
    }
