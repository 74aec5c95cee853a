"""A filled form on the screen as it is on paper: heads merged, numbers at the right, each cell with what it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cchc.reports import api as reports
from cchc.web.ui.shapes import Cell
from cchc.web.ui.vietnamese import number_text

Opens = Callable[[Any, Any], str]


@dataclass(frozen=True)
class Sheet:
    """A form laid out: rows of head cells, the printed numbers of columns, rows of cells with whether each is the total, lines under it."""

    form: reports.FilledForm
    head: list[list[reports.HeadCell]]
    numbers: list[str]
    rows: list[tuple[list[Cell], bool]]
    lines: tuple[str, ...]

    @property
    def definition(self) -> reports.Definition:
        """Return the form's own words."""
        return self.form.definition

    @property
    def period_line(self) -> str:
        """Return ``Quý IV năm 2026 (từ ngày 15/9/2026 đến ngày 14/12/2026)``."""
        return self.form.period_line


def sheet(form: reports.FilledForm, opens: Opens | None = None) -> Sheet:
    """Lay a form out; ``opens`` gives the address behind the number of a column and a row, or nothing."""
    head = reports.head_cells(form.definition.columns)
    return Sheet(
        form=form,
        head=[[cell for cell in head if cell.row == row] for row in range(reports.head_depth(form.definition.columns))],
        numbers=[column.number for column in form.definition.leaves],
        rows=[
            ([_cell(column, row, opens) for column in form.definition.leaves], row is form.totals)
            for row in reports.printed_rows(form)
            if row
        ],
        lines=reports.lines_under(form),
    )


def _cell(column: Any, row: Any, opens: Opens | None) -> Cell:
    value = row.cells[column.key]
    if not isinstance(value, int) or column.kind is reports.ColumnKind.ORDINAL:
        return Cell("" if value is None else str(value), is_number=False)
    return Cell(number_text(value), opens(column, row) if opens else "")
