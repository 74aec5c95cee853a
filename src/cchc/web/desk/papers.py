"""An issued paper as PDF, for those who may read its case."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.kernel.errors import NotFound
from cchc.web.desk.case import STREAM
from cchc.web.desk.desk import DeskRequest
from cchc.web.ui.access import needs


@require_safe
@needs("cases:case:read")
def show(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Send the PDF to be looked at and printed; the same bytes every time."""
    desk = cast("DeskRequest", request)
    paper = documents.paper(paper_id)
    if not paper.stream.startswith(STREAM):
        raise NotFound(_("Không có giấy này. Kiểm tra lại đường dẫn."))
    cases.case(code=paper.stream.removeprefix(STREAM), actor=desk.actor, at=desk.at)
    answer = HttpResponse(documents.render(paper_id), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.form.value}-{paper.number.replace("/", "-")}.pdf"'
    return answer
