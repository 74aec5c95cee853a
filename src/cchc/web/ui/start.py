"""Where somebody lands after signing in: at the desk, or in the office when their post has no work at the desk."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed
from cchc.web.ui.access import signed_in
from cchc.web.ui.rooms import rooms_for


@require_safe
@signed_in("Đến nơi làm việc của mình sau khi đăng nhập")
def show(request: HttpRequest) -> HttpResponse:
    """Send on to the desk or to the office. Somebody without a post is told so at the desk."""
    try:
        actor: Actor = cast("Any", request).actor
        administers = not actor.may("cases:case:read") and bool(rooms_for(actor))
    except NotAllowed:
        administers = False
    return HttpResponseRedirect(reverse("office:home" if administers else "desk:inbox"))
