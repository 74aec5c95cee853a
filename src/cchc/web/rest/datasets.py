"""A figure as a data set: for which units and days, its rows, and how it is described to machines (Data Package, DCAT)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from cchc.figures import api as figures
from cchc.kernel.errors import Refused
from cchc.kernel.figures import Dimension, Figure
from cchc.kernel.period import Period
from cchc.kernel.text import gettext_noop as _
from cchc.organisations import api as organisations
from cchc.web.rest.asked import day_of, days
from cchc.web.rest.tables import Cell, given
from cchc.worktime import api as worktime

# No cut, in an address.
TOTAL = "tong"
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
# The columns of every data set: name, type of the Table Schema, what it holds.
COLUMNS = (
    ("unit", "string", _("Mã đơn vị được hỏi; số liệu gồm cả đơn vị bên dưới")),
    ("unit_name", "string", _("Tên đơn vị trong ngày cuối kỳ")),
    ("from", "date", _("Ngày đầu kỳ")),
    ("to", "date", _("Ngày cuối được tính")),
    ("by", "string", _("Chia theo gì; để trống ở hàng tổng số")),
    ("key", "string", _("Giá trị của cách chia; để trống ở hàng tổng số")),
    ("key_name", "string", _("Tên của giá trị đó")),
    ("value", "number", _("Giá trị; để trống khi bị che, hoặc khi tỷ lệ có mẫu số bằng 0")),
    ("hidden", "boolean", _("true khi che, vì có từ 1 đến 4 hồ sơ hoặc để không suy ra được ô như vậy")),
)


@dataclass(frozen=True)
class Scope:
    """What a data set is asked for. Without units given: those on top of all that own facts; without days: the last whole month."""

    units: tuple[organisations.UnitView, ...]
    period: Period
    by: Dimension | None

    @property
    def last(self) -> date:
        """Return the last day counted."""
        assert self.period.last is not None, "made with an end"
        return self.period.last


def scope(asked: Mapping[str, str], *, today: date) -> Scope:
    """Read ``don-vi``, ``tu``, ``den`` and ``theo``. Raises ``NotFound`` and ``Refused``."""
    usual = last_month(today)
    assert usual.last is not None, "a reporting period has an end"
    if bool(asked.get("tu")) != bool(asked.get("den")):
        raise Refused("Cho cả ngày đầu «tu» và ngày cuối «den», hoặc để trống cả hai.", field="tu")
    whole = (day_of(asked, "tu"), day_of(asked, "den")) if asked.get("tu") else (usual.start, usual.last)
    period = days(*whole, today=today)
    assert period.last is not None, "made with an end"
    code = asked.get("don-vi", "").strip()
    units = (organisations.unit(code, on=period.last),) if code else _tops(period.last)
    return Scope(units, period, _cut(asked.get("theo", "")))


def last_month(today: date) -> Period:
    """Return the last reporting month that is over."""
    current = worktime.reporting_period(worktime.ReportingKind.MONTH, containing=today)
    before = current.period.start - timedelta(days=1)
    return worktime.reporting_period(worktime.ReportingKind.MONTH, containing=before).period


def rows(figure: Figure, asked: Scope) -> list[tuple[Any, ...]]:
    """Return the rows in the order of ``COLUMNS``: for each unit the total, then the lines of the cut. Raises ``Refused``."""
    found: list[tuple[Any, ...]] = []
    for unit in asked.units:
        by = [asked.by] if asked.by else []
        tables = figures.public_tables([figure.key], unit_id=unit.id, period=asked.period, by=by)
        (shown,) = given(tables, on=asked.last)
        found.append(_row(unit, asked, "", shown.total))
        found += [_row(unit, asked, asked.by.value if asked.by else "", line) for line in shown.lines]
    return found


def package(figure: Figure) -> dict[str, Any]:
    """Return the Frictionless Data Package of a figure."""
    name = figure.key.replace("_", "-")
    code, title, path = _licence()
    return {
        "profile": "tabular-data-package",
        "name": name,
        "id": address(figure, "csv"),
        "title": figure.label,
        "description": description(figure),
        "licenses": [{"name": code, "title": title, **({"path": path} if path else {})}],
        "sources": [{"title": figure.clause or "Số liệu của phần mềm, đếm từ hồ sơ một cửa"}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "title": figure.label,
                "path": address(figure, "csv"),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
                "schema": {
                    "fields": [{"name": column, "type": kind, "description": about} for column, kind, about in COLUMNS],
                    "missingValues": [""],
                },
            }
        ],
    }


def catalogue(figures_of: Iterable[Figure], *, publisher: str) -> dict[str, Any]:
    """Return the catalogue of all data sets as DCAT, in JSON-LD."""
    here, (_code, _title, licence) = f"{settings.BASE_URL}{reverse('rest:catalogue')}", _licence()
    agent = {"@type": "foaf:Agent", "foaf:name": publisher}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": {"@value": "Số liệu mở về giải quyết thủ tục hành chính", "@language": "vi"},
        "dct:description": {"@value": "Mọi số liệu công khai của hệ thống, với định nghĩa và căn cứ.", "@language": "vi"},
        "dct:publisher": agent,
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/VIE"},
        "foaf:homepage": {"@id": f"{settings.BASE_URL}{reverse('rest:datasets')}"},
        "dcat:dataset": [_dataset(figure, agent, licence) for figure in figures_of],
    }


def address(figure: Figure, ending: str, *, query: Mapping[str, str] | None = None) -> str:
    """Return the address of a file of the figure, whole, as it may be printed and kept."""
    return f"{settings.BASE_URL}{reverse(f'rest:{ending}', args=[figure.key])}{'?' + urlencode(query) if query else ''}"


def description(figure: Figure) -> str:
    """Return how it is counted, in whole sentences."""
    parts = [figure.definition, f"Cách tính: {figure.formula}.", f"Đơn vị tính: {figure.unit}."]
    parts += [f"Căn cứ: {figure.clause}."] if figure.clause else ["Số liệu do phần mềm đặt ra, không theo biểu mẫu nào."]
    parts += [f"Chưa chắc: {figure.doubt}."] if figure.doubt else []
    return " ".join(parts)


def _dataset(figure: Figure, agent: Mapping[str, Any], licence: str) -> dict[str, Any]:
    page = f"{settings.BASE_URL}{reverse('rest:datasets')}#{figure.key}"
    kinds = (("csv", "text/csv", "CSV"), ("json", "application/json", "JSON"))
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": figure.key,
        "dct:title": {"@value": figure.label, "@language": "vi"},
        "dct:description": {"@value": description(figure), "@language": "vi"},
        "dct:publisher": agent,
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"},
        "dcat:landingPage": {"@id": page},
        "dcat:keyword": ["thủ tục hành chính", "một cửa", "cải cách hành chính"],
        "dct:conformsTo": {"@id": address(figure, "package")},
        "dcat:distribution": [
            {
                "@id": address(figure, ending),
                "@type": "dcat:Distribution",
                "dct:title": title,
                "dcat:accessURL": {"@id": address(figure, ending)},
                "dcat:downloadURL": {"@id": address(figure, ending)},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
                "dct:license": {"@id": licence} if licence else settings.OPEN_DATA_LICENCE,
            }
            for ending, kind, title in kinds
        ],
    }


def _licence() -> tuple[str, str, str]:
    code = settings.OPEN_DATA_LICENCE
    return (code, *LICENCES.get(code, (code, "")))


def _tops(on: date) -> tuple[organisations.UnitView, ...]:
    """Return the units on top of all that own facts, by code."""
    owners = organisations.units_on(figures.owners(), on)
    tops = {view.ancestor_ids[-1] if view.ancestor_ids else view.id for view in owners.values()}
    return tuple(sorted(organisations.units_on(tops, on).values(), key=lambda view: view.code))


def _row(unit: organisations.UnitView, asked: Scope, by: str, cell: Cell) -> tuple[Any, ...]:
    return (unit.code, unit.full_name, asked.period.start, asked.last, by, cell.key, cell.name, cell.value, cell.hidden)


def _cut(text: str) -> Dimension | None:
    """Return the cut: by unit when nothing is said, none for ``tong``. Raises ``Refused``."""
    if text == TOTAL:
        return None
    if text and text not in Dimension.values():
        raise Refused(f"«theo» chỉ nhận: {', '.join([*Dimension.values(), TOTAL])}.", field="theo")
    return Dimension(text) if text else Dimension.UNIT
