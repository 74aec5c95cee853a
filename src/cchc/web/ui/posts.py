"""Changing the post one acts in, for people who hold several."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cchc.identity import api as identity
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.web.ui.access import signed_in
from cchc.web.ui.middleware import POST_KEY


@require_POST
@signed_in("Chọn vị trí công tác của chính mình")
def choose(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own posts from now on in this session."""
    at = cast("Any", request).at
    held = {str(post.id): post.id for post in identity.posts_of(cast("Any", request.user).pk, on=local_date(at))}
    wanted = request.POST.get("post", "")
    if wanted not in held:
        raise Refused(_("Ông bà không giữ vị trí này hôm nay. Chọn một vị trí trong danh sách."), field="post")
    request.session[POST_KEY] = held[wanted]
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else resolve_url("/desk/"))
