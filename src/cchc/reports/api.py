"""The face of reports: forms as data, filled forms, their files, and what changed between two periods."""

from cchc.reports.queries.definitions import definition_on, definitions_on, read_definitions
from cchc.reports.queries.docx import to_docx
from cchc.reports.queries.files import to_file, to_json
from cchc.reports.queries.pdf import to_pdf
from cchc.reports.queries.statutory import form_key, forms_for, label_of, previous, statutory, with_differences
from cchc.reports.queries.xlsx import to_xlsx
from cchc.reports.rules.definitions import Column, Definition, Mark, parse
from cchc.reports.rules.differences import Difference, Differences, differences
from cchc.reports.rules.filling import Checked, FilledForm, FilledRow, Header, Row, fill
from cchc.reports.rules.formulas import BadDefinition
from cchc.reports.rules.heads import HeadCell, head_cells, head_depth
from cchc.reports.rules.sheets import lines_under, printed_rows
from cchc.reports.terms import ColumnKind, Confidence, FileFormat, Level, RowDimension, TotalsPlace

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "BadDefinition",
    "Checked",
    "Column",
    "ColumnKind",
    "Confidence",
    "Definition",
    "Difference",
    "Differences",
    "FileFormat",
    "FilledForm",
    "FilledRow",
    "HeadCell",
    "Header",
    "Level",
    "Mark",
    "Row",
    "RowDimension",
    "TotalsPlace",
    "definition_on",
    "definitions_on",
    "differences",
    "fill",
    "form_key",
    "forms_for",
    "head_cells",
    "head_depth",
    "label_of",
    "lines_under",
    "parse",
    "previous",
    "printed_rows",
    "read_definitions",
    "statutory",
    "to_docx",
    "to_file",
    "to_json",
    "to_pdf",
    "to_xlsx",
    "with_differences",
]
