"""Keys of the API: which there are and whether they are used, a new one whose secret is shown once, and its end."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.identity import api as identity
from cchc.kernel.local import local_date
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option, Tone

# How long a key lasts unless another day is typed: the longest that the rule allows is a year.
USUAL_DAYS = 180
_TONES: dict[identity.KeyState, Tone] = {
    identity.KeyState.OPEN: "ok",
    identity.KeyState.EXPIRED: "wait",
    identity.KeyState.REVOKED: "wait",
    identity.KeyState.IDLE: "soon",
}


@require_safe
@needs("identity:key:issue")
def index(request: HttpRequest) -> HttpResponse:
    """Show the keys of the agency's posts, the newest first."""
    office = cast("OfficeRequest", request)
    found = identity.keys_of(office.actor.units, on=local_date(office.at))
    context = {
        "keys": [(key, _TONES[key.state], key.revoked_at is None) for key in found],
        "is_open": any(key.state is identity.KeyState.OPEN for key in found),
        "page_keys": [],
    }
    return render(request, "office/keys/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("identity:key:issue")
def create(request: HttpRequest) -> HttpResponse:
    """Issue a key for a post, and show its secret, this once."""
    office = cast("OfficeRequest", request)
    today = local_date(office.at)
    posts = identity.people_of(office.actor.units, today)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        name = entry.text("name", required=_("Nhập khóa dùng để làm gì."))
        post_id = entry.whole("post_id", required=_("Chọn vị trí mà khóa đọc thay."), most=2**62)
        last = entry.day("last", required=_("Nhập ngày cuối cùng khóa dùng được."))
        if entry.ok and post_id is not None and last is not None:
            with entry.catching({"until": "last"}):
                until = last + timedelta(days=1)
                secret = identity.issue_key(actor=office.actor, at=office.at, post_id=post_id, name=name, until=until)
                post = next(item for item in posts if item.id == post_id)
                return render(
                    request, "office/keys/secret.html", {"secret": secret, "name": name, "post": post, "last": last, "page_keys": []}
                )
    context = {
        "posts": [Option(str(post.id), f"{post.name} – {post.title}, {post.unit_name}") for post in posts],
        "last": f"{today + timedelta(days=USUAL_DAYS):%d/%m/%Y}",
        "page_keys": [],
    }
    return entry.answer(request, "office/keys/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("identity:key:issue")
def revoke(request: HttpRequest, prefix: str) -> HttpResponse:
    """End a key, with the reason."""
    office = cast("OfficeRequest", request)
    key = next((item for item in identity.keys_of(office.actor.units, on=local_date(office.at)) if item.prefix == prefix), None)
    if key is None:
        raise Http404(_("Không có khóa này trong cơ quan."))
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        reason = entry.text("reason", required=_("Nhập lý do thu hồi."))
        if entry.ok:
            with entry.catching({"prefix": ""}):
                identity.revoke_key(actor=office.actor, at=office.at, prefix=prefix, reason=reason)
                messages.success(request, _("Đã thu hồi khóa %(key)s. Chương trình dùng khóa này không đọc được nữa.") % {"key": prefix})
                return HttpResponseRedirect(reverse("office:keys"))
    return entry.answer(request, "office/keys/revocation.html", {"key": key, "page_keys": []})
