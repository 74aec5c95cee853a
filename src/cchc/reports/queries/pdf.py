"""A filled form as a PDF, drawn like papers: same faces, same standards, data as JSON and never as typst source."""

import json
from datetime import datetime
from typing import Any

from cchc.documents import api as documents
from cchc.reports.queries.definitions import reports_folder
from cchc.reports.rules.definitions import Column
from cchc.reports.rules.filling import FilledForm, FilledRow
from cchc.reports.rules.heads import head_cells, head_depth
from cchc.reports.rules.sheets import (
    DRAFT,
    cell_words,
    date_line,
    form_lines,
    is_centred,
    lines_under,
    number_line,
    parties,
    printed_rows,
    signers,
    titles,
    unit_line,
)
from cchc.reports.terms import ColumnKind

_LAYOUT = "form.typ"


def to_pdf(form: FilledForm, *, at: datetime) -> bytes:
    """Return the form as a PDF/A: A4 landscape, heads repeated on every page. The same form and time give the same bytes."""
    layout = (reports_folder() / _LAYOUT).read_bytes()
    return documents.drawn(files={"main": layout}, inputs={"input": json.dumps(_words(form), ensure_ascii=False)}, at=at)


def _words(form: FilledForm) -> dict[str, Any]:
    title, subtitle, period = titles(form)
    return {
        "author": form.header.reporter,
        "draft": DRAFT if form.header.is_draft else "",
        "form_lines": form_lines(form),
        "has_number": bool(form.definition.form_number),
        "parties": parties(form),
        "title": title,
        "subtitle": subtitle,
        "period": period,
        "unit": unit_line(form),
        "widths": [column.width for column in form.definition.leaves],
        "aligns": [_align(column) for column in form.definition.leaves],
        "depth": head_depth(form.definition.columns),
        "head": [
            {"x": cell.column, "y": cell.row, "rows": cell.rows, "columns": cell.columns, "text": cell.heading}
            for cell in head_cells(form.definition.columns)
        ],
        "numbers": [number_line(column) for column in form.definition.leaves],
        "empty": form.definition.empty,
        "is_crowded": not form.definition.numbers,
        "rows": [_row(form, row) for row in printed_rows(form)],
        "lines": lines_under(form),
        "date": date_line(form),
        "signers": [{"lines": signer.lines, "hint": signer.hint, "name": signer.name} for signer in signers(form)],
    }


def _row(form: FilledForm, row: FilledRow | None) -> dict[str, Any]:
    if row is None:
        return {"is_total": False, "cells": []}
    return {"is_total": row is form.totals, "cells": [cell_words(row.cells[column.key]) for column in form.definition.leaves]}


def _align(column: Column) -> str:
    return "right" if column.kind is ColumnKind.NUMBER else "center" if is_centred(column) else "left"
