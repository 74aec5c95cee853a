"""The face of papers: forms, numbers, PDFs, QR codes."""

from cchc.documents.operations.forget import forget
from cchc.documents.operations.issue import drawn_at_first_view, issue
from cchc.documents.operations.numbering import next_number
from cchc.documents.operations.render import render
from cchc.documents.operations.seed import seed
from cchc.documents.queries.drawing import guide
from cchc.documents.queries.papers import PaperView, is_intact, paper, papers_of
from cchc.documents.rules.forms import (
    FormData,
    GuideData,
    Head,
    PaperLine,
    Person,
    ReceiptData,
    RefusalData,
    SupplementData,
    SupplementItem,
)
from cchc.documents.rules.numbers import format_number
from cchc.documents.rules.phrases import count_phrase, date_phrase, moment_phrase, not_counted_phrase, place_and_date
from cchc.documents.rules.plain import from_plain, to_plain
from cchc.documents.rules.qr import qr_svg
from cchc.documents.terms import Confidence, FormKey, PaperSize

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "Confidence",
    "FormData",
    "FormKey",
    "GuideData",
    "Head",
    "PaperLine",
    "PaperSize",
    "PaperView",
    "Person",
    "ReceiptData",
    "RefusalData",
    "SupplementData",
    "SupplementItem",
    "count_phrase",
    "date_phrase",
    "drawn_at_first_view",
    "forget",
    "format_number",
    "from_plain",
    "guide",
    "is_intact",
    "issue",
    "moment_phrase",
    "next_number",
    "not_counted_phrase",
    "paper",
    "papers_of",
    "place_and_date",
    "qr_svg",
    "render",
    "seed",
    "to_plain",
]
