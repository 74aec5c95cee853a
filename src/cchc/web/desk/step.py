"""End a step of the internal process and pass the file to the unit of the next."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.cases import api as cases
from cchc.kernel.text import fold, gettext_noop
from cchc.web.desk.acting import Page, act_page
from cchc.web.desk.desk import DeskRequest, counted
from cchc.web.desk.people import units_below
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry
from cchc.web.ui.shapes import Option

# The kinds of step a unit works on; the others are the signature and the return.
WORK = frozenset({"assign", "process"})
MOST_STEPS = 999


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases:case:process")
@counted
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Show the next step and its term; pass the file to the unit chosen."""
    desk = cast("DeskRequest", request)

    def offers(case: cases.CaseView) -> Mapping[str, Any]:
        ways = [choice for choice in case.choices if choice.step.kind in WORK]
        options = units_below(case, desk=desk)
        return {
            "ways": ways,
            "next_steps": [
                Option(str(way.step.ordinal), way.outcome, way.step.name if way.outcome != way.step.name else "") for way in ways
            ],
            "way": str(ways[0].step.ordinal) if ways else "",
            "options": options,
            "chosen": _named(ways[0].step.unit_text, options) if ways else "",
        }

    def perform(entry: Entry, seen: int | None) -> None:
        unit_id = entry.whole("unit_id", required=_("Chọn đơn vị làm bước tiếp theo."), most=2**62)
        ordinal = entry.whole("ordinal", most=MOST_STEPS)
        if entry.ok and unit_id is not None:
            cases.pass_to_next(
                actor=desk.actor, at=desk.at, code=code, unit_id=unit_id, ordinal=ordinal, note=entry.text("note"), seen=seen
            )

    page = Page(cases.Act.PASS_ON, "desk/cases/step.html", gettext_noop("Xong bước, đã chuyển %(code)s sang bước tiếp."), offers)
    return act_page(request, code, page, perform)


def _named(unit_text: str, options: list[Option]) -> str:
    """Return the unit that the published process names for the step, where there is one of that name; the only one otherwise."""
    named = [option.value for option in options if unit_text and fold(unit_text) in fold(option.label)]
    return named[0] if len(named) == 1 else options[0].value if len(options) == 1 else ""
