"""The API itself, and how a view becomes one of its doors: for everybody, or with a key.

django-ninja makes the views that Django calls; a door declares its right or its reason on the function, as every view of this
project does, and ``declared`` carries that over, with what every answer bears.
"""

from collections.abc import Callable, Iterable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.cache import patch_cache_control
from ninja import NinjaAPI
from ninja.errors import Throttled
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused
from cchc.web.rest import errors
from cchc.web.rest.errors import ErrorBody, KeyRefused
from cchc.web.ui.access import View, public
from cchc.web.ui.limits import client_digest, left_of_window, over

api = NinjaAPI(
    title="API một cửa và số liệu cải cách hành chính",
    version="1",
    description="Chỉ để đọc. Số liệu công khai không cần khóa; hồ sơ cần khóa và quyền của vị trí công tác.",
    urls_namespace="rest",
    openapi_url=None,
    docs_url=None,
)
errors.handle(api)

# How long a shared cache may keep an answer for everybody.
FRESH = 60
_declared: dict[str, View] = {}


class PerAddress(BaseThrottle):
    """So many questions a minute from one address."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the question."""
        return not over(f"api:{client_digest(request)}", most=settings.API_PER_ADDRESS)

    def wait(self) -> float:
        """Return the rest of the minute."""
        return left_of_window()


class PerKey(PerAddress):
    """So many questions a minute with one key, wherever it is used."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the question."""
        return not over(f"api:{holder(request).prefix}", most=settings.API_PER_KEY)


class Key(HttpBearer):
    """Lets in who brings a key, as the actor of its post. A failed try counts for its address like a question without a key."""

    def __call__(self, request: HttpRequest) -> identity.KeyHolder:
        """Return the holder, or raise ``KeyRefused``, ``NotAllowed`` or ``Throttled``."""
        try:
            found = super().__call__(request)
            if found is None:
                raise KeyRefused("Cần khóa API: gửi đầu «Authorization: Bearer <khóa>».", field="key")
        except Refused:
            if not PerAddress().allow_request(request):
                raise Throttled(wait=left_of_window()) from None
            raise
        return cast("identity.KeyHolder", found)

    def authenticate(self, request: HttpRequest, token: str) -> identity.KeyHolder:
        """Turn the secret into the holder."""
        try:
            return identity.holder_of_key(token, at=cast("Any", request).at)
        except NotAllowed:
            raise
        except Refused as error:
            raise KeyRefused(error.message, field=error.field) from error


def holder(request: HttpRequest) -> identity.KeyHolder:
    """Return who brought the key."""
    return cast("identity.KeyHolder", cast("Any", request).auth)


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of the key's post; never that of a session."""
    return holder(request).actor


def needs_key(right: str) -> Callable[[View], View]:
    """Let in keys whose post grants the right. The face asks once more."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor_of(request).must(right)
            return view(request, *args, **kwargs)

        cast("Any", guarded).right = right
        return guarded

    return declare


def reading(
    path: str, *, tag: str, summary: str, gives: Any, reason: str = "", right: str = "", also: Iterable[int] = (), media: str = ""
) -> Callable[[View], View]:
    """Make a view a door of the API: for everybody, for a ``reason``, or for keys with a ``right``.

    ``gives`` is the shape of its answer, ``media`` the kind of one that is no JSON, ``also`` the refusals it may answer besides the usual.
    """
    usual = (404, 422, 429, *((401, 403) if right else ()))

    def declare(view: View) -> View:
        guarded = needs_key(right)(view) if right else public(reason)(view)
        content = {"content": {media: {"schema": {"type": "string"}}}} if media else None
        api.get(
            path,
            response={HTTPStatus.OK.value: gives, **dict.fromkeys(sorted({*usual, *also}), ErrorBody)},
            auth=Key() if right else None,
            throttle=PerKey() if right else PerAddress(),
            summary=summary,
            tags=[tag],
            operation_id=view.__name__,
            by_alias=True,
            openapi_extra={"responses": {HTTPStatus.OK.value: content}} if content else None,
        )(guarded)
        _declared[view.__name__] = guarded
        return guarded

    return declare


def patterns() -> list[URLPattern]:
    """Return the addresses of the doors that were declared."""
    return [_declare(pattern) for pattern in api.urls[0] if pattern.name in _declared]


def _declare(pattern: URLPattern | URLResolver) -> URLPattern:
    """Carry right or reason over to what Django calls, and give every answer what all of them bear."""
    assert isinstance(pattern, URLPattern), "ninja makes no resolvers"
    assert pattern.name, "and every pattern has a name"
    ninja_view, declaration = pattern.callback, cast("Any", _declared[pattern.name])

    @wraps(ninja_view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return errors.only_read(request)
        if strange := sorted(request.GET.keys() - _parameters()[pattern.name or ""]):
            return errors.refused(request, Refused(f"Không có tham số «{strange[0][:60]}».", field=strange[0][:60]))
        # ninja knows only the methods in its list; the server leaves the body out.
        request.method = "GET"
        answer = ninja_view(request, *args, **kwargs)
        if hasattr(declaration, "right"):
            patch_cache_control(answer, private=True, no_store=True)
        else:
            patch_cache_control(answer, public=True, max_age=FRESH)
            answer["Access-Control-Allow-Origin"] = "*"
        return answer

    for mark in ("right", "public"):
        if hasattr(declaration, mark):
            setattr(door, mark, getattr(declaration, mark))
    pattern.callback = door
    return pattern


@cache
def _parameters() -> dict[str, frozenset[str]]:
    """Return which parameters each door takes in the address, as its description says. A mistyped one is not passed over in silence."""
    operations = [item["get"] for item in api.get_openapi_schema()["paths"].values()]
    return {item["operationId"]: frozenset(part["name"] for part in item["parameters"] if part["in"] == "query") for item in operations}


@public("Một địa chỉ không có trong API phải được trả lời bằng JSON")
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001 (a view)
    """Answer an address under /api/ that is no door."""
    return errors.answer(HTTPStatus.NOT_FOUND, "not_found", "Không có địa chỉ này trong API. Xem danh sách ở /api/.")
