"""Parts of a page that are drawn once and shown until something they rest on changes."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.core.cache import caches
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cchc.editions import api as editions
from cchc.kernel.local import local_date

_MISSING = object()


def drawn(
    request: HttpRequest, template: str, given: Mapping[str, Any], context: Callable[[], Mapping[str, Any]], *, rests_on: tuple[str, ...]
) -> SafeString:
    """Return a template drawn for this address, language and day, and for what is ``given``; anew when a subject in ``rests_on`` changed.

    ``context`` is asked for the rest only when something must be drawn; all it reads must be of ``rests_on``, or be ``given``. Nothing
    that is of one person alone may stand in it: a token of a form, a name, a message. Keep such things in the frame around it.
    """
    parts = (
        template,
        request.get_full_path(),
        cast("Any", request).LANGUAGE_CODE,
        local_date(cast("Any", request).at).isoformat(),
        repr(sorted(given.items())),
        editions.edition(*rests_on),
    )
    key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    found = caches["drawings"].get(key, _MISSING)
    if found is _MISSING:
        found = str(render_to_string(template, {**given, **context()}, request))
        caches["drawings"].set(key, found)
    return SafeString(found)
