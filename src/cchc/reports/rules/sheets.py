"""What every writer prints alike: the words of a cell, the lines above and under the table, who signs."""

from dataclasses import dataclass

from cchc.kernel.text import number
from cchc.reports.rules.definitions import Column
from cchc.reports.rules.filling import Cell, FilledForm, FilledRow
from cchc.reports.rules.wording import period_line
from cchc.reports.terms import ColumnKind, TotalsPlace

DRAFT = "DỰ THẢO"
# The date is left to the hand that signs.
_DATE = "ngày … tháng … năm …"


@dataclass(frozen=True)
class Signer:
    """One place for a signature: lines over it, what the hand does, the name under it."""

    lines: tuple[str, ...]
    hint: str
    name: str


def cell_words(value: Cell) -> str:
    """Return a cell as it is printed: numbers with dots between thousands, nothing where there are no data."""
    return "" if value is None else number(value) if isinstance(value, int) else value


def number_line(column: Column) -> str:
    """Return what stands under the head of a column: ``(4)``, or ``(3)=`` over ``(4)+(5)+(6)``."""
    return f"{column.number}=\n{column.formula.text}" if column.formula else column.number


def printed_rows(form: FilledForm) -> tuple[FilledRow | None, ...]:
    """Return rows and totals in the order in which they are printed. None stands for the line that says that there is nothing."""
    rows: tuple[FilledRow | None, ...] = form.rows or (None,)
    if form.totals is None:
        return rows
    return (form.totals, *rows) if form.definition.totals is TotalsPlace.FIRST else (*rows, form.totals)


def is_centred(column: Column) -> bool:
    """Say whether the cells of the column stand in its middle; numbers stand at the right, words at the left."""
    return column.kind is ColumnKind.ORDINAL


def form_lines(form: FilledForm) -> tuple[str, ...]:
    """Return what stands above at the left: the number of the form, and what issued it."""
    basis = f"Ban hành theo {form.definition.legal_basis}" if form.definition.legal_basis else ""
    return tuple(line for line in (form.definition.form_number, basis) if line)


def parties(form: FilledForm) -> tuple[str, ...]:
    """Return what stands above at the right: who reports, and to whom."""
    pairs = (
        (form.definition.reporter_label, form.header.reporter),
        (form.definition.receiver_label, form.header.receiver),
    )
    return tuple(f"{label}: {name}" for label, name in pairs if name)


def titles(form: FilledForm) -> tuple[str, str, str]:
    """Return title in capitals, subtitle (may be empty) and period."""
    definition, header = form.definition, form.header
    return definition.title.upper(), definition.subtitle, f"Kỳ báo cáo: {period_line(header.period_label, header.period)}"


def unit_line(form: FilledForm) -> str:
    """Return ``Đơn vị tính: Số hồ sơ TTHC``, or nothing when the form counts nothing."""
    return f"Đơn vị tính: {form.definition.unit_of_count}" if form.definition.unit_of_count else ""


def lines_under(form: FilledForm) -> tuple[str, ...]:
    """Return the lines under the table: checks, notes, and in a draft what is not verified of the form."""
    count = (f"Cộng: {number(len(form.rows))} {form.definition.row_name}.",) if form.totals is None and form.rows else ()
    return (*count, *form.check_lines, *form.notes, *form.draft_lines)


def date_line(form: FilledForm) -> str:
    """Return the line over the signature, ``Vũ Quang, ngày … tháng … năm …``."""
    return f"{form.header.place}, {_DATE}" if form.header.place else _DATE.capitalize()


def signers(form: FilledForm) -> tuple[Signer, Signer]:
    """Return who drew up the form, at the left, and who answers for it, at the right."""
    head = form.header.signer_lines or (form.definition.head,)
    # Both have as many lines, so that the two names stand at one height.
    preparer = (form.definition.preparer, *[""] * (len(head) - 1))
    return (
        Signer(tuple(line.upper() for line in preparer), "(Ký, ghi rõ họ tên)", form.header.preparer),
        Signer(tuple(line.upper() for line in head), "(Ký, đóng dấu)", form.header.signer),
    )
