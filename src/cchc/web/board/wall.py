"""Figures that stand elsewhere: on a screen in the hall, and inside other sites."""

from typing import Any, cast

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from cchc.figures import api as figures
from cchc.kernel.local import local_date
from cchc.web.board.asking import asked, unasked
from cchc.web.board.shown import period_text, strip
from cchc.web.board.tables import by_field, fields
from cchc.web.ui.access import public


@require_safe
@public("Màn hình công khai đặt ở Bộ phận Một cửa")
def show(request: HttpRequest) -> HttpResponse:
    """Show the numbers large; the page asks for itself again every minute."""
    question = asked(request, local_date(cast("Any", request).at))
    if question is None:
        return unasked(request, local_date(cast("Any", request).at))
    context = {
        "question": question,
        "period": period_text(question),
        "numbers": strip(question, by_field(question)),
        "fields": fields(question),
    }
    return render(request, "board/wall.html", context)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public("Một số liệu để nhúng vào trang khác")
def embedded(request: HttpRequest, key: str) -> HttpResponse:
    """Show one figure, to stand inside another site; the links open outside the frame."""
    question = asked(request, local_date(cast("Any", request).at))
    if question is None:
        return unasked(request, local_date(cast("Any", request).at))
    shown = figures.public_tables([key], unit_id=question.unit.id, period=question.period, only=question.only)
    context = {"question": question, "period": period_text(question), "number": strip(question, shown)[0]}
    return render(request, "board/embedded.html", context)
