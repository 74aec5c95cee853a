"""The forms for who edits them: what is in force, its text, its history, its sample."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc.documents.models import FormTemplate, Layout
from cchc.documents.queries.templates import TemplateView
from cchc.documents.queries.trial import Trial, tried
from cchc.documents.rules.fields import FieldNote, notes_of
from cchc.documents.terms import FormKey
from cchc.kernel.errors import NotFound
from cchc.kernel.local import local_date


@dataclass(frozen=True)
class FormView:
    """One form for who edits it: the row in force, its main typst text, all rows from the newest, and what each field means."""

    form: FormKey
    current: TemplateView
    text: str
    history: tuple[TemplateView, ...]
    notes: tuple[FieldNote, ...]


def forms_on(day: date) -> list[TemplateView]:
    """Return the forms in force on the day, in the order of the vocabulary. One query."""
    order = FormKey.values()
    rows = FormTemplate.objects.filter(period__contains=day)
    return [TemplateView.of(row) for row in sorted(rows, key=lambda row: order.index(row.key))]


def form_on(form: str, day: date) -> FormView:
    """Return a form for who edits it. Raises ``NotFound`` for an unknown key and for a form that has no row on the day; two queries."""
    rows = list(FormTemplate.objects.filter(key=form).order_by("-period"))
    views = tuple(TemplateView.of(row) for row in rows)
    current = next((view for view in views if view.holds_on(day)), None)
    if current is None:
        raise NotFound("Không có mẫu giấy này cho hôm nay. Về danh sách mẫu giấy.")
    layout = Layout.objects.get(pk=next(row.layout_id for row in rows if row.pk == current.id))
    return FormView(form=current.form, current=current, text=layout.files[layout.main], history=views, notes=notes_of(current.form))


def sample_sheet(form: str, *, at: datetime, template_id: int | None = None, as_picture: bool = False) -> Trial:
    """Return the form's sample as it is drawn on the day of ``at``, or by one row of its history: one PDF, or a picture of each page."""
    rows = FormTemplate.objects.select_related("layout").filter(key=form)
    rows = rows.filter(period__contains=local_date(at)) if template_id is None else rows.filter(pk=template_id)
    row = rows.first()
    if row is None:
        raise NotFound("Không có mẫu giấy này. Về danh sách mẫu giấy.")
    return tried(row, row.layout, as_picture=as_picture)
