"""Today's numbers as the page shows them: each a link to its very records, each with its definition."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.web.ui.shapes import Number, Tone
from cchc.web.ui.vietnamese import moment_text, number_text

LATE = "cases.late_now"
TO_FORWARD = "cases.to_forward"


def numbers(values: Iterable[cases.FigureValue]) -> list[Number]:
    """Return the figures ready to draw."""
    return [_number(value) for value in values]


def _number(value: cases.FigureValue) -> Number:
    tone: Tone = "late" if value.figure.key == LATE and value.value else "soon" if value.figure.key == TO_FORWARD and value.value else ""
    note = _("%(kept)s trước hạn và đúng hạn") % {"kept": number_text(value.kept)} if value.kept is not None and value.value else ""
    return Number(
        value=number_text(value.value),
        label=_(value.figure.label),
        url=f"{reverse('desk:search')}?figure={value.figure.key}",
        note=note,
        tone=tone,
        definition=_(value.figure.definition),
        formula=_(value.figure.formula),
        period=_("lúc %(when)s") % {"when": moment_text(value.at)},
        clause=_(value.figure.clause) if value.figure.clause else "",
    )
