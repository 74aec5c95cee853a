"""The phrase library: the general sentences, and those of a procedure."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cchc.kernel.errors import NotFound
from cchc.procedures import api as procedures
from cchc.web.office.office import OfficeRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import options_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs("procedures:version:publish")
def general(request: HttpRequest) -> HttpResponse:
    """Show the sentences for every procedure; POST adds one."""
    return _shelf(request, "")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("procedures:version:publish")
def of_procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show the sentences of a procedure; POST adds one."""
    return _shelf(request, code)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("procedures:version:publish")
def edit(request: HttpRequest, phrase_id: int) -> HttpResponse:
    """Change a sentence or its place."""
    office = cast("OfficeRequest", request)
    phrase = _found(phrase_id)
    entry = Entry(
        request.POST if request.method == "POST" else {"text": phrase.text, "reason": phrase.reason, "ordinal": str(phrase.ordinal)}
    )
    if request.method == "POST":
        ordinal = entry.whole("ordinal", least=1, most=999, required=_("Ghi thứ tự, từ 1."))
        if entry.ok:
            with entry.catching():
                procedures.edit_phrase(
                    actor=office.actor,
                    at=office.at,
                    phrase_id=phrase_id,
                    text=entry.text("text"),
                    reason=entry.text("reason"),
                    ordinal=ordinal,
                )
                messages.success(request, _("Đã sửa câu mẫu."))
                return HttpResponseRedirect(_shelf_url(phrase.code))
    return entry.answer(request, "office/procedures/phrase.html", {"phrase": phrase, "back": _shelf_url(phrase.code), "page_keys": []})


@require_POST
@needs("procedures:version:publish")
def withdraw(request: HttpRequest, phrase_id: int) -> HttpResponse:
    """Offer a sentence no longer."""
    office = cast("OfficeRequest", request)
    phrase = _found(phrase_id)
    procedures.withdraw_phrase(actor=office.actor, at=office.at, phrase_id=phrase_id)
    messages.success(request, _("Đã thôi dùng câu «%(text)s». Phiếu đã in vẫn giữ nguyên.") % {"text": phrase.text})
    return HttpResponseRedirect(_shelf_url(phrase.code))


def _shelf(request: HttpRequest, code: str) -> HttpResponse:
    office = cast("OfficeRequest", request)
    title = procedures.versions_of(code)[0].title if code else ""
    entry = Entry(request.POST)
    if request.method == "POST":
        kind = entry.chosen("kind", procedures.PhraseKind, required=_("Chọn câu dùng cho giấy nào."))
        if kind and entry.ok:
            with entry.catching({"code": ""}):
                procedures.add_phrase(
                    actor=office.actor, at=office.at, code=code, kind=kind, text=entry.text("text"), reason=entry.text("reason")
                )
                messages.success(request, _("Đã thêm câu mẫu."))
                return HttpResponseRedirect(_shelf_url(code))
    context = {"code": code, "title": title, "shelves": _by_kind(code), "kinds": options_of(procedures.PhraseKind), "page_keys": []}
    return entry.answer(request, "office/procedures/phrases.html", context)


def _by_kind(code: str) -> list[dict[str, Any]]:
    rows = procedures.phrases_of(code)
    shelves = [
        {
            "kind": kind,
            "rows": [row for row in rows if row.kind is kind and not row.is_withdrawn],
            "withdrawn": sum(row.kind is kind and row.is_withdrawn for row in rows),
        }
        for kind in procedures.PhraseKind
    ]
    return [shelf for shelf in shelves if shelf["rows"] or shelf["withdrawn"]]


def _found(phrase_id: int) -> procedures.PhraseView:
    phrase = procedures.phrase(phrase_id)
    if phrase is None:
        raise NotFound(_("Không có câu này trong thư viện."))
    return phrase


def _shelf_url(code: str) -> str:
    return reverse("office:procedure_phrases", args=[code]) if code else reverse("office:phrases")
