"""Show what a changed form would look like; nothing is written."""

from datetime import datetime

from cchc.documents.models import FormTemplate
from cchc.documents.operations.revise import RIGHT, revised_layout
from cchc.documents.queries.templates import template_on
from cchc.documents.queries.trial import tried
from cchc.documents.terms import FormKey
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.kernel.text import clean


def preview_template(
    *,
    actor: Actor,
    at: datetime,
    form: FormKey,
    layout_source: str,
    title: str = "",
    circular: str = "",
    form_number: str = "",
    series: str = "",
) -> tuple[bytes, ...]:
    """Return a picture of each page of the form's sample with these words, as ``revise_template`` would accept them.

    Raises ``Refused`` on ``layout_source`` with the line that cannot be drawn. Needs ``documents:template:edit``.
    """
    actor.must(RIGHT)
    row = template_on(FormKey(form), local_date(at))
    trial = FormTemplate(
        key=row.key,
        paper_size=row.paper_size,
        title=clean(title) or row.title,
        circular=clean(circular),
        form_number=clean(form_number),
        series=clean(series) if row.series else "",
    )
    return tried(trial, revised_layout(row, layout_source.replace("\r\n", "\n")), as_picture=True).pages
