"""How often a stranger may ask. Counted in the cache per window, per client address and over all of them.

The count of a window may miss a few under heavy parallel load (the cache does not add atomically); that only makes the limit a
little softer, and the limit over all keeps a spread-out guesser slow as well.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cchc.web.ui.access import View
from cchc.web.ui.pages import too_many


def limited(
    name: str, *, per_client: int, overall: int, seconds: int = 60, when: Callable[[HttpRequest], bool] | None = None
) -> Callable[[View], View]:
    """Answer 429 with Retry-After beyond ``per_client`` (or ``overall``) requests in ``seconds``.

    ``when`` says which requests count; without it all do.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if when is not None and not when(request):
                return view(request, *args, **kwargs)
            counts = ((client_digest(request), per_client), ("all", overall))
            # Who asks too often is not counted for all: one client alone must not shut the others out.
            if any(over(f"{name}:{who}", most=most, seconds=seconds) for who, most in counts):
                return too_many(request, seconds=left_of_window(seconds))
            return view(request, *args, **kwargs)

        return counted

    return declare


def over(name: str, *, most: int, seconds: int = 60) -> bool:
    """Count one more under the name in this window, and say whether there have been more than ``most``."""
    now = int(timezone.now().timestamp())
    return _count(f"limit:{name}:{now // seconds}", seconds) > most


def left_of_window(seconds: int = 60) -> int:
    """Return how many seconds of the window are left."""
    return seconds - int(timezone.now().timestamp()) % seconds


def client_address(request: HttpRequest) -> str:
    """Return the address of the client; a forwarded one is believed only behind the installation's own proxy."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return str(forwarded).rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def client_digest(request: HttpRequest) -> str:
    """Return the client's address as a keyed digest: addresses of citizens are not kept."""
    return hashlib.blake2b(client_address(request).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()


def _count(key: str, seconds: int) -> int:
    """Add one to the window's count and return it."""
    count = int(cache.get(key) or 0) + 1
    cache.set(key, count, timeout=seconds + 1)
    return count
