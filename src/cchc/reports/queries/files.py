"""A filled form in the format that is asked for."""

import json
from collections.abc import Callable
from datetime import datetime

from cchc.reports.queries.docx import to_docx
from cchc.reports.queries.pdf import to_pdf
from cchc.reports.queries.xlsx import to_xlsx
from cchc.reports.rules.filling import FilledForm
from cchc.reports.terms import FileFormat


def to_file(form: FilledForm, file_format: FileFormat, *, at: datetime) -> bytes:
    """Return the form as a file of that format. ``at`` is the time that the file bears."""
    return _WRITERS[file_format](form, at)


def to_json(form: FilledForm) -> bytes:
    """Return ``as_json()`` as UTF-8 text, in a fixed order and indented."""
    return (json.dumps(form.as_json(), ensure_ascii=False, indent=2) + "\n").encode()


_WRITERS: dict[FileFormat, Callable[[FilledForm, datetime], bytes]] = {
    FileFormat.XLSX: lambda form, at: to_xlsx(form, at=at),
    FileFormat.DOCX: lambda form, at: to_docx(form, at=at),
    FileFormat.PDF: lambda form, at: to_pdf(form, at=at),
    FileFormat.JSON: lambda form, _at: to_json(form),
}
