"""Which form a day asks for, and how a template is shown."""

from dataclasses import dataclass
from datetime import date

from cchc.documents.models import FormTemplate
from cchc.documents.rules.numbers import format_number
from cchc.documents.terms import Confidence, FormKey, PaperSize
from cchc.kernel.errors import Refused
from cchc.kernel.standing import kept


@dataclass(frozen=True)
class TemplateView:
    """A form in a period. ``until`` is the first day it no longer holds; ``is_own`` says that an office wrote it."""

    id: int
    form: FormKey
    circular: str
    form_number: str
    title: str
    since: date
    until: date | None
    paper_size: PaperSize
    series: str
    confidence: Confidence
    source: str
    remark: str
    layout: str
    is_own: bool

    @classmethod
    def of(cls, row: FormTemplate) -> "TemplateView":
        """Build the view of a row."""
        return cls(
            id=row.pk,
            form=FormKey(row.key),
            circular=row.circular,
            form_number=row.form_number,
            title=row.title,
            since=row.period.lower,
            until=row.period.upper,
            paper_size=PaperSize(row.paper_size),
            series=row.series,
            confidence=Confidence(row.confidence),
            source=row.source,
            remark=row.remark,
            layout=row.layout_id[:12],
            is_own=row.is_own,
        )

    @property
    def first_number(self) -> str:
        """Return how the first paper of a year is numbered: ``0001/TN``; empty for a form without a series."""
        return format_number(1, self.series, form=self.form) if self.series else ""

    def holds_on(self, day: date) -> bool:
        """Say whether the form is in force on the day."""
        return self.since <= day and (self.until is None or day < self.until)


@kept
def template_on(form: FormKey, day: date) -> FormTemplate:
    """Return the template in force on the day, with its layout. Raises ``Refused`` when there is none; one query."""
    found = FormTemplate.objects.select_related("layout").filter(key=form, period__contains=day).first()
    if found is None:
        raise Refused(f"Chưa có mẫu «{form.label}» cho ngày {day:%d/%m/%Y}. Nạp dữ liệu tham chiếu rồi làm lại.", field="form")
    return found
