"""How a file of open data is sent: with a tag made from its content, again only when it changed, and kept by caches for a while."""

import hashlib
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

FRESH = 300


def conditional(request: HttpRequest, answer: HttpResponse, *, etag: str = "") -> HttpResponse:
    """Return the answer, or 304 to who has it already.

    The tag is strong: the same content, the same tag. There is no Last-Modified on purpose: an act may be entered late, so that a day
    that is past counts otherwise than before, and only the content says so.
    """
    tag = f'"{etag or hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = tag
    answer["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(answer, public=True, max_age=FRESH)
    return cast("HttpResponse", get_conditional_response(request, etag=tag, response=answer))
