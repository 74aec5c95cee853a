"""The face of papers: forms, numbers, PDFs, QR codes, templates, files."""

from cchc.documents.operations.files import keep_file, sweep_files
from cchc.documents.operations.forget import forget
from cchc.documents.operations.issue import drawn_at_first_view, issue
from cchc.documents.operations.numbering import next_number
from cchc.documents.operations.preview import preview_template
from cchc.documents.operations.render import render
from cchc.documents.operations.revise import revise_template
from cchc.documents.operations.seed import seed
from cchc.documents.queries.drawing import draft, drawn, guide, unnumbered
from cchc.documents.queries.files import FileView, file, files_of, is_file_intact, read_file
from cchc.documents.queries.forms import FormView, form_on, forms_on, sample_sheet
from cchc.documents.queries.papers import PaperView, is_intact, paper, paper_by_number, papers_of
from cchc.documents.queries.templates import TemplateView
from cchc.documents.rules.fields import FieldNote
from cchc.documents.rules.forms import (
    ApologyData,
    ApologyExtensionData,
    CaseListData,
    ControlSlipData,
    DayLine,
    DaySheetData,
    Ending,
    FormData,
    GuideData,
    HandoverLine,
    HandoverSlipData,
    Head,
    ListColumn,
    MoneyLine,
    Move,
    PaperLine,
    Person,
    ReceiptData,
    RefusalAfterAppraisalData,
    RefusalData,
    RegisterData,
    RegisterRow,
    ResultHandoverData,
    ResultLine,
    Signature,
    StopNoticeData,
    SupplementData,
    SupplementItem,
)
from cchc.documents.rules.numbers import format_number
from cchc.documents.rules.phrases import count_phrase, date_phrase, moment_phrase, not_counted_phrase, place_and_date
from cchc.documents.rules.plain import from_plain, to_plain
from cchc.documents.rules.qr import qr_svg
from cchc.documents.rules.samples import SAMPLES
from cchc.documents.rules.signatures import signature
from cchc.documents.terms import Confidence, FileKind, FileType, FormKey, PaperSize, SigningKind

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "SAMPLES",
    "ApologyData",
    "ApologyExtensionData",
    "CaseListData",
    "Confidence",
    "ControlSlipData",
    "DayLine",
    "DaySheetData",
    "Ending",
    "FieldNote",
    "FileKind",
    "FileType",
    "FileView",
    "FormData",
    "FormKey",
    "FormView",
    "GuideData",
    "HandoverLine",
    "HandoverSlipData",
    "Head",
    "ListColumn",
    "MoneyLine",
    "Move",
    "PaperLine",
    "PaperSize",
    "PaperView",
    "Person",
    "ReceiptData",
    "RefusalAfterAppraisalData",
    "RefusalData",
    "RegisterData",
    "RegisterRow",
    "ResultHandoverData",
    "ResultLine",
    "Signature",
    "SigningKind",
    "StopNoticeData",
    "SupplementData",
    "SupplementItem",
    "TemplateView",
    "count_phrase",
    "date_phrase",
    "draft",
    "drawn",
    "drawn_at_first_view",
    "file",
    "files_of",
    "forget",
    "form_on",
    "format_number",
    "forms_on",
    "from_plain",
    "guide",
    "is_file_intact",
    "is_intact",
    "issue",
    "keep_file",
    "moment_phrase",
    "next_number",
    "not_counted_phrase",
    "paper",
    "paper_by_number",
    "papers_of",
    "place_and_date",
    "preview_template",
    "qr_svg",
    "read_file",
    "render",
    "revise_template",
    "sample_sheet",
    "seed",
    "signature",
    "sweep_files",
    "to_plain",
    "unnumbered",
]
