"""Comparison: what is computed here beside what somebody published, difference by difference, and what explains it.

Published values come as ``unit,period,item,value``; an item is the code of a criterion or of a group, or ``total``. An empty
value is published too: the portal leaves out what it does not score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc.kernel.errors import Invalid
from cchc.scoring.rules.scoring import Scored
from cchc.scoring.rules.sets import CriteriaSet
from cchc.scoring.rules.tables import decimal, read_table
from cchc.scoring.terms import Why

COLUMNS = ("unit", "period", "item", "value")
TOTAL = "total"


@dataclass(frozen=True)
class Published:
    """A value that was published; nothing where it was left out."""

    unit: str
    period: str
    item: str
    value: Decimal | None


@dataclass(frozen=True)
class Difference:
    """A published value and ours. ``ours`` and ``difference`` are nothing where we have no points."""

    unit: str
    period: str
    item: str
    ours: Decimal | None
    published: Decimal | None
    known: bool

    @property
    def difference(self) -> Decimal | None:
        """Ours less the published value; nothing where one of them has no points."""
        return None if self.ours is None or self.published is None else self.ours - self.published

    @property
    def agrees(self) -> bool:
        """Whether both say the same, which two that leave it out do; what we have no facts for agrees with nothing."""
        return self.known and self.ours == self.published


def parse_published(text: str, criteria_set: CriteriaSet) -> tuple[Published, ...]:
    """Return the published values of a CSV text; ``Invalid`` names every line and column that is wrong."""
    items = {TOTAL, *(group.code for group in criteria_set.groups), *(criterion.code for criterion in criteria_set.criteria)}
    table = read_table(text, COLUMNS)
    problems = dict(table.problems)
    lines: dict[tuple[str, ...], int] = {}
    found = []
    for row in table.rows:
        unit, period, item = (row.cells[name] for name in ("unit", "period", "item"))
        for name, cell in (("unit", unit), ("period", period)):
            if not cell:
                problems[f"{row.line}.{name}"] = f"Dòng {row.line}, cột {name}: để trống."
        first = lines.setdefault((unit, period, item), row.line)
        if item not in items:
            problems[f"{row.line}.item"] = f"Dòng {row.line}, cột item: «{item}» không phải mã chỉ tiêu, mã nhóm hoặc «{TOTAL}»."
        elif first != row.line:
            problems[f"{row.line}.item"] = f"Dòng {row.line}, cột item: «{unit}», kỳ «{period}» đã có «{item}» ở dòng {first}."
        found.append(Published(unit, period, item, decimal(row, "value", problems)))
    if not table.rows and not problems:
        problems["rows"] = "Tệp không có dòng số liệu nào."
    if problems:
        raise Invalid(problems)
    return tuple(found)


def compare(scored: Mapping[str, Iterable[Scored]], published: Iterable[Published]) -> tuple[Difference, ...]:
    """Return a difference for each published value, in its order. ``scored`` maps a period to what was computed for it."""
    ours = {(period, each.unit): _items(each) for period, several in scored.items() for each in several}
    found = []
    for value in published:
        items = ours.get((value.period, value.unit), {})
        found.append(Difference(value.unit, value.period, value.item, items.get(value.item), value.value, known=value.item in items))
    return tuple(found)


def why(criteria_set: CriteriaSet, difference: Difference) -> Why:
    """Return what explains a difference, as far as it can be told from the set: who counts the criterion, and how small it is.

    A group and the total differ by their criteria. What neither side has points for is no difference.
    """
    if difference.agrees or (difference.ours is None and difference.published is None):
        return Why.SAME
    if not difference.known:
        return Why.MISSING
    criterion = criteria_set.find(difference.item)
    if criterion is None:
        return Why.PARTS
    if difference.difference is None:
        return Why.LEFT_OUT
    if abs(difference.difference) <= Decimal(1).scaleb(-criteria_set.places):
        return Why.ROUNDING
    return Why.COUNTED if criterion.figure else Why.IMPORTED


def weight(difference: Difference) -> Decimal:
    """Return how many points a difference is about: where one side has none, all those of the other."""
    return abs((difference.ours or Decimal(0)) - (difference.published or Decimal(0)))


def _items(scored: Scored) -> dict[str, Decimal | None]:
    return {**scored.metrics, **scored.groups, TOTAL: scored.total}
