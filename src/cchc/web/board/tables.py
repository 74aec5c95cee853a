"""The tables of a board: one row for each unit or field, the same few figures in the columns, and who stands where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension, Figure
from cchc.kernel.text import vi_key
from cchc.scoring import api as scoring
from cchc.web.board.asking import NARROWED, Question, address, unit_address
from cchc.web.board.names import shown_name
from cchc.web.board.shown import cell, contested_in, number_of
from cchc.web.ui.dimensions import Known, known
from cchc.web.ui.shapes import Cell, Row

RECEIVED, DONE, ON_TIME, OVERDUE, ONLINE = (
    "cases.received",
    "cases.ii06.done",
    "cases.on_time_share",
    "cases.ii06.overdue",
    "cases.online_share",
)
STRIP = (RECEIVED, DONE, ON_TIME, OVERDUE, ONLINE)
COLUMNS = (RECEIVED, DONE, ON_TIME, OVERDUE)


@dataclass(frozen=True)
class Table:
    """The figures of the columns, and the rows."""

    columns: tuple[Figure, ...]
    rows: tuple[Row, ...]
    shown: tuple[figures.PublicTable, ...] = ()

    def of(self, key: str) -> figures.PublicTable:
        """Return the figure of a column as it was read."""
        return next(item for item in self.shown if item.table.figure.key == key)


def table(question: Question, by: Dimension, *, keys: Sequence[str] = COLUMNS, ranked: bool = False, whole: bool = False) -> Table:
    """Return the figures cut by a dimension. With ``ranked`` by the share on time, best first, ties on the same rank.

    ``whole`` for readers of the office, who see small cells too.
    """
    shown = figures.public_tables(keys, unit_id=question.unit.id, period=question.period, by=[by], only=question.only, with_total=False)
    return tabled(question, by, shown, ranked=ranked, whole=whole)


def by_field(question: Question) -> tuple[figures.PublicTable, ...]:
    """Return the numbers on top of a board with their fields. One reading for both: all fields together are the unit."""
    return figures.public_tables(STRIP, unit_id=question.unit.id, period=question.period, by=[Dimension.FIELD])


def fields(question: Question, *, whole: bool = False) -> Table:
    """Return the fields of a board as a table."""
    shown = [item for item in by_field(question) if item.table.figure.key in COLUMNS]
    return tabled(question, Dimension.FIELD, shown, whole=whole)


def tabled(question: Question, by: Dimension, shown: Sequence[figures.PublicTable], *, ranked: bool = False, whole: bool = False) -> Table:
    """Return the table of figures that have been read, cut by the dimension."""
    keys = [item.table.figure.key for item in shown]
    found: dict[str, dict[str, tuple[figures.Line, bool]]] = {}
    for item in shown:
        for line, is_hidden in item.lines:
            found.setdefault(str(line.key[0]), {})[item.table.figure.key] = (line, is_hidden and not whole)
    names = known(by, found, on=question.last)
    ranks = _ranks(found) if ranked else {}
    units = [int(key) for key in found] if by is Dimension.UNIT else [question.unit.id]
    contested = contested_in(question, keys, units)
    elsewhere = question.query(don_vi=None)
    rows = []
    for key, numbers in found.items():
        changes = narrowing(by, names[key])
        query = question.query(**changes) if changes else ""
        cells = tuple(
            _cell(
                item.table.figure,
                numbers.get(item.table.figure.key),
                query,
                is_contested=bool(contested) and _place(question, item.table.figure.key, by, key) in contested,
            )
            for item in shown
        )
        rows.append(Row(key, shown_name(by, names[key]), _leads_to(by, names[key], query, elsewhere=elsewhere), cells, ranks.get(key) or 0))
    rows.sort(key=lambda row: (row.rank == 0, row.rank, vi_key(row.name)))
    return Table(tuple(item.table.figure for item in shown), tuple(rows), tuple(shown))


def _place(question: Question, key: str, by: Dimension, value: str) -> Any:
    """Return the number of a cell as contests name it."""
    return number_of(question, key, unit_id=int(value)) if by is Dimension.UNIT else number_of(question, key, more={by: value})


def subjects(keys: Sequence[str]) -> tuple[str, ...]:
    """Return on what a part of a page with these figures rests: their numbers, and what its rows are called."""
    return (*figures.subjects_of(keys), "procedures")


def narrowing(by: Dimension, what: Known) -> dict[str, str]:
    """Return the change of the question that keeps one line of a table; nothing where it goes no further."""
    if by is Dimension.UNIT:
        return {"don_vi": what.code}
    return {NARROWED[by].replace("-", "_"): what.code} if by in NARROWED and what.code else {}


def _ranks(found: dict[str, dict[str, tuple[figures.Line, bool]]]) -> dict[str, int | None]:
    """Return competition ranks by the share on time; a hidden share, or none, is not ranked."""
    values = [None if ON_TIME not in numbers or numbers[ON_TIME][1] else numbers[ON_TIME][0].value for numbers in found.values()]
    return dict(zip(found, scoring.ranks(values), strict=True))


def _leads_to(by: Dimension, what: Known, query: str, *, elsewhere: str) -> str:
    if by is Dimension.UNIT:
        return f"{unit_address(what.code)}?{elsewhere}"
    return f"{address(RECEIVED)}?{query}" if query else ""


def _cell(figure: Figure, found: tuple[figures.Line, bool] | None, query: str, *, is_contested: bool) -> Cell:
    if found is None:
        return Cell("0" if figure.unit != "%" else "–", is_contested=is_contested)
    line, is_hidden = found
    return cell(figure, line, hidden=is_hidden, url=f"{address(figure.key)}?{query}" if query else "", is_contested=is_contested)
