"""Which form a day asks for."""

from datetime import date

from cchc.documents.models import FormTemplate
from cchc.documents.terms import FormKey
from cchc.kernel.errors import Refused


def template_on(form: FormKey, day: date) -> FormTemplate:
    """Return the template in force on the day, with its layout. Raises ``Refused`` when there is none; one query."""
    found = FormTemplate.objects.select_related("layout").filter(key=form, period__contains=day).first()
    if found is None:
        raise Refused(f"Chưa có mẫu «{form.label}» cho ngày {day:%d/%m/%Y}. Nạp dữ liệu tham chiếu rồi làm lại.", field="form")
    return found
