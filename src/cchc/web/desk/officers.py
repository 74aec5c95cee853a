"""Figures of one officer: the own ones, with who has looked at them; and those of somebody whom the reader leads, for a purpose."""

from datetime import date, timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.figures import api as figures
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.kernel.text import gettext_noop
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.shapes import Number, Option
from cchc.web.ui.vietnamese import day_text, number_text
from cchc.worktime import api as worktime

PERIODS = {"nam": gettext_noop("Năm nay"), "quy": gettext_noop("Quý này"), "quy-truoc": gettext_noop("Quý trước")}


@require_safe
@needs("cases:case:read")
@counted
def own(request: HttpRequest) -> HttpResponse:
    """Show the reader's own figures of one field, and who has looked at them."""
    desk = cast("DeskRequest", request)
    name, period = _period(query_text(request, "ky"), local_date(desk.at))
    fields = figures.own_numbers(actor=desk.actor, period=period)
    context = {
        **_page(request, fields, period),
        "chosen_period": name,
        "looks": [(look, _days(look.start, look.last)) for look in figures.looks_at(desk.actor)],
        "leads": bool(figures.officers_under(desk.actor, at=desk.at)),
    }
    return render(request, "desk/officers/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:extend")
@counted
def looking(request: HttpRequest) -> HttpResponse:
    """Offer the people whom the reader leads, by name; write down the look and show it."""
    desk = cast("DeskRequest", request)
    entry = Entry(request.POST if request.method == "POST" else {})
    if request.method == "POST":
        post = entry.whole("post_id", required=_("Chọn cán bộ."), most=2**62)
        purpose = entry.text("purpose", required=_("Ghi mục đích xem; cán bộ đó sẽ đọc được."))
        _name, period = _period(entry.text("ky"), local_date(desk.at))
        code = ""
        if entry.ok and post is not None:
            with entry.catching():
                code = figures.look_at_officer(actor=desk.actor, at=desk.at, post_id=post, period=period, purpose=purpose)
        if code:
            return HttpResponseRedirect(reverse("desk:officer_look", args=[code]))
    officers = figures.officers_under(desk.actor, at=desk.at)
    context = {
        "officers": [Option(str(post.id), f"{post.name}, {post.title}", post.unit_name) for post in officers],
        "periods": [Option(name, _(label)) for name, label in PERIODS.items()],
        "page_keys": [],
    }
    return entry.answer(request, "desk/officers/looking.html", context)


@require_safe
@needs("cases:case:extend")
@counted
def look(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a look of today is about, one field at a time."""
    desk = cast("DeskRequest", request)
    found = figures.looked_at(actor=desk.actor, at=desk.at, code=code)
    return render(
        request, "desk/officers/look.html", {**_page(request, found.fields, found.period), "post": found.post, "purpose": found.purpose}
    )


def _page(request: HttpRequest, fields: tuple[figures.OfficerField, ...], period: Period) -> dict[str, Any]:
    """Return the one field asked for, the first if none is, with its numbers."""
    asked = query_text(request, "linh-vuc", longest=300)
    chosen = next((item for item in fields if item.field == asked), fields[0] if fields else None)
    assert period.last is not None, "a reporting period has an end"
    days = _days(period.start, period.last)
    return {
        "days": days,
        "fields": [Option(item.field, item.field or _("Không ghi lĩnh vực")) for item in fields],
        "chosen": chosen.field if chosen else "",
        "numbers": _numbers(chosen, days) if chosen else [],
        "periods": [Option(name, _(label)) for name, label in PERIODS.items()],
        "fewest": figures.FEWEST_OF_OFFICER,
        "page_keys": [],
    }


def _numbers(chosen: figures.OfficerField, days: str) -> list[Number]:
    found = []
    for figure, line in chosen.numbers:
        value = number_text(line.value) if line.value is not None else "–"
        note = _("của %(count)s bước") % {"count": number_text(line.size)} if line.of is not None or line.counted is not None else ""
        found.append(
            Number(
                value=f"{value}\u00a0%" if figure.unit == "%" else value,
                label=_(figure.label),
                note=note,
                definition=_(figure.definition),
                formula=_(figure.formula),
                period=days,
            )
        )
    return found


def _period(name: str, today: date) -> tuple[str, Period]:
    """Return the reporting period of that name as far as it has gone: the year unless another is asked for."""
    kinds = worktime.ReportingKind
    kind = kinds.YEAR if name not in {"quy", "quy-truoc"} else kinds.QUARTER
    period = worktime.reporting_period(kind, containing=today).period
    if name == "quy-truoc":
        period = worktime.reporting_period(kind, containing=period.start - timedelta(days=1)).period
    return name if name in PERIODS else "nam", figures.until(period, today)


def _days(start: date, last: date) -> str:
    return _("%(start)s đến hết %(last)s") % {"start": day_text(start), "last": day_text(last)}
