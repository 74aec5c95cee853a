"""Draw a paper once and keep the bytes."""

import hashlib
from uuid import UUID

from django.db import transaction

from cchc.documents.models import Paper, Rendering, Snapshot
from cchc.documents.queries.drawing import Sheet, draw
from cchc.documents.rules.numbers import format_number
from cchc.documents.terms import FormKey
from cchc.kernel.errors import NotFound


def render(paper_id: UUID) -> bytes:
    """Return the PDF of a paper: drawn at the first call, the same bytes at every other.

    Raises ``NotFound`` for an unknown code and for a paper whose content was erased. Who may see it is asked by the caller, who knows what
    the paper is about; the bytes are a function of what was issued, so drawing is no act and has no actor. One query when it was drawn.
    """
    kept = Rendering.objects.filter(paper__code=paper_id).values_list("pdf", flat=True).first()
    if kept is not None:
        return bytes(kept)
    with transaction.atomic():
        # The lock makes two first views draw once, and makes ``forget`` wait: nothing erased comes back.
        snapshot = Snapshot.objects.select_for_update(of=["self"]).filter(paper__code=paper_id).first()
        if snapshot is None:
            raise _missing(paper_id)
        kept = Rendering.objects.filter(paper_id=snapshot.paper_id).values_list("pdf", flat=True).first()
        return bytes(kept) if kept is not None else _draw(snapshot)


def _draw(snapshot: Snapshot) -> bytes:
    paper = Paper.objects.select_related("template", "layout").get(pk=snapshot.paper_id)
    number = format_number(paper.number, paper.series, form=FormKey(paper.template.key))
    sheet = Sheet(template=paper.template, layout=paper.layout, number=number, at=paper.created_at, proof=snapshot.salt)
    pdf = draw(sheet, snapshot.data)
    Rendering.objects.create(paper=paper, sha256=hashlib.sha256(pdf).hexdigest(), pdf=pdf)
    return pdf


def _missing(paper_id: UUID) -> NotFound:
    paper = Paper.objects.select_related("template").filter(code=paper_id).first()
    if paper is None:
        return NotFound("Không có giấy này. Kiểm tra lại đường dẫn.")
    number = format_number(paper.number, paper.series, form=FormKey(paper.template.key))
    return NotFound(f"Nội dung giấy số {number} năm {paper.year} đã được xóa theo yêu cầu; chỉ còn số và mã kiểm chứng.")
