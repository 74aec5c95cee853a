"""A form with its numbers. Sums, totals and checks are computed here and nowhere else; writers only set them out.

``missing`` is not zero: a row without values has no data yet. Its cells stay empty, totals leave it out, and a note names it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cchc.kernel.errors import Invalid
from cchc.kernel.period import Period
from cchc.kernel.text import clean
from cchc.reports.rules.definitions import Column, Definition
from cchc.reports.rules.formulas import Check
from cchc.reports.rules.wording import check_sentence, missing_sentence, period_line
from cchc.reports.terms import ColumnKind, Confidence, TotalsPlace

Cell = int | str | None


@dataclass(frozen=True, kw_only=True)
class Header:
    """What stands around the table.

    ``period_label`` is ``Quý III năm 2026``; ``period`` must have an end. ``signer_lines`` stand over the signature (``KT. CHỦ TỊCH``, …) in
    the place of the form's own word. The date is always left to the hand that signs.
    """

    reporter: str
    receiver: str
    period_label: str
    period: Period
    place: str = ""
    preparer: str = ""
    signer_lines: tuple[str, ...] = ()
    signer: str = ""
    is_draft: bool = False


class Row(NamedTuple):
    """What the caller gives for one row.

    ``values`` by column key, all given columns, or None when there are no data yet. ``texts`` by column key. ``key`` tells rows of the same
    label apart and finds the row of the period before; the label stands for it when it is empty.
    """

    label: str
    values: Mapping[str, int] | None
    texts: Mapping[str, str] = {}
    key: str = ""


@dataclass(frozen=True)
class FilledRow:
    """A row with all its cells by column key."""

    key: str
    label: str
    is_missing: bool
    cells: Mapping[str, Cell]

    def number(self, column: Column) -> int:
        """Return the number in a column; 0 where there are no data."""
        value = self.cells[column.key]
        return value if isinstance(value, int) else 0

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain data."""
        return {"key": self.key, "label": self.label, "is_missing": self.is_missing, "cells": dict(self.cells)}


@dataclass(frozen=True)
class Checked:
    """An equation with the two sides it came to in the totals, and the rows in which they differ."""

    check: Check
    left: int
    right: int
    rows: tuple[tuple[str, int], ...]
    explanations: tuple[tuple[str, int], ...]

    @property
    def difference(self) -> int:
        """Return how much larger the left side is."""
        return self.left - self.right

    @property
    def unexplained(self) -> int:
        """Return what is left of the difference after the explanations."""
        return self.difference - sum(count for _, count in self.explanations)

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as plain data."""
        return {
            "equation": self.check.text,
            "left": self.left,
            "right": self.right,
            "difference": self.difference,
            "unexplained": self.unexplained,
            "rows": [{"label": label, "difference": difference} for label, difference in self.rows],
            "explanations": [{"label": label, "count": count} for label, count in self.explanations],
            "lines": list(check_sentence(self.check.text, self.left, self.right, self.rows, self.explanations)),
        }


@dataclass(frozen=True)
class FilledForm:
    """A definition with header, rows, totals, checks and notes."""

    definition: Definition
    header: Header
    rows: tuple[FilledRow, ...]
    totals: FilledRow | None
    identity: tuple[Checked, ...]
    notes: tuple[str, ...]

    @property
    def period_line(self) -> str:
        """Return ``Quý IV năm 2026 (từ ngày 15/9/2026 đến ngày 14/12/2026)``."""
        return period_line(self.header.period_label, self.header.period)

    @property
    def check_lines(self) -> tuple[str, ...]:
        """Return the lines under the table that say whether the numbers agree."""
        return tuple(line for checked in self.identity for line in checked.as_json()["lines"])

    @property
    def draft_lines(self) -> tuple[str, ...]:
        """Return what the reader of a draft must know of the form itself: the parts that nobody has verified."""
        parts = [mark.part for mark in self.definition.marks if mark.confidence is not Confidence.SECONDARY]
        return (f"Phần chưa đối chiếu với văn bản ban hành mẫu: {'; '.join(parts)}.",) if self.header.is_draft and parts else ()

    def as_json(self) -> dict[str, Any]:
        """Return the whole form as plain data, in a fixed order."""
        form = self.definition
        return {
            "form": {
                "key": form.key,
                "from": form.period.start.isoformat(),
                "until": form.period.end.isoformat() if form.period.end else None,
                "form_number": form.form_number,
                "title": form.title,
                "subtitle": form.subtitle,
                "legal_basis": form.legal_basis,
                "unit_of_count": form.unit_of_count,
                "rows": form.rows.value,
            },
            "header": _plain_header(self.header),
            "columns": [_plain_column(column) for column in form.columns],
            "rows": [row.as_json() for row in self.rows],
            "totals": self.totals.as_json() if self.totals else None,
            "identity": [checked.as_json() for checked in self.identity],
            "notes": list(self.notes),
            "marks": [
                {"part": mark.part, "confidence": mark.confidence.value, "source": mark.source, "remark": mark.remark}
                for mark in form.marks
            ],
        }


def fill(
    definition: Definition,
    header: Header,
    rows: Iterable[Row | tuple[str, Mapping[str, int]]],
    *,
    explanations: Sequence[tuple[str, int]] = (),
    notes: Sequence[str] = (),
) -> FilledForm:
    """Return the form filled with the rows, in their order.

    ``explanations`` say what the difference of the first check consists of, as (label, count); ``notes`` are sentences under the table.
    Raises ``Invalid`` for a value that is missing, unknown, or no whole number from 0, for two rows of one key, and a period without end.
    """
    given = [Row(*row) for row in rows]
    problems = _problems(definition, header, given)
    if problems:
        raise Invalid(problems)
    filled = tuple(_filled(definition, row, ordinal) for ordinal, row in enumerate(given, start=1))
    counted = [row for row in filled if not row.is_missing]
    totals = None if definition.totals is TotalsPlace.NONE else _totals(definition, counted)
    missing = [row.label for row in filled if row.is_missing]
    return FilledForm(
        definition=definition,
        header=header,
        rows=filled,
        totals=totals,
        identity=_identity(definition, counted, explanations),
        notes=(*([missing_sentence(missing, has_totals=totals is not None)] if missing else []), *(clean(note) for note in notes)),
    )


def _filled(definition: Definition, row: Row, ordinal: int) -> FilledRow:
    label = clean(row.label)
    numbers = _computed(definition, row.values) if row.values is not None else dict.fromkeys(_keys(definition.numbers))
    return FilledRow(
        key=row.key or label,
        label=label,
        is_missing=row.values is None,
        cells=_cells(definition, label=label, ordinal=ordinal, numbers=numbers, texts=row.texts),
    )


def _totals(definition: Definition, rows: Sequence[FilledRow]) -> FilledRow:
    sums = {column.key: sum(row.number(column) for row in rows) for column in definition.given}
    cells = _cells(definition, label=definition.totals_label, ordinal=None, numbers=_computed(definition, sums), texts={})
    return FilledRow(key="", label=definition.totals_label, is_missing=False, cells=cells)


def _computed(definition: Definition, values: Mapping[str, int]) -> dict[str, int | None]:
    by_number = {column.number: values[column.key] for column in definition.given}
    for column in definition.computed:
        if column.formula:
            by_number[column.number] = column.formula.of(by_number)
    return {column.key: by_number[column.number] for column in definition.numbers}


def _cells(
    definition: Definition, *, label: str, ordinal: int | None, numbers: Mapping[str, int | None], texts: Mapping[str, str]
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for column in definition.leaves:
        match column.kind:
            case ColumnKind.ORDINAL:
                cells[column.key] = ordinal
            case ColumnKind.LABEL:
                cells[column.key] = label
            case ColumnKind.NUMBER:
                cells[column.key] = numbers.get(column.key)
            case ColumnKind.TEXT:
                cells[column.key] = clean(texts.get(column.key, ""))
    return cells


def _identity(definition: Definition, rows: Sequence[FilledRow], explanations: Sequence[tuple[str, int]]) -> tuple[Checked, ...]:
    found = []
    for index, equation in enumerate(definition.checks):
        sides = []
        for row in rows:
            values = {column.number: row.number(column) for column in definition.numbers}
            sides.append((row.label, equation.left.of(values), equation.right.of(values)))
        found.append(
            Checked(
                check=equation,
                left=sum(left for _, left, _ in sides),
                right=sum(right for _, _, right in sides),
                rows=tuple((label, left - right) for label, left, right in sides if left != right),
                explanations=tuple((clean(label), count) for label, count in explanations) if index == 0 else (),
            )
        )
    return tuple(found)


def _problems(definition: Definition, header: Header, rows: Sequence[Row]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if header.period.end is None:
        problems["period"] = "Kỳ báo cáo phải có ngày kết thúc. Chọn lại kỳ."
    for name, value, label in (("reporter", header.reporter, "đơn vị báo cáo"), ("period_label", header.period_label, "tên kỳ báo cáo")):
        if not value.strip():
            problems[name] = f"Thiếu {label}. Điền rồi lập biểu lại."
    seen: set[str] = set()
    for row in rows:
        label = clean(row.label)
        wrong = _wrong(definition, row, label)
        if (row.key or label) in seen:
            wrong = f"Dòng «{label}» có hai lần. Gộp lại hoặc phân biệt bằng mã."
        if wrong:
            problems.setdefault("rows", wrong)
        seen.add(row.key or label)
    return problems


def _wrong(definition: Definition, row: Row, label: str) -> str:
    if not label:
        return "Có dòng không có tên. Mỗi dòng phải có tên."
    foreign = sorted(set(row.values or {}) - _keys(definition.given)) + sorted(set(row.texts) - _keys(definition.texts))
    if foreign:
        return f"Dòng «{label}» có số liệu «{foreign[0]}» không thuộc cột nào được điền của mẫu «{definition.key}»."
    for column in definition.given if row.values is not None else ():
        value = (row.values or {}).get(column.key)
        if value is None:
            return f"Dòng «{label}» thiếu số liệu cột {column.number} «{column.phrase}»."
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            return f"Dòng «{label}», cột {column.number} «{column.phrase}»: «{value}» không phải số nguyên từ 0 trở lên."
    return ""


def _keys(columns: Iterable[Column]) -> set[str]:
    return {column.key for column in columns}


def _plain_header(header: Header) -> dict[str, Any]:
    return {
        "reporter": header.reporter,
        "receiver": header.receiver,
        "period_label": header.period_label,
        "first_day": header.period.start.isoformat(),
        "last_day": header.period.last.isoformat() if header.period.last else None,
        "period_line": period_line(header.period_label, header.period),
        "place": header.place,
        "preparer": header.preparer,
        "signer_lines": list(header.signer_lines),
        "signer": header.signer,
        "is_draft": header.is_draft,
    }


def _plain_column(column: Column) -> dict[str, Any]:
    if column.columns:
        return {"heading": column.heading, "columns": [_plain_column(child) for child in column.columns]}
    return {
        "heading": column.heading,
        "key": column.key,
        "number": column.number,
        "kind": column.kind.value,
        "formula": column.formula.text if column.formula else None,
        "figure": column.figure or None,
    }
