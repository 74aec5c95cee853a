"""Procedures for citizens: found with or without accents, told whole, fit to print."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.local import local_date
from cchc.procedures import api as procedures
from cchc.web.ui.access import public
from cchc.web.ui.forms import query_text
from cchc.web.ui.shapes import Suggestion
from cchc.web.ui.vietnamese import money_text

MOST_FOUND = 40
MOST_IN_FIELD = 500
MOST_SUGGESTED = 6


@require_safe
@public("Danh mục thủ tục phải được công khai")
def index(request: HttpRequest) -> HttpResponse:
    """Show what answers the words, or a field's procedures, or the fields."""
    today = local_date(cast("Any", request).at)
    words, field = query_text(request), query_text(request, "linh-vuc")
    known = procedures.fields(on=today)
    chosen = next((item for item in known if item.code == field), None)
    found: tuple[procedures.ProcedureHit, ...] = ()
    if words or chosen:
        found = procedures.search(words, on=today, field=chosen.code if chosen else None, limit=MOST_FOUND if words else MOST_IN_FIELD)
    context = {"words": words, "fields": known, "chosen": chosen, "found": found, "total": sum(item.count for item in known)}
    return render(request, "portal/procedures/index.html", context)


@require_safe
@public("Gợi ý khi gõ tên thủ tục")
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the search box while somebody types: list items, not a page."""
    today = local_date(cast("Any", request).at)
    words = query_text(request)
    hits = procedures.search(words, on=today, limit=MOST_SUGGESTED) if words else ()
    found = [
        Suggestion(
            value=hit.code,
            parts=hit.marked_title,
            meta=(hit.code, hit.term_text, hit.field.name),
            url=reverse("portal:procedure", args=[hit.code]),
        )
        for hit in hits
    ]
    return render(request, "portal/procedures/suggestions.html", {"found": found})


@require_safe
@public("Nội dung thủ tục phải được công khai")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one procedure in force today, whole. What is out of force is gone (410), with the reason."""
    today = local_date(cast("Any", request).at)
    try:
        version = procedures.version_for(code, on=today)
    except NotFound:
        raise
    except Refused as error:
        return render(request, "404.html", {"message": error.message}, status=HTTPStatus.GONE)
    context = {
        "version": version,
        "terms": _term_lines(version),
        "fees": [FeeLine(fee=fee, amount=amount_text(fee), scope=_scope(version, fee.channel, fee.case_type)) for fee in version.fees],
        "steps": [(step, [outcome for outcome in step.outcomes if outcome.name]) for step in version.steps],
    }
    return render(request, "portal/procedures/show.html", context)


@dataclass(frozen=True)
class TermLine:
    """The term of a channel and, where it differs, of a case type."""

    channel: procedures.Channel
    scope: str
    text: str
    note: str


@dataclass(frozen=True)
class FeeLine:
    """A payment, its amount in words and what it holds for."""

    fee: procedures.FeeView
    amount: str
    scope: str

    @property
    def small_print(self) -> str:
        """Return what it holds for, its note and its clause, as one line."""
        return " · ".join(part for part in (self.scope, self.fee.note, self.fee.clause) if part)


def amount_text(fee: procedures.FeeView) -> str:
    """Return ``2.000 đ một trang, từ trang 3: 1.000 đ, tối đa 200.000 đ``, or why there is no amount."""
    if fee.amount is None:
        return _(fee.absence.label) if fee.absence else _("Chưa có số liệu")
    if fee.amount == 0 and not fee.tiers:
        return _("Không thu")
    per = fee.per_text or _(fee.per.label)
    parts = [_("%(amount)s một %(per)s") % {"amount": money_text(fee.amount), "per": per}]
    parts += [
        _("từ %(per)s %(start)s: %(amount)s") % {"per": per, "start": tier.start, "amount": money_text(tier.amount)}
        for tier in fee.tiers
        if tier.start > 1
    ]
    if fee.cap is not None:
        parts.append(_("tối đa %(cap)s") % {"cap": money_text(fee.cap)})
    return ", ".join(parts)


def _term_lines(version: procedures.VersionView) -> list[TermLine]:
    order = list(procedures.Channel)
    lines = [TermLine(term.channel, _scope(version, None, term.case_type), term.text, term.note) for term in version.terms]
    return sorted(lines, key=lambda line: (order.index(line.channel), bool(line.scope)))


def _scope(version: procedures.VersionView, channel: procedures.Channel | None, case_type: int | None) -> str:
    names = {case.id: case.name for case in version.case_types}
    parts = [_(channel.label) if channel else "", names.get(case_type, "") if case_type is not None else ""]
    return " · ".join(part for part in parts if part)
