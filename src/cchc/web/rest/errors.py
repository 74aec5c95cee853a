"""What the API says when it says no: one shape for all, ``{"error": {"code", "message", "field"}}``, in Vietnamese."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import Throttled, ValidationError
from pydantic import Field

from cchc.kernel.errors import Conflict, NotAllowed, NotFound, Refused


class Problem(Schema):
    """Why not, and what to do."""

    code: str = Field(description="Mã lỗi, không đổi theo thời gian.")
    message: str = Field(description="Câu tiếng Việt nói điều gì sai và phải làm gì.")
    field: str = Field(description="Tên tham số phải sửa; để trống khi lỗi không ở một chỗ.")


class ErrorBody(Schema):
    """The body of every answer that is no success."""

    error: Problem


class KeyRefused(Refused):
    """There is no key, or it opens nothing."""


class Gone(Refused):
    """There was such a thing, and there is none now."""


_STATUS: tuple[tuple[type[Refused], HTTPStatus, str], ...] = (
    (KeyRefused, HTTPStatus.UNAUTHORIZED, "no_key"),
    (NotAllowed, HTTPStatus.FORBIDDEN, "not_allowed"),
    (NotFound, HTTPStatus.NOT_FOUND, "not_found"),
    (Gone, HTTPStatus.GONE, "gone"),
    (Conflict, HTTPStatus.CONFLICT, "conflict"),
    (Refused, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid"),
)
# What pydantic calls a mistake, and how we say it.
_SENTENCES = {
    "missing": "Thiếu tham số «{name}».",
    "enum": "Tham số «{name}» chỉ nhận: {expected}.",
    "int_parsing": "Tham số «{name}» phải là số nguyên.",
    "greater_than_equal": "Tham số «{name}» nhỏ quá.",
    "less_than_equal": "Tham số «{name}» lớn quá.",
    "string_too_long": "Tham số «{name}» dài quá.",
    "string_too_short": "Tham số «{name}» đang để trống.",
    "string_pattern_mismatch": "Tham số «{name}» có ký tự không nhận được.",
}


def answer(status: HTTPStatus, code: str, message: str, *, field: str = "") -> HttpResponse:
    """Return the one shape."""
    body = {"error": {"code": code, "message": message, "field": field}}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def refused(request: HttpRequest, error: Refused) -> HttpResponse:  # noqa: ARG001 (a handler's signature)
    """Answer what a face refuses."""
    status, code = next((status, code) for kind, status, code in _STATUS if isinstance(error, kind))
    made = answer(status, code, error.message, field=error.field)
    if status is HTTPStatus.UNAUTHORIZED:
        made["WWW-Authenticate"] = 'Bearer realm="cchc"'
    return made


def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 (a handler's signature)
    """Answer a parameter that cannot be read: the first of them, by name."""
    first = error.errors[0]
    name = str(first["loc"][-1])
    sentence = _SENTENCES.get(first["type"], "Tham số «{name}» không đúng.")
    context: dict[str, Any] = first.get("ctx", {})
    if first["type"] == "value_error":
        sentence = str(context.get("error", first["msg"])).replace("{", "").replace("}", "")
    message = sentence.format(name=name, expected=str(context.get("expected", "")).replace("'", "").replace(" or ", ", "))
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", message, field=name)


def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:  # noqa: ARG001 (a handler's signature)
    """Answer who asks too often, and say when to ask again."""
    wait = error.wait or 1
    made = answer(HTTPStatus.TOO_MANY_REQUESTS, "too_many", f"Hỏi quá nhiều lần. Hãy thử lại sau {wait} giây.")
    made["Retry-After"] = str(wait)
    return made


def only_read(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (as the others)
    """Answer a method that would write."""
    made = answer(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", "API này chỉ để đọc: dùng GET.")
    made["Allow"] = "GET, HEAD"
    return made


def handle(api: NinjaAPI) -> None:
    """Let the API answer in this shape."""
    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(ValidationError, wrong)
    api.add_exception_handler(Throttled, too_many)
