"""Files of filled forms … (each is opened again and compared with the plain data, cell by cell)."""

import re
from contextlib import closing
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm

from cchc.reports import api as reports
from tests.reports.samples import AT, FIELDS, filled, form, header

KEYS = ("ii06a", "ii06c", "ii07a")


def expected(made):
    """Return the printed rows as plain data gives them: rows in order, totals last."""
    plain = made.as_json()
    order = [leaf.key for leaf in made.definition.leaves]
    return [[row["cells"][key] for key in order] for row in (*plain["rows"], plain["totals"])]


def words(value):
    return "" if value is None else f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def squeezed(text):
    return re.sub(r"[\s\u200b]+", "", text)


def sheets(made):
    data = reports.to_xlsx(made, at=AT)
    return [openpyxl.load_workbook(BytesIO(data), data_only=only).worksheets[0] for only in (True, False)]


def first_row(sheet):
    """Return the row after the line of column numbers."""
    return next(row for row in range(1, 40) if sheet.cell(row, 1).value == "(1)") + 1


def evaluated(sheet, text):
    """Return the value of a formula made of cells, + and −, brackets and SUM over a column."""

    def cell(name):
        value = sheet[name].value
        return evaluated(sheet, value[1:]) if isinstance(value, str) and value.startswith("=") else value or 0

    total = re.fullmatch(r"SUM\(([A-Z]+)(\d+):\1(\d+)\)", text)
    if total:
        return sum(cell(f"{total[1]}{row}") for row in range(int(total[2]), int(total[3]) + 1))
    split = re.fullmatch(r"(.+?)-\((.+)\)", text)
    if split:
        return evaluated(sheet, split[1]) - evaluated(sheet, split[2])
    assert re.fullmatch(r"[A-Z]+\d+([+-][A-Z]+\d+)*", text), text
    return sum((-1 if sign == "-" else 1) * cell(name) for sign, name in re.findall(r"([+-]?)([A-Z]+\d+)", text))


@pytest.mark.parametrize("key", KEYS)
def test_xlsx_holds_every_cell(key):
    made = filled(key)
    values, _ = sheets(made)
    top = first_row(values)
    for offset, row in enumerate(expected(made)):
        read = [values.cell(top + offset, column + 1).value for column in range(len(row))]
        assert [cell if cell != "" else None for cell in row] == read


@pytest.mark.parametrize("key", KEYS)
def test_xlsx_sums_are_formulas_that_come_to_the_same(key):
    made = filled(key)
    values, formulas = sheets(made)
    top, leaves = first_row(formulas), made.definition.leaves
    computed = 0
    for offset, row in enumerate(reports.printed_rows(made)):
        for place, leaf in enumerate(leaves):
            cell = formulas.cell(top + offset, place + 1)
            if leaf.kind is reports.ColumnKind.NUMBER and not row.is_missing and (leaf.formula or row is made.totals):
                assert cell.data_type == "f", cell.coordinate
                assert evaluated(formulas, cell.value[1:]) == row.cells[leaf.key] == values[cell.coordinate].value
                computed += 1
            else:
                assert cell.data_type != "f", cell.coordinate
    assert computed >= 45


def test_xlsx_recounts_the_check():
    made = filled("ii06a")
    values, formulas = sheets(made)
    live = next(cell for row in formulas.iter_rows(min_row=first_row(formulas) + 14) for cell in row if cell.data_type == "f")
    assert evaluated(formulas, live.value[1:]) == values[live.coordinate].value == made.identity[0].difference


@pytest.mark.parametrize("key", KEYS)
def test_xlsx_heads_are_merged_as_the_tree_is(key):
    made = filled(key)
    sheet, _ = sheets(made)
    depth = reports.head_depth(made.definition.columns)
    top = first_row(sheet) - 1 - depth
    merged = {(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges}
    for cell in reports.head_cells(made.definition.columns):
        area = (top + cell.row, cell.column + 1, top + cell.row + cell.rows - 1, cell.column + cell.columns)
        assert sheet.cell(*area[:2]).value == cell.heading
        assert (area in merged) == (cell.rows > 1 or cell.columns > 1)
    numbers = [squeezed(sheet.cell(top + depth, column).value) for column in range(1, len(made.definition.leaves) + 1)]
    assert numbers == [f"{leaf.number}={leaf.formula.text}" if leaf.formula else leaf.number for leaf in made.definition.leaves]


def test_xlsx_is_ready_to_print():
    made = filled("ii06a", is_draft=True)
    sheet, _ = sheets(made)
    top = first_row(sheet)
    assert (sheet.title, sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("II.06a", "landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${top - 4}:${top - 1}"
    assert sheet.freeze_panes == f"C{top}"
    assert {cell.number_format for cell in sheet[top][2:]} == {"#,##0"}
    assert sheet.oddHeader.right.text == "DỰ THẢO"
    assert sheet["A1"].value == "DỰ THẢO"
    assert sheet.parent.properties.title == "Tình hình, kết quả giải quyết TTHC (tại cơ quan trực tiếp giải quyết)"
    assert sheet.parent.properties.creator == "Ủy ban nhân dân xã Vũ Quang"
    everything = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert set(reports.lines_under(made)) <= set(everything)


@pytest.mark.parametrize("key", KEYS)
def test_docx_holds_every_cell(key):
    made = filled(key)
    document = Document(BytesIO(reports.to_docx(made, at=AT)))
    table = document.tables[1]
    depth = reports.head_depth(made.definition.columns)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[depth + 1 :] == [[words(cell) for cell in row] for row in expected(made)]
    for cell in reports.head_cells(made.definition.columns):
        covered = {rows[cell.row + down][cell.column + right] for down in range(cell.rows) for right in range(cell.columns)}
        assert covered == {cell.heading}
    assert squeezed(rows[depth][2]).startswith("(3)=(4)+(5)")
    repeated = [bool(row._tr.trPr.xpath("w:tblHeader")) for row in table.rows]
    assert repeated == [True] * (depth + 1) + [False] * (len(repeated) - depth - 1)
    section = document.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (297, 210)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(line in text for line in reports.lines_under(made))


def test_docx_of_a_draft_says_so_on_every_page():
    for is_draft in (True, False):
        document = Document(BytesIO(reports.to_docx(filled("ii06a", is_draft=is_draft), at=AT)))
        assert document.sections[0].header.paragraphs[0].text == ("DỰ THẢO" if is_draft else "")


def pages(pdf):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        read = []
        for page in document:
            with closing(page.get_textpage()) as text:
                read.append(text.get_text_range())
            assert [round(side / 72 * 25.4) for side in page.get_size()] == [297, 210]
        return read


@pytest.mark.parametrize("key", KEYS)
def test_pdf_prints_every_row_in_order(key):
    made = filled(key)
    text = squeezed("".join(pages(reports.to_pdf(made, at=AT))))
    at = 0
    for row in expected(made):
        line = squeezed("".join(words(cell) for cell in row))
        found = text.find(line, at)
        assert found >= 0, line
        at = found + len(line)
    for line in reports.lines_under(made):
        assert squeezed(line) in text
    for line in (made.definition.form_number, "Kỳ báo cáo: Quý III năm 2026 (từ ngày 15/6/2026 đến ngày 14/9/2026)", "Trần Quốc Khánh"):
        assert squeezed(line) in text


def test_pdf_repeats_the_head_and_the_draft_mark_on_every_page():
    definition = form("ii06a")
    values = {column.key: 1 for column in definition.given}
    made = reports.fill(definition, header(is_draft=True), [(f"{name} {index}", values) for index in range(4) for name in FIELDS])
    read = pages(reports.to_pdf(made, at=AT))
    assert len(read) >= 3
    for text in read:
        assert "DỰ THẢO" in text
    assert all("(4)+(5)+(6)" in text for text in read if any(name in text for name in FIELDS))
    assert "Phần chưa đối chiếu" in read[-1]


@pytest.mark.parametrize("key", ["ii06a", "ii06c", "ii06d", "ii07a", "lateness_causes", "register"])
def test_a_form_without_rows_says_that_there_is_nothing(key):
    made = reports.fill(form(key), header(), [])
    sheet, _ = sheets(made)
    assert sheet.cell(first_row(sheet), 1).value == "Không phát sinh"
    row = Document(BytesIO(reports.to_docx(made, at=AT))).tables[1].rows[reports.head_depth(made.definition.columns) + 1]
    assert {cell.text for cell in row.cells} == {"Không phát sinh"}
    assert "Không phát sinh" in pages(reports.to_pdf(made, at=AT))[0]


def test_a_register_lists_words_and_counts_its_rows():
    definition = form("register")
    texts = {column.key: f"{column.heading} của tôi" for column in definition.texts}
    made = reports.fill(definition, header(), [reports.Row(f"H27.112-260615-{index:04d}", {}, texts) for index in range(3)])
    sheet, _ = sheets(made)
    assert sheet.cell(first_row(sheet) + 2, 2).value == "H27.112-260615-0002"
    assert "Cộng: 3 hồ sơ." in pages(reports.to_pdf(made, at=AT))[0]


@pytest.mark.parametrize("file_format", reports.FileFormat)
def test_the_same_form_gives_the_same_bytes(file_format):
    made = [reports.to_file(filled("ii07a"), file_format, at=AT) for _ in range(2)]
    assert made[0] == made[1]


def test_text_is_never_a_formula():
    _, sheet = sheets(filled("ii06a"))
    cell = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=1+1"))
    assert (cell.data_type, cell.value) == ("s", "=1+1 «Nuôi con nuôi»")
