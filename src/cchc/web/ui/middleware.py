"""What every request carries: its moment, who acts, the language; and where refusals go."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from cchc.identity import api as identity
from cchc.kernel.errors import NotAllowed, Refused
from cchc.kernel.standing import standing
from cchc.web.ui import pages

POST_KEY = "post"
SAFE = frozenset({"GET", "HEAD"})
Respond = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Give the request ``at`` (its one moment) and ``actor`` (who acts, in the post of the session; made when first asked)."""

    def __init__(self, respond: Respond) -> None:
        """Keep the rest of the chain."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the moment and the actor."""
        carrier = cast("Any", request)
        carrier.at = timezone.now()
        carrier.actor = SimpleLazyObject(lambda: _actor(request))
        # No address of ours holds a NUL, and the database takes none.
        if "\0" in request.path:
            return pages.bad_request(request)
        # A page that is only looked at shows one moment: units, posts and the calendar are read once for all of its parts.
        with standing() if request.method in SAFE else nullcontext():
            return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal that a view let through with a page; everything else stays an error."""
        return pages.refused(request, exception) if isinstance(exception, Refused) else None


class LanguageMiddleware:
    """Vietnamese first: only the reader's own choice (the cookie of the switch) changes the language, never the browser's setting."""

    def __init__(self, respond: Respond) -> None:
        """Keep the rest of the chain."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language of the cookie, else the installation's."""
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            cast("Any", request).LANGUAGE_CODE = language
            answer = self.respond(request)
        patch_vary_headers(answer, ("Cookie",))
        answer.headers.setdefault("Content-Language", language)
        return answer


def _actor(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        raise NotAllowed("", translation.gettext("Cần đăng nhập để làm việc này."))
    return identity.actor_for(cast("Any", request.user), post_id=request.session.get(POST_KEY), at=cast("Any", request).at)
