"""Open data: the page that lists what there is, and the files themselves, at addresses that stay."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.kernel.figures import Dimension, Figure
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop
from cchc.web.rest import datasets
from cchc.web.rest.figures import public_figure, public_figures, shape
from cchc.web.rest.giving import conditional
from cchc.web.ui.access import public
from cchc.web.ui.context import Frame
from cchc.web.ui.forms import query_text
from cchc.web.ui.limits import limited

REASON = "Dữ liệu mở: ai cũng được lấy, không cần tài khoản"
ASKED = ("don-vi", "tu", "den", "theo")
GROUPS = {
    "cases": gettext_noop("Hồ sơ thủ tục hành chính"),
    "cases.ii06": gettext_noop("Hồ sơ theo Biểu số II.06"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@public(REASON)
def index(request: HttpRequest) -> HttpResponse:
    """List the data sets with how each is counted, and where it is taken from."""
    today = _today(request)
    usual = datasets.last_month(today)
    asked = _asked(request)
    # What is asked for is read before it is offered, so that no link leads to a refusal.
    scope = datasets.scope(asked, today=today) if asked else None
    context = {
        "groups": _grouped(public_figures()),
        "query": f"?{urlencode(asked)}" if asked else "",
        "asked": {name.replace("-", "_"): asked.get(name, "") for name in ASKED},
        "cuts": list(Dimension),
        "total": datasets.TOTAL,
        "scope": scope,
        "usual": usual,
        "columns": datasets.COLUMNS,
        "licence": settings.OPEN_DATA_LICENCE,
        "licence_url": datasets.LICENCES.get(settings.OPEN_DATA_LICENCE, ("", ""))[1],
    }
    return render(request, "rest/datasets.html", context)


@require_safe
@public(REASON)
@limited("open_data", per_client=120, overall=1200)
def as_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Give a data set as CSV (RFC 4180), in UTF-8 with the mark by which spreadsheet programs know it."""
    figure = public_figure(key)
    scope = datasets.scope(_asked(request), today=_today(request))
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([name for name, _kind, _about in datasets.COLUMNS])
    sheet.writerows([_cells(row) for row in datasets.rows(figure, scope)])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    return _named(conditional(request, answer), figure, "csv", scope.last)


@require_safe
@public(REASON)
@limited("open_data", per_client=120, overall=1200)
def as_json(request: HttpRequest, key: str) -> HttpResponse:
    """Give a data set as JSON, with the declaration of its figure."""
    figure = public_figure(key)
    scope = datasets.scope(_asked(request), today=_today(request))
    names = [name for name, _kind, _about in datasets.COLUMNS]
    body = {
        "figure": shape(figure),
        "licence": settings.OPEN_DATA_LICENCE,
        "as_of": scope.last,
        "rows": [dict(zip(names, row, strict=True)) for row in datasets.rows(figure, scope)],
    }
    return _named(conditional(request, _json(body)), figure, "json", scope.last)


@require_safe
@public(REASON)
def package(request: HttpRequest, key: str) -> HttpResponse:
    """Give the Data Package of a figure."""
    return conditional(request, _json(datasets.package(public_figure(key))))


@require_safe
@public(REASON)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Give the catalogue of all data sets as DCAT."""
    body = datasets.catalogue(public_figures(), publisher=Frame(request).portal.full)
    return conditional(request, _json(body, kind="application/ld+json"))


def _today(request: HttpRequest) -> date:
    return local_date(cast("Any", request).at)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: text for name in ASKED if (text := query_text(request, name))}


def _grouped(found: Iterable[Figure]) -> list[tuple[str, list[Figure]]]:
    """Return the figures by what their keys begin with, under the name of that."""
    groups: dict[str, list[Figure]] = {}
    for figure in found:
        groups.setdefault(figure.key.rpartition(".")[0], []).append(figure)
    return [(_(GROUPS[name]) if name in GROUPS else _module_name(name), items) for name, items in groups.items()]


def _module_name(prefix: str) -> str:
    label = prefix.partition(".")[0]
    return str(apps.get_app_config(label).verbose_name) if label in apps.app_configs else prefix


def _cells(row: Sequence[Any]) -> list[Any]:
    """Return a row as CSV holds it: an apostrophe before text that a spreadsheet program would take for a formula; numbers stay numbers."""
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else _plain(cell) for cell in row]


def _plain(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else cell


def _json(body: Any, *, kind: str = "application/json") -> HttpResponse:
    return HttpResponse(json.dumps(body, ensure_ascii=False, indent=1, default=str), content_type=f"{kind}; charset=utf-8")


def _named(answer: HttpResponse, figure: Figure, ending: str, last: date) -> HttpResponse:
    """Say how the file is called, and up to which day it counts."""
    answer["As-Of"] = last.isoformat()
    answer["Content-Disposition"] = f'inline; filename="{figure.key}.{ending}"'
    return answer
