"""Figures as a page shows them: numbers in Vietnamese form, each a link to what is behind it, hidden where too few are counted."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cchc.figures import api as figures
from cchc.figures.api import MINIMUM
from cchc.kernel.figures import Dimension, Figure
from cchc.web.board.asking import Question
from cchc.web.ui.shapes import Cell, Number, Tone
from cchc.web.ui.vietnamese import day_text, number_text

LATE = frozenset({"cases.ii06.overdue", "cases.ii06.late", "cases.became_late"})


def value_text(figure: Figure, value: Decimal | None) -> str:
    """Return ``1.234``, ``97,62 %``, or a dash where the figure has no value."""
    if value is None:
        return "–"
    return f"{number_text(value)}\u00a0%" if figure.unit == "%" else number_text(value)


def strip(question: Question, tables: Sequence[figures.PublicTable], *, whole: bool = False) -> list[Number]:
    """Return the numbers on top of a page; ``whole`` for readers of the office, who see small ones too."""
    contested = contested_in(question, [shown.table.figure.key for shown in tables], [question.unit.id])
    return [
        _number(
            question,
            shown,
            is_hidden=shown.total_hidden and not whole,
            is_contested=number_of(question, shown.table.figure.key) in contested,
        )
        for shown in tables
    ]


def contested_in(question: Question, keys: Collection[str], unit_ids: Collection[int]) -> frozenset[figures.ContestedNumber]:
    """Return the numbers of these figures and units that are contested and unanswered in the period. One query."""
    return figures.open_contests(keys, unit_ids=unit_ids, period=question.period) if keys else frozenset()


def number_of(question: Question, key: str, *, unit_id: int | None = None, more: Mapping[Dimension, str] | None = None) -> Any:
    """Return a number of the question as contests name it; ``more`` narrows it further."""
    only = {**question.only, **(more or {})}
    return key, unit_id or question.unit.id, frozenset((cut.value, value) for cut, value in only.items())


def _number(question: Question, shown: figures.PublicTable, *, is_hidden: bool, is_contested: bool) -> Number:
    figure, total = shown.table.figure, shown.table.total
    tone: Tone = "late" if figure.key in LATE and total.number and not is_hidden else ""
    of = _("của %(count)s hồ sơ") % {"count": number_text(total.of)} if total.of and not is_hidden else ""
    if is_contested:
        of = " · ".join(text for text in (of, _("đang được kiến nghị")) if text)
    return Number(
        value=hidden_text() if is_hidden else value_text(figure, total.value),
        label=_(figure.label),
        url=question.url(figure.key),
        note=of,
        tone=tone,
        definition=_(figure.definition),
        formula=_(figure.formula),
        period=period_text(question),
        clause=_(figure.clause) if figure.clause else "",
    )


def cell(figure: Figure, line: figures.Line, *, hidden: bool, url: str = "", is_contested: bool = False) -> Cell:
    """Return a line as the cell of a table."""
    if hidden:
        # The second one of a table is hidden so that the first cannot be had by subtraction; it is not small.
        return Cell(hidden_text() if figures.is_small(line.size) else _("ẩn"), url, is_hidden=True, is_contested=is_contested)
    part = float(line.value) / 100 if line.of is not None and line.value is not None else None
    detail = f"{number_text(line.number)}/{number_text(line.of)}" if line.of is not None else ""
    is_late = figure.key in LATE and line.number > 0
    return Cell(value_text(figure, line.value), url, part, detail, is_late=is_late, is_contested=is_contested)


def hidden_text() -> str:
    """Return what stands in the place of a small cell."""
    return f"<\u00a0{MINIMUM}"


def period_text(question: Question) -> str:
    """Return ``15/12/2025 đến hết 26/11/2026``."""
    return _("%(start)s đến hết %(last)s") % {"start": day_text(question.period.start), "last": day_text(question.last)}
