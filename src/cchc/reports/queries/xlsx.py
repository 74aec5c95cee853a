"""A filled form as an Excel sheet: sums are formulas with their values beside them, text is never a formula."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from cchc.reports.rules.definitions import Column
from cchc.reports.rules.filling import FilledForm, FilledRow
from cchc.reports.rules.formulas import Formula
from cchc.reports.rules.heads import HeadCell, head_cells, head_depth
from cchc.reports.rules.sheets import (
    DRAFT,
    Signer,
    date_line,
    form_lines,
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
_A4 = 9
_LINE = 15.5  # Points of one line of 11 pt.
_WORDS = frozenset({ColumnKind.LABEL, ColumnKind.TEXT})
_ROOM_TO_SIGN = 4
_BASE: dict[str, Any] = {"font_name": _FACE, "font_size": 11, "text_wrap": True, "valign": "vcenter"}
_FORMATS: dict[str, dict[str, Any]] = {
    "form": {"bold": True, "font_size": 11, "valign": "top"},
    "plain": {"valign": "top"},
    "draft": {"bold": True, "font_size": 16, "align": "center"},
    "title": {"bold": True, "font_size": 14, "align": "center"},
    "subtitle": {"bold": True, "font_size": 12, "align": "center"},
    "period": {"font_size": 12, "align": "center"},
    "unit": {"italic": True, "align": "right"},
    "head": {"bold": True, "border": 1, "align": "center"},
    "number_line": {"italic": True, "border": 1, "align": "center", "font_size": 9},
    "ordinal": {"border": 1, "align": "center"},
    "label": {"border": 1},
    "text": {"border": 1},
    "number": {"border": 1, "num_format": "#,##0", "align": "right"},
    "empty": {"border": 1, "italic": True, "align": "center"},
    "total_ordinal": {"border": 1, "bold": True, "align": "center"},
    "total_label": {"border": 1, "bold": True},
    "total_text": {"border": 1, "bold": True},
    "total_number": {"border": 1, "bold": True, "num_format": "#,##0", "align": "right"},
    "check": {"num_format": "#,##0", "bold": True, "align": "left"},
    "date": {"italic": True, "align": "center"},
    "signer": {"bold": True, "align": "center"},
    "hint": {"italic": True, "align": "center", "font_size": 10},
}


def to_xlsx(form: FilledForm, *, at: datetime) -> bytes:
    """Return the form as an XLSX file: A4 landscape, one page wide, heads repeated on every page. ``at`` is the time of the document."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties(_properties(form, at))
        formats = {name: book.add_format({**_BASE, **words}) for name, words in _FORMATS.items()}
        sheet = _Sheet(form=form, page=book.add_worksheet(form.definition.sheet), formats=formats)
        _set_page(sheet)
        _write_top(sheet)
        _write_head(sheet)
        _write_body(sheet)
        _write_under(sheet)
        _write_signatures(sheet)
        sheet.page.print_area(0, 0, sheet.row - 1, sheet.last)
    return target.getvalue()


@dataclass
class _Sheet:
    """The sheet while it is written; ``row`` is the next free row."""

    form: FilledForm
    page: Any
    formats: Mapping[str, Any]
    row: int = 0
    first_of_body: int = 0
    total_row: int | None = None
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Take the columns of the form."""
        self.columns = self.form.definition.leaves

    @property
    def last(self) -> int:
        """Return the index of the last column."""
        return len(self.columns) - 1

    def width(self, first: int, last: int) -> int:
        """Return the characters that fit from one column to another."""
        return sum(column.width for column in self.columns[first : last + 1])

    def put(self, text: str, style: str, *, first: int = 0, last: int, row: int | None = None, down: int = 1) -> None:
        """Write text over cells that are merged. As a string, whatever it begins with."""
        at = self.row if row is None else row
        if first != last or down > 1:
            self.page.merge_range(at, first, at + down - 1, last, "", self.formats[style])
        self.page.write_string(at, first, text, self.formats[style])

    def line(self, text: str, style: str, *, height: float = _LINE) -> None:
        """Write a line as wide as the table, high enough for its text, and go on."""
        self.page.set_row(self.row, height * _lines(text, self.width(0, self.last)))
        self.put(text, style, last=self.last)
        self.row += 1

    def index(self, number: str) -> int:
        """Return the column that bears the number."""
        return next(index for index, column in enumerate(self.columns) if column.number == number)


def _properties(form: FilledForm, at: datetime) -> dict[str, Any]:
    return {
        "title": " ".join(part for part in (form.definition.title, form.definition.subtitle) if part),
        "subject": titles(form)[2],
        "author": form.header.reporter,
        "category": form.definition.form_number,
        "created": at.astimezone(UTC).replace(tzinfo=None),
    }


def _set_page(sheet: _Sheet) -> None:
    sheet.page.set_landscape()
    sheet.page.set_paper(_A4)
    sheet.page.fit_to_pages(1, 0)
    sheet.page.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.6)
    sheet.page.center_horizontally()
    sheet.page.hide_gridlines(2)
    sheet.page.set_footer(f'&C&"{_FACE},Regular"&9Trang &P/&N')
    if sheet.form.header.is_draft:
        sheet.page.set_header(f'&R&"{_FACE},Bold"&9{DRAFT}')
    for index, column in enumerate(sheet.columns):
        sheet.page.set_column(index, index, column.width)


def _write_top(sheet: _Sheet) -> None:
    if sheet.form.header.is_draft:
        sheet.line(DRAFT, "draft", height=22)
    split = _split(sheet, 0.45)
    left, right = form_lines(sheet.form), parties(sheet.form)
    for index in range(max(len(left), len(right))):
        texts = (left[index] if index < len(left) else "", right[index] if index < len(right) else "")
        high = max(_lines(texts[0], sheet.width(0, split)), _lines(texts[1], sheet.width(split + 1, sheet.last)))
        sheet.page.set_row(sheet.row, _LINE * high)
        sheet.put(texts[0], "plain" if index or not sheet.form.definition.form_number else "form", last=split)
        sheet.put(texts[1], "plain", first=split + 1, last=sheet.last)
        sheet.row += 1
    sheet.row += 1
    for text, style, height in zip(titles(sheet.form), ("title", "subtitle", "period"), (20, 17, 17), strict=True):
        if text:
            sheet.line(text, style, height=height)
    sheet.line(unit_line(sheet.form), "unit")


def _write_head(sheet: _Sheet) -> None:
    top, depth = sheet.row, head_depth(sheet.form.definition.columns)
    cells = head_cells(sheet.form.definition.columns)
    for row, height in enumerate(_heights(sheet, cells, depth)):
        sheet.page.set_row(top + row, height)
    for cell in cells:
        last = cell.column + cell.columns - 1
        sheet.put(cell.heading, "head", first=cell.column, last=last, row=top + cell.row, down=cell.rows)
    sheet.row = top + depth
    sheet.page.set_row(sheet.row, 12.5 * max(number_line(column).count("\n") + 1 for column in sheet.columns))
    for index, column in enumerate(sheet.columns):
        sheet.put(number_line(column), "number_line", first=index, last=index)
    sheet.row += 1
    sheet.page.repeat_rows(top, sheet.row - 1)
    label = next(index for index, column in enumerate(sheet.columns) if column.kind is ColumnKind.LABEL)
    sheet.page.freeze_panes(sheet.row, label + 1)


def _heights(sheet: _Sheet, cells: Iterable[HeadCell], depth: int) -> list[float]:
    """Return the height of every row of the head: each heading has room, those that reach down use the rows they cover."""
    heights = [_LINE] * depth
    for cell in sorted(cells, key=lambda cell: cell.rows):
        # Bold letters are wider than the digits by which Excel measures a column.
        wanted = _LINE * _lines(cell.heading, sheet.width(cell.column, cell.column + cell.columns - 1) * 0.85) + 3
        covered = sum(heights[cell.row : cell.row + cell.rows])
        heights[cell.row + cell.rows - 1] += max(0, wanted - covered)
    return heights


def _write_body(sheet: _Sheet) -> None:
    rows = printed_rows(sheet.form)
    sheet.first_of_body = sheet.row + (rows[0] is sheet.form.totals)
    for row in rows:
        if row is None:
            sheet.put(sheet.form.definition.empty, "empty", last=sheet.last)
            sheet.row += 1
        else:
            _write_row(sheet, row)


def _write_row(sheet: _Sheet, row: FilledRow) -> None:
    is_total = row is sheet.form.totals
    if is_total:
        sheet.total_row = sheet.row
    for index, column in enumerate(sheet.columns):
        style = sheet.formats[f"{'total_' if is_total else ''}{column.kind.value}"]
        value = row.cells[column.key]
        if value is None or value == "":
            sheet.page.write_blank(sheet.row, index, None, style)
        elif isinstance(value, str):
            sheet.page.write_string(sheet.row, index, value, style)
        elif column.formula or (is_total and column.kind is ColumnKind.NUMBER):
            sheet.page.write_formula(sheet.row, index, f"={_excel(sheet, column, is_total=is_total, index=index)}", style, value)
        else:
            sheet.page.write_number(sheet.row, index, value, style)
    # Not every program makes a row higher for words that are wrapped.
    wrapped = [_lines(str(row.cells[column.key] or ""), column.width) for column in sheet.columns if column.kind in _WORDS]
    if (lines := max(wrapped, default=1)) > 1:
        sheet.page.set_row(sheet.row, _LINE * lines)
    sheet.row += 1


def _excel(sheet: _Sheet, column: Column, *, is_total: bool, index: int) -> str:
    """Return the formula of a cell: across as the form prints it, or down for the total of a column that is given."""
    if column.formula:
        return _across(sheet, column.formula, sheet.row)
    first = sheet.first_of_body
    return f"SUM({xl_range(first, index, first + max(len(sheet.form.rows), 1) - 1, index)})" if is_total else ""


def _across(sheet: _Sheet, formula: Formula, row: int) -> str:
    parts = [f"{'-' if sign < 0 else '+'}{xl_rowcol_to_cell(row, sheet.index(number))}" for sign, number in formula.parts]
    return "".join(parts).removeprefix("+")


def _write_under(sheet: _Sheet) -> None:
    for text in lines_under(sheet.form):
        sheet.line(text, "plain")
    if sheet.total_row is None:
        return
    split = _split(sheet, 0.45)
    for checked in sheet.form.identity:
        # A number that is mended in Excel shows its effect here; the lines above say what was counted.
        sheet.put(f"Chênh lệch {checked.check.text}, tính lại khi sửa số trên bảng:", "plain", last=split)
        sides = (_across(sheet, checked.check.left, sheet.total_row), _across(sheet, checked.check.right, sheet.total_row))
        sheet.page.write_formula(sheet.row, split + 1, f"={sides[0]}-({sides[1]})", sheet.formats["check"], checked.difference)
        sheet.row += 1


def _write_signatures(sheet: _Sheet) -> None:
    sheet.row += 1
    split = _split(sheet, 0.5)
    places = ((0, split), (split + 1, sheet.last))
    sheet.put(date_line(sheet.form), "date", first=split + 1, last=sheet.last)
    sheet.row += 1
    both = signers(sheet.form)
    top = sheet.row
    ends = [_write_signer(sheet, signer, place, top) for signer, place in zip(both, places, strict=True)]
    sheet.row = max(ends)


def _write_signer(sheet: _Sheet, signer: Signer, place: Sequence[int], top: int) -> int:
    first, last = place
    titled = [(line, "signer") for line in signer.lines if line]
    lines = [*titled, (signer.hint, "hint"), *[("", "hint")] * (len(signer.lines) - len(titled))]
    for offset, (text, style) in enumerate(lines):
        sheet.put(text, style, first=first, last=last, row=top + offset)
    under = top + len(lines) + _ROOM_TO_SIGN
    sheet.put(signer.name, "signer", first=first, last=last, row=under)
    return under + 1


def _split(sheet: _Sheet, share: float) -> int:
    """Return the last column of the left part, which has at least that share of the width."""
    whole = sheet.width(0, sheet.last)
    return next(index for index in range(sheet.last) if index == sheet.last - 1 or sheet.width(0, index) >= whole * share)


def _lines(text: str, width: float) -> int:
    """Return how many lines words need in that many characters, breaking at spaces as Excel does."""
    count, used = 1, 0
    for word in text.split(" "):
        if used and used + 1 + len(word) > width:
            count, used = count + 1, 0
        used += len(word) + bool(used)
        if used > width:
            extra = math.ceil(used / width) - 1
            count, used = count + extra, used - int(extra * width)
    return count
