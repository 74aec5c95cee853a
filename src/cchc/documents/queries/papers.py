"""The papers of a stream, and whether what is kept is what was issued."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cchc.audit.api import canonical
from cchc.documents.models import Paper
from cchc.documents.rules.numbers import format_number
from cchc.documents.terms import FormKey
from cchc.kernel.errors import NotFound

_LONGEST_NUMBER = 10


@dataclass(frozen=True)
class PaperView:
    """One issued paper. ``id`` is its public, unguessable code. ``digest`` is the salted SHA-256 of its data, for the journal.

    ``template_version`` is the start of the layout's digest. ``pdf_sha256`` is empty until the paper is first drawn. ``forgotten`` means
    that data and PDF were erased; number and digests stay.
    """

    id: UUID
    number: str
    form: FormKey
    title: str
    form_number: str
    circular: str
    template_version: str
    stream: str
    unit_id: int
    created_at: datetime
    created_by: str
    digest: str
    pdf_sha256: str
    forgotten: bool

    @classmethod
    def of(cls, paper: Paper) -> "PaperView":
        """Build the view of a row; template, snapshot and rendering are read where they were not selected with it."""
        return cls(
            id=paper.code,
            number=format_number(paper.number, paper.series, form=FormKey(paper.template.key)),
            form=FormKey(paper.template.key),
            title=paper.template.title,
            form_number=paper.template.form_number,
            circular=paper.template.circular,
            template_version=paper.layout_id[:12],
            stream=paper.stream,
            unit_id=paper.unit_id,
            created_at=paper.created_at,
            created_by=paper.created_by,
            digest=paper.data_digest,
            pdf_sha256=paper.rendering.sha256 if hasattr(paper, "rendering") else "",
            forgotten=not hasattr(paper, "snapshot"),
        )


def paper(paper_id: UUID) -> PaperView:
    """Return one paper by its public code; raises ``NotFound``. One query."""
    row = _rows().filter(code=paper_id).first()
    if row is None:
        raise NotFound("Không có giấy này. Kiểm tra lại đường dẫn.")
    return PaperView.of(row)


def papers_of(stream: str) -> list[PaperView]:
    """Return the papers of a stream in the order of issue; an unknown stream has none. One query."""
    return [PaperView.of(row) for row in _rows().filter(stream=stream).order_by("id")]


def paper_by_number(*, unit_id: int, number: str, year: int) -> PaperView:
    """Return the paper that bears the number (``0042/TN``) in a unit and a year; raises ``NotFound``. One query."""
    digits, _, series = number.strip().partition("/")
    found = None
    if digits.isascii() and digits.isdigit() and len(digits) < _LONGEST_NUMBER:
        found = _rows().filter(unit_id=unit_id, year=year, series=series.upper(), number=int(digits)).first()
    if found is None:
        raise NotFound(f"Không có giấy số {number} năm {year}. Xem lại số trên giấy.")
    return PaperView.of(found)


def is_intact(paper_id: UUID) -> bool:
    """Say whether the data and the PDF that are kept match their digests. What was never drawn or was forgotten is not missed."""
    row = Paper.objects.select_related("snapshot", "rendering").filter(code=paper_id).first()
    if row is None:
        raise NotFound("Không có giấy này. Kiểm tra lại đường dẫn.")
    if hasattr(row, "snapshot") and snapshot_digest(salt=row.snapshot.salt, data=row.snapshot.data) != row.data_digest:
        return False
    pdf = row.rendering.pdf if hasattr(row, "rendering") else None
    return pdf is None or hashlib.sha256(pdf).hexdigest() == row.rendering.sha256


def snapshot_digest(*, salt: str, data: Mapping[str, Any]) -> str:
    """Return the salted SHA-256 of a paper's data as 64 hexadecimal digits.

    Salt and data are erased together, so the digest that stays in the journal tells nothing about a person who is forgotten. The JSON
    is the journal's canonical one: sorted keys, NFC, no floats (``TypeError`` otherwise).
    """
    return hashlib.sha256(salt.encode() + b"\n" + canonical(data)).hexdigest()


def _rows() -> QuerySet[Paper]:
    # The PDF and the data stay in the database: a list of papers does not load them.
    return Paper.objects.select_related("template", "snapshot", "rendering").defer("snapshot__data", "snapshot__salt", "rendering__pdf")
