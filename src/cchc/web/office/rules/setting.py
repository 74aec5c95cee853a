"""One limit: another value from a day on, for every procedure or for one, or back to the reference."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.cases import api as cases
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date
from cchc.kernel.text import fold
from cchc.procedures import api as procedures
from cchc.web.office.office import OfficeRequest
from cchc.web.office.rules.lines import PAST, Line, in_force, lines_on, span_words, titles_of
from cchc.web.office.rules.words import SETTINGS, Setting, entries, history, mode_options, unit_options, value_words
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry, query_text
from cchc.web.ui.shapes import Option, Suggestion
from cchc.web.ui.vietnamese import day_text

FOUND = 12
MOST, MOST_DAYS = 10_000, 999
LONGEST_SOURCE = 500
NAMES = {"procedure_code": "q"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:rule:edit")
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Show the limit with all its values; POST lets another hold from a day on."""
    office = cast("OfficeRequest", request)
    rule = rule_of(key)
    if request.method != "POST":
        return Entry().answer(request, "office/rules/setting.html", _context(office, rule))
    entry = Entry(request.POST)
    value = _value(entry, SETTINGS[rule])
    code, choices = _procedure(entry, local_date(office.at))
    since = entry.day("since", required=_("Nhập ngày bắt đầu áp dụng."))
    source = entry.text("source", required=_("Ghi căn cứ: văn bản, điều, khoản, hoặc quyết định của cơ quan."))
    if len(source) > LONGEST_SOURCE:
        entry.refuse("source", _("Căn cứ dài quá %(most)s ký tự. Hãy rút gọn.") % {"most": LONGEST_SOURCE})
    with entry.catching(NAMES):
        if entry.ok and since:
            cases.set_bound(actor=office.actor, at=office.at, key=rule, value=value, since=since, source=source, procedure_code=code)
            told = _("Đã đặt: %(value)s, áp dụng từ %(since)s. Hồ sơ đã xét theo mức cũ giữ nguyên.")
            messages.success(request, told % {"value": value_words(rule, value), "since": day_text(since)})
            return HttpResponseRedirect(reverse("office:rule", args=[key]))
    return entry.answer(request, "office/rules/setting.html", {**_context(office, rule), "choices": choices})


@require_POST
@needs("cases:rule:edit")
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Let the reference hold again from a day on."""
    office = cast("OfficeRequest", request)
    rule = rule_of(key)
    entry = Entry(request.POST)
    on = entry.day("on", required=_("Nhập ngày bắt đầu trở về mức chuẩn."))
    with entry.catching():
        if entry.ok and on:
            cases.clear_bound(actor=office.actor, at=office.at, key=rule, on=on, procedure_code=entry.text("restored"))
            messages.success(request, _("Từ %(on)s áp dụng lại mức chuẩn.") % {"on": day_text(on)})
            return HttpResponseRedirect(reverse("office:rule", args=[key]))
    return entry.answer(request, "office/rules/setting.html", _context(office, rule))


@require_safe
@needs("cases:rule:edit")
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the finder of procedures."""
    hits = procedures.search(query_text(request), on=local_date(cast("OfficeRequest", request).at), limit=FOUND)
    found = [Suggestion(value=hit.code, parts=hit.marked_title, meta=[hit.code, hit.field.name]) for hit in hits]
    return render(request, "office/rules/_procedures.html", {"found": found})


def rule_of(key: str) -> cases.RuleKey:
    """Return the limit that an address names, or raise ``NotFound``."""
    if key not in cases.RuleKey.values():
        raise NotFound(_("Không có quy định này. Mở lại danh sách quy định."))
    return cases.RuleKey(key)


def _value(entry: Entry, setting: Setting) -> str:
    """Read the value in the shape of its limit, as the engine writes it."""
    if setting.is_mode:
        return entry.text("value", required=_("Chọn tính lại từ đầu hoặc cộng thời gian chờ."))
    number = entry.whole("value", required=_("Nhập số mới."), most=MOST_DAYS if setting.is_span else MOST)
    if not setting.is_span:
        return "" if number is None else str(number)
    unit = entry.text("unit", required=_("Chọn ngày làm việc hoặc ngày."))
    if unit and unit not in {option.value for option in unit_options()}:
        entry.refuse("unit", _("Lựa chọn này không có trong danh sách. Chọn lại."))
    return "" if number is None else f"{number}{unit}"


def _procedure(entry: Entry, day: date) -> tuple[str, list[Option]]:
    """Return the code of the procedure meant, empty for all; a name that fits several offers them."""
    if entry.text("scope") != "one":
        return "", []
    if code := entry.text("procedure"):
        return code, []
    words = entry.text("q", required=_("Gõ mã hoặc tên thủ tục rồi chọn."))
    if not fold(words):
        entry.refuse("q", _("Gõ mã hoặc tên thủ tục rồi chọn."))
        return "", []
    hits = procedures.search(words, on=day, limit=FOUND)
    exact = [hit for hit in hits if hit.code == words]
    if len(exact) == 1 or len(hits) == 1:
        return (exact or hits)[0].code, []
    if not hits:
        entry.refuse("q", _("Không tìm thấy thủ tục nào như vậy. Thử từ khác, không cần dấu."))
        return "", []
    entry.refuse("procedure", _("Nhiều thủ tục có tên như vậy. Chọn một thủ tục."))
    return "", [Option(hit.code, hit.title, hit.code) for hit in hits]


def _context(office: OfficeRequest, rule: cases.RuleKey) -> dict[str, Any]:
    bounds = [bound for bound in cases.all_bounds() if bound.key is rule]
    today, told = local_date(office.at), entries(rule)
    titles = titles_of([*(bound.procedure_code for bound in bounds), *(str(entry.public.get("procedure", "")) for entry in told)], on=today)
    lines = lines_on(today, bounds, titles)
    setting = SETTINGS[rule]
    return {
        "rule": rule,
        "setting": setting,
        "known": [(value_words(rule, value), _(words)) for value, words in setting.known],
        "current": in_force(lines),
        "lines": [(line, span_words(line)) for line in lines],
        "modes": mode_options(),
        "units": unit_options(),
        "scopes": [Option("all", _("Mọi thủ tục")), Option("one", _("Riêng một thủ tục"))],
        "choices": [],
        "restorable": _restorable(lines),
        "history": history(told, titles),
        "page_keys": [],
    }


def _restorable(lines: tuple[Line, ...]) -> list[Option]:
    """Return for whom the office has a value of its own now or later."""
    codes = {line.bound.procedure_code: line.procedure for line in lines if line.bound.is_office and line.state != PAST}
    return [Option(code, title or _("Mọi thủ tục")) for code, title in sorted(codes.items())]
