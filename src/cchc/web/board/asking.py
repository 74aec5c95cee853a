"""What a page of the board was asked: which unit, which days, narrowed to what. All of it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from urllib.parse import quote_plus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.figures import api as figures
from cchc.kernel.errors import NotFound, Refused
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.kernel.text import vi_key
from cchc.organisations import api as organisations
from cchc.web.ui.forms import query_text
from cchc.worktime import api as worktime

UNIT, START, LAST, BY = "don-vi", "tu", "den", "theo"
# How the dimensions are called in an address.
NARROWED = {Dimension.FIELD: "linh-vuc", Dimension.CHANNEL: "hinh-thuc", Dimension.PROCEDURE: "thu-tuc"}
CUTS = {
    "don-vi": Dimension.UNIT,
    "linh-vuc": Dimension.FIELD,
    "hinh-thuc": Dimension.CHANNEL,
    "thu-tuc": Dimension.PROCEDURE,
    "thang": Dimension.MONTH,
    "cap": Dimension.LEVEL,
}
_LONGEST = timedelta(days=366 * 5)


@dataclass(frozen=True)
class Question:
    """One question to the board. ``problems`` says at which field something could not be understood; the default stands in for it."""

    unit: organisations.UnitView
    period: Period
    today: date
    only: Mapping[Dimension, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    # The period as it was asked for, to its last day even where that is still to come.
    whole: Period | None = None

    @property
    def last(self) -> date:
        """Return the last day counted."""
        assert self.period.last is not None, "a question is of a closed period"
        return self.period.last

    def query(self, **changes: object) -> str:
        """Return the question as a query string; ``changes`` of parameters, None to leave one out."""
        kept = self._encoded | {(word := name.replace("_", "-")): _parameter(word, value) for name, value in changes.items()}
        return "&".join(part for part in kept.values() if part)

    @cached_property
    def _encoded(self) -> dict[str, str]:
        """Return the parameters as they stand in an address. A board has a thousand addresses of one question."""
        found = {UNIT: self.unit.code, START: self.period.start.isoformat(), LAST: self.last.isoformat()}
        found |= {NARROWED[dimension]: value for dimension, value in self.only.items()}
        return {name: _parameter(name, value) for name, value in found.items()}

    @property
    def start_text(self) -> str:
        """Return the first day as it was typed, or as it is."""
        return self.typed.get(START) or self.period.start.isoformat()

    @property
    def last_text(self) -> str:
        """Return the last day as it was typed, or as it is."""
        return self.typed.get(LAST) or self.last.isoformat()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return what a form of two days must carry along."""
        return [(UNIT, self.unit.code), *((NARROWED[dimension], value) for dimension, value in self.only.items())]

    def url(self, key: str, **changes: object) -> str:
        """Return the address of a figure for this question."""
        return f"{address(key)}?{self.query(**changes)}"


def _parameter(name: str, value: object) -> str:
    """Return a parameter as it stands in an address; nothing for no value."""
    return f"{name}={quote_plus(str(value))}" if value not in (None, "") else ""


@cache
def address(key: str) -> str:
    """Return the address of a figure's page. A board has a thousand of them, of a dozen figures."""
    return reverse("board:figure", args=[key])


@cache
def unit_address(code: str) -> str:
    """Return the address of a unit's board."""
    return reverse("board:unit", args=[code])


@dataclass(frozen=True)
class Preset:
    """A period offered by name."""

    name: str
    start: date
    last: date
    is_here: bool


def asked(request: HttpRequest, today: date, *, unit_code: str = "") -> Question | None:
    """Read the question of a request; None where it names no unit and none goes without saying. An unknown unit raises ``NotFound``."""
    default = default_period(today)
    problems: dict[str, str] = {}
    start = _day(request, START, default.start, problems)
    last = _day(request, LAST, default.last or today, problems)
    if not problems and last < start:
        problems[LAST] = _("Ngày cuối phải từ ngày đầu trở đi.")
    if not problems and start > today:
        problems[START] = _("Kỳ này chưa bắt đầu.")
    if not problems and last - start > _LONGEST:
        problems[LAST] = _("Kỳ dài nhất là năm năm.")
    period = default if problems else Period(start, min(last, today) + timedelta(days=1))
    code = unit_code or query_text(request, UNIT)
    unit = _unit(code, period.last or today) if code else _everything(today)
    if unit is None:
        return None
    only = {dimension: value for dimension, name in NARROWED.items() if (value := query_text(request, name, longest=300))}
    typed = {name: query_text(request, name) for name in (START, LAST)}
    whole = default if problems else Period(start, last + timedelta(days=1))
    return Question(unit=unit, period=period, today=today, only=only, typed=typed, problems=problems, whole=whole)


def _everything(today: date) -> organisations.UnitView | None:
    """Return the one unit under which everything counted stands; None where there is none, or more than one."""
    tops = figures.top_units(today)
    return tops[0] if len(tops) == 1 else None


def unasked(request: HttpRequest, today: date) -> HttpResponse:
    """Return the page of a question that names no unit where none goes without saying: the units to choose from, if anything is counted."""
    tops = sorted(figures.top_units(today), key=lambda view: vi_key(view.name))
    return render(request, "board/empty.html", {"tops": [(view.full_name, f"?{_with_unit(request, view.code)}") for view in tops]})


def _with_unit(request: HttpRequest, code: str) -> str:
    asked_for = request.GET.copy()
    asked_for[UNIT] = code
    return asked_for.urlencode()


def default_period(today: date) -> Period:
    """Return the reporting year so far (from 15 December): what the statutory reports call cumulative."""
    return figures.until(worktime.reporting_period(worktime.ReportingKind.YEAR, containing=today).period, today)


def presets(question: Question) -> list[Preset]:
    """Return the periods offered: the reporting month, quarter and year that run, and the month and the quarter before."""
    today, kinds = question.today, worktime.ReportingKind
    found: list[tuple[str, Period]] = []
    for name, kind, before in (
        (_("Tháng này"), kinds.MONTH, False),
        (_("Tháng trước"), kinds.MONTH, True),
        (_("Quý này"), kinds.QUARTER, False),
        (_("Quý trước"), kinds.QUARTER, True),
        (_("Năm nay"), kinds.YEAR, False),
    ):
        period = worktime.reporting_period(kind, containing=today).period
        if before:
            period = worktime.reporting_period(kind, containing=period.start - timedelta(days=1)).period
        found.append((name, figures.until(period, today)))
    return [Preset(name, period.start, period.last, is_here=period == question.period) for name, period in found if period.last is not None]


def _day(request: HttpRequest, name: str, default: date, problems: dict[str, str]) -> date:
    text = query_text(request, name)
    if not text:
        return default
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not date(1990, 1, 1) <= found <= date(2100, 1, 1):
        problems[name] = _("Không hiểu ngày «%(text)s». Chọn lại ngày trên lịch.") % {"text": text}
        return default
    return found


def _unit(code: str, day: date) -> organisations.UnitView:
    """Return the unit of a code on the day; one that has ended is shown as it was last."""
    try:
        return organisations.unit(code, on=day)
    except NotFound:
        return organisations.last_bearer(code)
    except Refused as error:
        raise NotFound(error.message) from error
