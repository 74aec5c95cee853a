"""What the API offers: as OpenAPI for programs, and as a page for people, made from the same document and from nothing of others."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.web.rest.doors import api
from cchc.web.rest.giving import conditional
from cchc.web.ui.access import public


@dataclass(frozen=True)
class Parameter:
    """What may or must be given."""

    name: str
    place: str
    required: bool
    about: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Offer:
    """One door."""

    path: str
    summary: str
    about: str
    with_key: bool
    parameters: tuple[Parameter, ...]
    anchor: str


@require_safe
@public("Mô tả API cho máy đọc")
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI document."""
    content, digest = _document()
    return conditional(request, HttpResponse(content, content_type="application/json; charset=utf-8"), etag=digest)


@require_safe
@public("Hướng dẫn dùng API")
def show(request: HttpRequest) -> HttpResponse:
    """Show the doors by what they are about."""
    shelves: dict[str, list[Offer]] = {}
    document = json.loads(_document()[0])
    for path, operations in document["paths"].items():
        operation = operations["get"]
        shelves.setdefault(operation["tags"][0], []).append(_offer(path, operation, document["components"]["schemas"]))
    context = {
        "shelves": list(shelves.items()),
        "base": settings.BASE_URL,
        "per_address": settings.API_PER_ADDRESS,
        "per_key": settings.API_PER_KEY,
    }
    return render(request, "rest/docs.html", context)


def _offer(path: str, operation: dict[str, Any], shapes: dict[str, Any]) -> Offer:
    return Offer(
        path=path,
        summary=operation["summary"],
        about=operation.get("description", ""),
        with_key="security" in operation,
        parameters=tuple(
            Parameter(item["name"], item["in"], item["required"], item.get("description", ""), _words(item["schema"], shapes))
            for item in operation["parameters"]
        ),
        anchor=operation["operationId"].replace("_", "-"),
    )


def _words(schema: dict[str, Any], shapes: dict[str, Any]) -> tuple[str, ...]:
    """Return the words of a vocabulary that a parameter takes; nothing for free text."""
    for part in (schema, *schema.get("anyOf", ()), *schema.get("allOf", ())):
        named = shapes.get(part.get("$ref", "").rpartition("/")[2], part)
        if "enum" in named:
            return tuple(named["enum"])
    return ()


@cache
def _document() -> tuple[bytes, str]:
    """Return the document and its digest; it does not change while the process runs."""
    content = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str).encode()
    return content, hashlib.sha256(content).hexdigest()[:32]
