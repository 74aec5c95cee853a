"""Who may open a page. Every view declares one of three things, and a test lists them all.

* ``@needs("cases:case:receive")``: somebody signed in, whose current post grants the right → ``view.right``
* ``@signed_in("…")``: anybody signed in, about themselves → ``view.right`` is ``OWN``
* ``@public("…")``: everybody, for the reason given → ``view.public``

The operation asks for the right once more; the view asks so that nobody fills in a form in vain.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed
from cchc.web.ui.pages import forbidden

View = Callable[..., HttpResponse]

# Declared by pages that are about the person who asks and about nobody else.
OWN = "own"


def needs(right: str) -> Callable[[View], View]:
    """Let in people whose current post grants the right; others get a page that says which right and who can give it."""
    parts = right.split(":")
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 (module, thing, verb)
        raise ValueError(f"Quyền phải có dạng module:thing:verb, không phải «{right}».")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if _has_one_time_password(request):
                return _to_own_password(request)
            try:
                actor_of(request).must(right)
            except NotAllowed as error:
                return forbidden(request, right=error.right, message=error.message)
            return _private(view(request, *args, **kwargs))

        cast("Any", guarded).right = right
        return guarded

    return declare


def signed_in(reason: str, *, with_one_time_password: bool = False) -> Callable[[View], View]:
    """Let in anybody who is signed in; the page is about themselves. ``reason`` says what it is for.

    Who signed in with a one-time password is let in nowhere but where ``with_one_time_password`` says so: to change it, or to leave.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not with_one_time_password and _has_one_time_password(request):
                return _to_own_password(request)
            return _private(view(request, *args, **kwargs))

        cast("Any", guarded).right = OWN
        cast("Any", guarded).reason = reason
        return guarded

    return declare


def public(reason: str) -> Callable[[View], View]:
    """Let in everybody; ``reason`` says why the page needs no right."""

    def declare(view: View) -> View:
        @wraps(view)
        def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        cast("Any", open_to_all).public = reason
        return open_to_all

    return declare


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of the request. Raises ``NotAllowed`` for a person who holds no post today."""
    return cast("Actor", cast("Any", request).actor)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back afterwards; a fragment sends the whole page there."""
    is_fragment = bool(getattr(request, "htmx", False))
    back = (
        cast("Any", request).htmx.current_url_abs_path or "/desk/"
        if is_fragment
        else request.get_full_path()
        if request.method == "GET"
        else request.path
    )
    return _whole_page_to(f"{resolve_url('account_login')}?{urlencode({'next': back})}", status=401 if is_fragment else 0)


def _has_one_time_password(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "must_change_password", False))


def _to_own_password(request: HttpRequest) -> HttpResponse:
    """Send to the page where the one-time password is changed."""
    return _whole_page_to(resolve_url("account_change_password"), status=403 if getattr(request, "htmx", False) else 0)


def _whole_page_to(url: str, *, status: int) -> HttpResponse:
    """Redirect; a fragment (``status`` is not 0) sends the whole page there."""
    if not status:
        return HttpResponseRedirect(url)
    answer = HttpResponse(status=status)
    answer["HX-Redirect"] = url
    return answer


def _private(answer: HttpResponse) -> HttpResponse:
    """Keep pages of officials out of every shared cache, and out of the browser's after signing out."""
    if not answer.has_header("Cache-Control"):
        patch_cache_control(answer, private=True, no_store=True)
    return answer
