"""A form as data: its words, its columns as a tree, its formulas and checks. A new circular is a new folder, not new code.

The form of the data is described in ``seeds/reference/reports/README.md``; what contradicts itself is refused with a sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from cchc.kernel.period import Period
from cchc.kernel.terms import Term
from cchc.kernel.text import clean
from cchc.reports.rules.formulas import BadDefinition, Check, Formula, check, formula, in_order
from cchc.reports.terms import ColumnKind, Confidence, Level, RowDimension, TotalsPlace

TermT = TypeVar("TermT", bound=Term)
_WIDTHS = {ColumnKind.ORDINAL: 7, ColumnKind.LABEL: 34, ColumnKind.NUMBER: 11, ColumnKind.TEXT: 18}
# Behind the key of a figure: its denominator.
WHOLE = ":of"
# A formula is printed under the head of its column and is longer than a number.
_COMPUTED_WIDTH = 13
_KNOWN = frozenset(
    {"key", "from", "until", "form_number", "sheet", "title", "subtitle", "reporter_label", "receiver_label", "unit_of_count"}
    | {"legal_basis", "levels", "rows", "row_name", "totals", "totals_label", "empty", "preparer", "head", "columns", "checks", "marks"}
    | {"lines"}
)
_KNOWN_OF_COLUMN = frozenset({"key", "number", "heading", "kind", "formula", "figure", "phrase", "width", "columns"})


@dataclass(frozen=True)
class Column:
    """A leaf column, or a heading over others (``columns``).

    ``number`` is the printed label ``(4)``. ``figure`` names the published number that fills it; a column with a ``formula`` is computed.
    ``phrase`` is how a sentence names it (``Hồ sơ đã giải quyết quá hạn``); ``width`` counts characters.
    """

    heading: str
    key: str = ""
    number: str = ""
    kind: ColumnKind = ColumnKind.NUMBER
    formula: Formula | None = None
    figure: str = ""
    phrase: str = ""
    width: int = 0
    columns: tuple["Column", ...] = ()

    @property
    def leaves(self) -> tuple["Column", ...]:
        """Return the columns that hold cells, from left to right; of a leaf, itself."""
        return tuple(leaf for column in self.columns for leaf in column.leaves) if self.columns else (self,)


@dataclass(frozen=True)
class Mark:
    """How a part of the form is known, where it was read, and what is left to verify."""

    part: str
    confidence: Confidence
    source: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Source:
    """Which number fills a cell: of a figure, or of the denominator of its share (``is_whole``)."""

    figure: str
    is_whole: bool = False


@dataclass(frozen=True)
class Line:
    """A row that the form itself names, with the figure of each of its columns: the rows of such a form are given, not found."""

    key: str
    label: str
    sources: Mapping[str, Source] = field(hash=False)


@dataclass(frozen=True)
class Definition:
    """One form in one period of validity. ``data`` is what it was read from, so that a report can keep its form with its numbers."""

    key: str
    period: Period
    form_number: str
    sheet: str
    title: str
    subtitle: str
    reporter_label: str
    receiver_label: str
    unit_of_count: str
    legal_basis: str
    levels: tuple[Level, ...]
    rows: RowDimension
    row_name: str
    totals: TotalsPlace
    totals_label: str
    empty: str
    preparer: str
    head: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def leaves(self) -> tuple[Column, ...]:
        """Return the columns that hold cells, from left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves)

    @cached_property
    def given(self) -> tuple[Column, ...]:
        """Return the number columns that the caller fills."""
        return tuple(column for column in self.numbers if column.formula is None)

    @cached_property
    def numbers(self) -> tuple[Column, ...]:
        """Return the number columns, given and computed, from left to right."""
        return tuple(column for column in self.leaves if column.kind is ColumnKind.NUMBER)

    @cached_property
    def texts(self) -> tuple[Column, ...]:
        """Return the columns of words, besides the label."""
        return tuple(column for column in self.leaves if column.kind is ColumnKind.TEXT)

    @cached_property
    def computed(self) -> tuple[Column, ...]:
        """Return the computed columns so that each stands after those it needs."""
        by_number = {column.number: column for column in self.numbers}
        return tuple(by_number[number] for number in in_order(_formulas(self.numbers)))

    def column(self, key: str) -> Column:
        """Return the leaf column of that key; ``KeyError`` when there is none."""
        return {column.key: column for column in self.leaves}[key]


def parse(data: Mapping[str, Any]) -> Definition:
    """Return the form that the data describe; ``BadDefinition`` when a word is unknown, missing, double, or a formula cannot be computed."""
    _only(data, _KNOWN, "mẫu")
    try:
        columns = tuple(_column(row) for row in data["columns"])
        made = Definition(
            key=_text(data, "key"),
            period=_period(data["from"], data.get("until")),
            form_number=_text(data, "form_number", default=""),
            sheet=_text(data, "sheet"),
            title=_text(data, "title"),
            subtitle=_text(data, "subtitle", default=""),
            reporter_label=_text(data, "reporter_label", default="Đơn vị báo cáo"),
            receiver_label=_text(data, "receiver_label", default="Đơn vị nhận báo cáo"),
            unit_of_count=_text(data, "unit_of_count", default=""),
            legal_basis=_text(data, "legal_basis", default=""),
            levels=tuple(_term(Level, word) for word in data["levels"]),
            rows=_term(RowDimension, data["rows"]),
            row_name=_text(data, "row_name", default=_term(RowDimension, data["rows"]).label),
            totals=_term(TotalsPlace, data["totals"]),
            totals_label=_text(data, "totals_label", default="Tổng số"),
            empty=_text(data, "empty", default="Không phát sinh"),
            preparer=_text(data, "preparer", default="Người lập biểu"),
            head=_text(data, "head", default="Thủ trưởng đơn vị"),
            columns=columns,
            checks=tuple(check(text) for text in data.get("checks", ())),
            marks=tuple(_mark(row) for row in data["marks"]),
            lines=tuple(_line(row) for row in data.get("lines", ())),
            data=data,
        )
    except KeyError as error:
        raise BadDefinition(f"Thiếu mục «{error.args[0]}» trong định nghĩa mẫu «{data.get('key', '?')}».") from error
    _refuse_contradictions(made)
    return made


def _column(data: Mapping[str, Any]) -> Column:
    _only(data, _KNOWN_OF_COLUMN, f"cột «{data.get('heading', '?')}»")
    heading = _text(data, "heading")
    children = tuple(_column(row) for row in data.get("columns", ()))
    if children:
        extra = sorted(data.keys() - {"heading", "columns"})
        if extra:
            raise BadDefinition(f"Tiêu đề chung «{heading}» có cột con nên không được có {', '.join(extra)}.")
        return Column(heading=heading, columns=children)
    kind = _term(ColumnKind, data.get("kind", "number"))
    return Column(
        heading=heading,
        key=_text(data, "key"),
        number=_text(data, "number"),
        kind=kind,
        formula=formula(data["formula"]) if "formula" in data else None,
        figure=_text(data, "figure", default=""),
        phrase=_text(data, "phrase", default=heading),
        width=data.get("width", _COMPUTED_WIDTH if "formula" in data else _WIDTHS[kind]),
    )


def _refuse_contradictions(made: Definition) -> None:
    if len(made.sheet) > 31 or set(made.sheet) & set("[]:*?/\\"):  # noqa: PLR2004 (Excel takes no longer name)
        raise BadDefinition(f"Tên trang tính «{made.sheet}» phải ngắn hơn 32 ký tự và không có [ ] : * ? / \\.")
    _refuse_doubles("key", [column.key for column in made.leaves])
    _refuse_doubles("number", [column.number for column in made.leaves])
    _refuse_wrong_lines(made)
    for column in made.leaves:
        _refuse_wrong_column(column, has_lines=bool(made.lines))
    labels = [column for column in made.leaves if column.kind is ColumnKind.LABEL]
    if len(labels) != 1:
        raise BadDefinition(f"Mẫu «{made.key}» phải có đúng một cột tên dòng (kind = label), đang có {len(labels)}.")
    if sum(column.kind is ColumnKind.ORDINAL for column in made.leaves) > 1:
        raise BadDefinition(f"Mẫu «{made.key}» chỉ được có một cột số thứ tự (kind = ordinal).")
    known = {column.number for column in made.numbers}
    for column in made.computed:
        _refuse_unknown(column.formula.numbers if column.formula else (), known, f"Công thức cột {column.number}")
    for equation in made.checks:
        _refuse_unknown((*equation.left.numbers, *equation.right.numbers), known, f"Phép kiểm tra «{equation.text}»")
    if made.totals is not TotalsPlace.NONE and not made.numbers:
        raise BadDefinition(f"Mẫu «{made.key}» không có cột số nên không thể có dòng tổng: ghi totals = none.")


def _refuse_wrong_column(column: Column, *, has_lines: bool) -> None:
    if column.kind is not ColumnKind.NUMBER and (column.formula or column.figure):
        raise BadDefinition(f"Cột {column.number} «{column.heading}» không phải cột số nên không có formula hay figure.")
    if has_lines and column.figure:
        raise BadDefinition(
            f"Cột {column.number} «{column.heading}»: mẫu có [[lines]] thì số liệu ghi ở từng dòng, không ghi figure ở cột."
        )
    if not has_lines and column.kind is ColumnKind.NUMBER and bool(column.formula) == bool(column.figure):
        raise BadDefinition(f"Cột {column.number} «{column.heading}» phải có đúng một trong hai: formula hoặc figure.")
    if column.width < 1:
        raise BadDefinition(f"Cột {column.number} «{column.heading}»: width phải là số nguyên dương.")


def _refuse_wrong_lines(made: Definition) -> None:
    keys = [line.key for line in made.lines]
    if len(set(keys)) < len(keys):
        raise BadDefinition(f"Mẫu «{made.key}» có hai dòng cùng key. Mỗi dòng phải có key riêng.")
    wanted = {column.key for column in made.given}
    for line in made.lines:
        if set(line.sources) != wanted:
            raise BadDefinition(f"Dòng «{line.label}» phải ghi số liệu của đúng các cột: {', '.join(sorted(wanted))}.")


def _refuse_unknown(numbers: Sequence[str], known: set[str], where: str) -> None:
    for number in numbers:
        if number not in known:
            raise BadDefinition(f"{where} dùng cột {number}, nhưng mẫu không có cột số nào như vậy.")


def _refuse_doubles(name: str, values: Sequence[str]) -> None:
    double = next((value for value in values if values.count(value) > 1), None)
    if double is not None:
        raise BadDefinition(f"Hai cột cùng có {name} = «{double}». Mỗi cột phải có {name} riêng.")


def _formulas(columns: Sequence[Column]) -> dict[str, Formula]:
    return {column.number: column.formula for column in columns if column.formula}


def _mark(data: Mapping[str, Any]) -> Mark:
    _only(data, frozenset({"part", "confidence", "source", "remark"}), "marks")
    return Mark(
        part=_text(data, "part"),
        confidence=_term(Confidence, data["confidence"]),
        source=_text(data, "source", default=""),
        remark=_text(data, "remark", default=""),
    )


def _line(data: Mapping[str, Any]) -> Line:
    _only(data, frozenset({"key", "label", "figures"}), "lines")
    sources = {
        column: Source(text.removesuffix(WHOLE), text.endswith(WHOLE)) for column, text in data["figures"].items() if isinstance(text, str)
    }
    return Line(key=_text(data, "key"), label=_text(data, "label"), sources=sources)


def _period(start: object, end: object) -> Period:
    if not isinstance(start, date) or not (end is None or isinstance(end, date)):
        raise BadDefinition("from và until phải là ngày, viết như 2020-10-21.")
    try:
        return Period(start, end)
    except ValueError as error:
        raise BadDefinition(str(error)) from error


def _text(data: Mapping[str, Any], name: str, *, default: str | None = None) -> str:
    value = data[name] if default is None else data.get(name, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise BadDefinition(f"Mục «{name}» phải là chữ và không để trống.")
    return clean(value)


def _term(vocabulary: type[TermT], word: str) -> TermT:
    if word not in vocabulary.values():
        raise BadDefinition(f"«{word}» không phải là một trong: {', '.join(vocabulary.values())}.")
    return vocabulary(word)


def _only(data: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    foreign = sorted(data.keys() - known)
    if foreign:
        raise BadDefinition(f"Mục «{foreign[0]}» ở {where} không có nghĩa. Các mục được dùng: {', '.join(sorted(known))}.")
