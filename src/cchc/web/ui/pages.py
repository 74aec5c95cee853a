"""Pages that say no: what happened, what was kept, what to do. Every refusal that a view lets through ends here."""

from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cchc.identity import api as identity
from cchc.kernel.errors import Conflict, NotAllowed, NotFound, Refused
from cchc.kernel.local import local_date


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Answer a request that cannot be read."""
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, *, right: str = "", message: str = "") -> HttpResponse:
    """Say which right is missing and who can give it."""
    context = {"right": _right_label(right), "right_code": right, "message": message, "givers": _givers(request)}
    return render(request, "403.html", context, status=HTTPStatus.FORBIDDEN)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Answer what Django itself forbids."""
    return forbidden(request, message=_("Trang này không dành cho vị trí công tác hiện tại."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page or thing."""
    message = exception.message if isinstance(exception, Refused) else ""
    return render(request, "404.html", {"message": message}, status=HTTPStatus.NOT_FOUND)


def too_many(request: HttpRequest, exception: Exception | None = None, *, seconds: int = 60) -> HttpResponse:  # noqa: ARG001 (the signature of a handler)
    """Say that there were too many questions, and when to ask again."""
    answer = render(request, "429.html", {"seconds": seconds}, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(seconds)
    return answer


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal that no view caught: nothing was written, and here is why."""
    if isinstance(error, NotAllowed):
        return forbidden(request, right=error.right, message=error.message)
    if isinstance(error, NotFound):
        return not_found(request, error)
    status = HTTPStatus.CONFLICT if isinstance(error, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "refused.html", {"message": error.message, "conflict": isinstance(error, Conflict)}, status=status)


def _right_label(right: str) -> str:
    """Return the words of a right; a right outside the vocabulary is shown as it is."""
    return _(identity.Right(right).label) if right in identity.Right.values() else right


def _givers(request: HttpRequest) -> tuple[identity.PostView, ...]:
    """Return who may appoint in the agency of the person who asks; nobody when that cannot be told."""
    if not request.user.is_authenticated:
        return ()
    try:
        actor = cast("Any", request).actor
        return identity.holders_of(identity.Right.APPOINT, unit_ids=sorted(actor.units), on=local_date(cast("Any", request).at))
    except Refused:
        return ()
