"""The guidance slip of a procedure: what to bring, given away without a case and without a number."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cchc.cases import api as cases
from cchc.documents import api as documents
from cchc.procedures import api as procedures
from cchc.web.desk.desk import DeskRequest
from cchc.web.ui.access import needs
from cchc.web.ui.forms import Entry


@require_safe
@needs("cases:case:receive")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Send the slip as PDF, for the case type of the address (the first when there is none)."""
    desk = cast("DeskRequest", request)
    counter = cases.counter_of(actor=desk.actor, at=desk.at)
    chosen = Entry(request.GET).whole("case_type", least=1, most=99) or 1
    seen = cases.preview(counter=counter, at=desk.at, procedure=code, case_type=chosen)
    pdf = documents.guide(at=desk.at, data=_data(seen, counter))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="huong-dan-{seen.version.code}.pdf"'
    return answer


def _data(seen: cases.Preview, counter: cases.Counter) -> documents.GuideData:
    version, agency = seen.version, counter.agency
    papers = seen.case_type.papers if seen.case_type else ()
    return documents.GuideData(
        head=documents.Head(superior=agency.authority, agency="Bộ phận Tiếp nhận và Trả kết quả", place=agency.name),
        procedure_name=version.title,
        procedure_code=version.code,
        papers=tuple(_line(paper) for paper in papers),
        statutory_time=seen.limit.text if seen.limit else "",
        fee=seen.quote.text if seen.quote and not seen.quantities else "",
        result=version.results[0].name if version.results else "",
        url=f"{settings.BASE_URL}{reverse('portal:procedure', args=[version.code])}",
    )


def _line(paper: procedures.PaperView) -> documents.PaperLine:
    words = ["xuất trình"] if paper.use is procedures.PaperUse.SHOW else []
    words += [] if paper.is_required else ["nếu có"]
    note = ", ".join([*words, *([paper.note] if paper.note else [])])
    return documents.PaperLine(name=paper.name, originals=paper.originals, copies=paper.copies, note=note)
