"""The face of reports: forms as data, filled forms and their files, what a unit owes, and the acts by which a report goes up."""

from cchc.reports.operations.locking import explain, lock_report, unlock_report
from cchc.reports.operations.reminding import remind_reporters
from cchc.reports.operations.sending import receive_report, return_report, send_report, sign_report
from cchc.reports.queries.consolidating import Consolidated, Part, can_consolidate, consolidated, parts_of
from cchc.reports.queries.definitions import definition_on, definitions_on, read_definitions
from cchc.reports.queries.docx import to_docx
from cchc.reports.queries.files import to_file, to_json
from cchc.reports.queries.kept import Explained, Happening, ReportView, live_gaps, report
from cchc.reports.queries.pdf import to_pdf
from cchc.reports.queries.statutory import direct_form, form_key, forms_for, label_of, previous, reporting_of, statutory, with_differences
from cchc.reports.queries.timetable import KeptReport, Owed, duties, duty_for, kept_reports, owed
from cchc.reports.queries.units import agency_of, receiver_of, reporters_to
from cchc.reports.queries.xlsx import to_xlsx
from cchc.reports.rules.comparing import Gap, gaps
from cchc.reports.rules.definitions import Column, Definition, Mark, parse
from cchc.reports.rules.differences import Difference, Differences, differences
from cchc.reports.rules.filling import Checked, FilledForm, FilledRow, Header, Row, fill
from cchc.reports.rules.formulas import BadDefinition
from cchc.reports.rules.freezing import freeze, thaw
from cchc.reports.rules.heads import HeadCell, head_cells, head_depth
from cchc.reports.rules.life import TABLE, Transition, days_late, open_to, transition
from cchc.reports.rules.sheets import lines_under, printed_rows
from cchc.reports.rules.timetable import Duty, due_on, parse_timetable
from cchc.reports.terms import LIVE, Act, Basis, ColumnKind, Confidence, FileFormat, Level, RowDimension, Side, State, TotalsPlace

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "LIVE",
    "TABLE",
    "Act",
    "BadDefinition",
    "Basis",
    "Checked",
    "Column",
    "ColumnKind",
    "Confidence",
    "Consolidated",
    "Definition",
    "Difference",
    "Differences",
    "Duty",
    "Explained",
    "FileFormat",
    "FilledForm",
    "FilledRow",
    "Gap",
    "Happening",
    "HeadCell",
    "Header",
    "KeptReport",
    "Level",
    "Mark",
    "Owed",
    "Part",
    "ReportView",
    "Row",
    "RowDimension",
    "Side",
    "State",
    "TotalsPlace",
    "Transition",
    "agency_of",
    "can_consolidate",
    "consolidated",
    "days_late",
    "definition_on",
    "definitions_on",
    "differences",
    "direct_form",
    "due_on",
    "duties",
    "duty_for",
    "explain",
    "fill",
    "form_key",
    "forms_for",
    "freeze",
    "gaps",
    "head_cells",
    "head_depth",
    "kept_reports",
    "label_of",
    "lines_under",
    "live_gaps",
    "lock_report",
    "open_to",
    "owed",
    "parse",
    "parse_timetable",
    "parts_of",
    "previous",
    "printed_rows",
    "read_definitions",
    "receive_report",
    "receiver_of",
    "remind_reporters",
    "report",
    "reporters_to",
    "reporting_of",
    "return_report",
    "send_report",
    "sign_report",
    "statutory",
    "thaw",
    "to_docx",
    "to_file",
    "to_json",
    "to_pdf",
    "to_xlsx",
    "transition",
    "unlock_report",
    "with_differences",
]
