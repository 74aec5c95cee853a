"""A filled form as a Word document: A4 landscape, heads repeated on every page."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

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

_FACE = "Times New Roman"
_TEXT, _CELL, _SMALL = 13, 11, 8
# A table of words in many columns needs smaller letters than one of numbers.
_CROWDED = 10
_SIDE = (20, 15)
_USABLE = 297 - sum(_SIDE)
_LEFT, _CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_LONGEST_PROPERTY = 255
_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_docx(form: FilledForm, *, at: datetime) -> bytes:
    """Return the form as a DOCX file. ``at`` is the time of the document; the same form and time give the same bytes."""
    document = Document()
    _set_properties(document, form, at)
    _set_style(document)
    _set_page(document, form)
    _write_top(document, form)
    _write_table(document, form)
    for text in lines_under(form):
        _paragraph(document, text, size=_CELL)
    _write_signatures(document, form)
    made = BytesIO()
    document.save(made)
    return _steady(made)


def _set_properties(document: Any, form: FilledForm, at: datetime) -> None:
    words = document.core_properties
    given = {
        "title": " ".join(part for part in (form.definition.title, form.definition.subtitle) if part),
        "subject": titles(form)[2],
        "author": form.header.reporter,
        "last_modified_by": form.header.reporter,
        "category": form.definition.form_number,
        "comments": "",
        "language": "vi-VN",
    }
    for name, text in given.items():
        setattr(words, name, text[:_LONGEST_PROPERTY])
    words.created = words.modified = at.astimezone(UTC).replace(tzinfo=None)


def _set_style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(_TEXT)
    fonts = style.element.rPr.rFonts
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), _FACE)
    style.element.rPr.append(_element("w:lang", {"w:val": "vi-VN"}))
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def _set_page(document: Any, form: FilledForm) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(_SIDE[0]), Mm(_SIDE[1])
    section.top_margin, section.bottom_margin = Mm(18), Mm(15)
    section.header_distance = section.footer_distance = Mm(8)
    if form.header.is_draft:
        _write(section.header.paragraphs[0], DRAFT, size=14, bold=True, align=_RIGHT)
    footer = section.footer.paragraphs[0]
    footer.alignment = _CENTRE
    field = _element("w:fldSimple", {"w:instr": "PAGE"})
    field.append(_element("w:r", {}))
    footer._p.append(field)  # noqa: SLF001 (python-docx has no fields)


def _write_top(document: Any, form: FilledForm) -> None:
    left, right = _pair(document, (0.5, 0.5))
    _write_lines(left, [(line, not index and bool(form.definition.form_number)) for index, line in enumerate(form_lines(form))], _LEFT)
    _write_lines(right, [(line, False) for line in parties(form)], _LEFT)
    title, subtitle, period = titles(form)
    _paragraph(document, title, size=14, bold=True, align=_CENTRE, before=8)
    if subtitle:
        _paragraph(document, subtitle, size=_TEXT, bold=True, align=_CENTRE)
    _paragraph(document, period, size=_TEXT, align=_CENTRE)
    _paragraph(document, unit_line(form), size=_CELL, italic=True, align=_RIGHT, before=4, keep=True)


def _write_table(document: Any, form: FilledForm) -> None:
    columns, depth, body = form.definition.leaves, head_depth(form.definition.columns), printed_rows(form)
    size = _CELL if form.definition.numbers else _CROWDED
    table = document.add_table(rows=depth + 1 + len(body), cols=len(columns))
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    _set_margins(table)
    rows = list(table.rows)
    _set_widths(table, rows, columns)
    for row in rows[: depth + 1]:
        row._tr.get_or_add_trPr().append(_element("w:tblHeader", {}))  # noqa: SLF001 (python-docx has no repeated heads)
    cells = [list(row.cells) for row in rows]
    for head in head_cells(form.definition.columns):
        first, last = cells[head.row][head.column], cells[head.row + head.rows - 1][head.column + head.columns - 1]
        _fill(first if first is last else first.merge(last), head.heading, size=size, bold=True, align=_CENTRE)
    for cell, column in zip(cells[depth], columns, strict=True):
        _fill(cell, number_line(column), size=_SMALL, italic=True, align=_CENTRE)
    for row, line in zip(body, cells[depth + 1 :], strict=True):
        _write_row(form, row, line, size)


def _write_row(form: FilledForm, row: FilledRow | None, line: Sequence[Any], size: int) -> None:
    if row is None:
        _fill(line[0].merge(line[-1]), form.definition.empty, size=size, italic=True, align=_CENTRE)
        return
    for cell, column in zip(line, form.definition.leaves, strict=True):
        align = _RIGHT if column.kind is ColumnKind.NUMBER else _CENTRE if is_centred(column) else _LEFT
        _fill(cell, cell_words(row.cells[column.key]), size=size, bold=row is form.totals, align=align)


def _write_signatures(document: Any, form: FilledForm) -> None:
    _paragraph(document, "", size=_CELL, keep=True)
    both = signers(form)
    places = _pair(document, (0.5, 0.5))
    for place, signer, date in zip(places, both, ("", date_line(form)), strict=True):
        paragraph = place.paragraphs[0]
        _write(paragraph, date, size=_TEXT, italic=True, align=_CENTRE, keep=True)
        named = [line for line in signer.lines if line]
        for line in named:
            _write(place.add_paragraph(), line, size=_TEXT, bold=True, align=_CENTRE, keep=True)
        _write(place.add_paragraph(), signer.hint, size=_CELL, italic=True, align=_CENTRE, keep=True)
        for _ in range(len(signer.lines) - len(named)):
            _write(place.add_paragraph(), "", size=_TEXT, keep=True)
        _write(place.add_paragraph(), signer.name, size=_TEXT, bold=True, align=_CENTRE, before=56)


def _pair(document: Any, shares: Sequence[float]) -> tuple[Any, Any]:
    """Return two cells side by side without lines."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    row = table.rows[0]
    _keep_whole(row)
    for cell, share in zip(row.cells, shares, strict=True):
        cell.width = Mm(_USABLE * share)
    return row.cells[0], row.cells[1]


def _write_lines(cell: Any, lines: Iterable[tuple[str, bool]], align: Any) -> None:
    for index, (text, is_bold) in enumerate(lines):
        paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
        _write(paragraph, text, size=_CELL, bold=is_bold, align=align)


def _fill(cell: Any, text: str, *, size: int, align: Any, bold: bool = False, italic: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    # A merged cell keeps the empty paragraphs of the cells it took in.
    for spare in cell.paragraphs[1:]:
        spare._p.getparent().remove(spare._p)  # noqa: SLF001 (python-docx removes no paragraphs)
    _write(cell.paragraphs[0], text, size=size, bold=bold, italic=italic, align=align)


def _paragraph(
    document: Any,
    text: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    align: Any = _LEFT,
    before: int = 2,
    keep: bool = False,
) -> None:
    _write(document.add_paragraph(), text, size=size, bold=bold, italic=italic, align=align, before=before, keep=keep)


def _write(
    paragraph: Any,
    text: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    align: Any = _LEFT,
    before: int = 0,
    keep: bool = False,
) -> None:
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = keep
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _set_widths(table: Any, rows: Sequence[Any], columns: Sequence[Column]) -> None:
    whole = sum(column.width for column in columns)
    widths = [Mm(_USABLE * column.width / whole) for column in columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in rows:
        _keep_whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _set_margins(table: Any) -> None:
    """Set narrow margins of cells, so that a formula stands on one line."""
    margins = _element("w:tblCellMar", {})
    for side in ("w:left", "w:right"):
        margins.append(_element(side, {"w:w": "50", "w:type": "dxa"}))
    # Word wants the parts of a table's properties in the order of the schema.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # noqa: SLF001 (python-docx has no margins of cells)


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", {}))  # noqa: SLF001 (python-docx lets every row break)


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _steady(made: BytesIO) -> bytes:
    """Return the same package with every part dated alike: the zip would otherwise bear the time of the machine."""
    steady = BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename, _EPOCH), source.read(part), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
