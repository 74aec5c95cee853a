"""All limits at one glance, with what holds today, what is coming, and who changed what."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.kernel.text import gettext_noop as noop
from cchc.web.office.office import OfficeRequest
from cchc.web.office.rules.lines import COMING, NOW, lines_on, span_words, titles_of
from cchc.web.office.rules.words import entries, history
from cchc.web.ui.access import needs

Key = cases.RuleKey
GROUPS: tuple[tuple[str, tuple[cases.RuleKey, ...]], ...] = (
    (
        noop("Yêu cầu bổ sung"),
        (Key.SUPPLEMENTS_AFTER, Key.SUPPLEMENTS_ALL, Key.SUPPLEMENTS_INDEX, Key.SUPPLEMENT_WITHIN, Key.SUPPLEMENT_RESUME),
    ),
    (noop("Nghĩa vụ tài chính"), (Key.PAYMENT_RESUME,)),
    (noop("Gia hạn"), (Key.EXTENSIONS, Key.EXTENSION_NOTICE)),
    (noop("Lấy ý kiến, nhắc việc, rút lại"), (Key.CONSULTATION_TERM, Key.REMIND_BEFORE, Key.UNDO_MINUTES)),
)


@require_safe
@needs("cases:rule:edit")
def show(request: HttpRequest) -> HttpResponse:
    """Show every limit with what holds today and what is coming."""
    office = cast("OfficeRequest", request)
    bounds = cases.all_bounds()
    today, told = local_date(office.at), entries()
    titles = titles_of([*(bound.procedure_code for bound in bounds), *(str(entry.public.get("procedure", "")) for entry in told)], on=today)
    lines = lines_on(today, bounds, titles)
    past = {key: sum(line.bound.key is key and line.state not in {NOW, COMING} for line in lines) for key in Key}
    groups = [
        (
            _(name),
            [
                (key, [(line, span_words(line)) for line in lines if line.bound.key is key and line.state in {NOW, COMING}], past[key])
                for key in keys
            ],
        )
        for name, keys in GROUPS
    ]
    context = {"groups": groups, "history": history(told, titles), "page_keys": []}
    return render(request, "office/rules/list.html", context)
