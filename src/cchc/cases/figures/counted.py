"""Figures that are counted file by file: of a set of spells, those for which something more is true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Q, QuerySet
from django.db.models.functions import TruncMonth

from cchc.cases.figures.parts import PARTS, Part, spells_in
from cchc.cases.models import Spell
from cchc.figures.api import Asked, Moved, Ratio, flows_of
from cchc.kernel.figures import Dimension
from cchc.kernel.local import VIETNAM
from cchc.kernel.local import at as at_local

BY = (Dimension.UNIT, Dimension.FIELD, Dimension.PROCEDURE, Dimension.CHANNEL, Dimension.MONTH)
_NAMES = {
    Dimension.UNIT: "agency_id",
    Dimension.FIELD: "field",
    Dimension.PROCEDURE: "procedure",
    Dimension.CHANNEL: "channel",
    Dimension.MONTH: "month_",
}
Key = tuple[object, ...]


class Percentile(Aggregate):
    """``percentile_cont`` of an expression; ``at`` from 0 to 1."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(at)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, *, at: float, **extra: Any) -> None:
        """Take the expression and the place."""
        super().__init__(expression, at=at, **extra)


@dataclass(frozen=True)
class Set:
    """A set of spells of a question, and the condition that makes one of them count.

    ``part`` tells which spells and by which moment they belong to the period. ``good`` is given the question; nothing that happened after
    its period may be looked at. ``whole`` says how many there are in the set where that is a sum of flows: then only the files that
    count are looked for, which are few, and not all of them.
    """

    part: Part
    good: Callable[[Asked], Q]
    whole: Callable[[Moved], int] | None = None

    def all(self, asked: Asked) -> QuerySet[Spell]:
        """Return the whole set."""
        return spells_in(self.part, asked)

    def those(self, asked: Asked) -> QuerySet[Spell]:
        """Return those that count: what a click on the number opens."""
        return self.all(asked).filter(self.good(asked))

    def count(self, asked: Asked) -> Mapping[Key, Ratio]:
        """Return how many count, of all, by the cuts."""
        if self.whole is None:
            found = _counted(self.all(asked), asked, self.part.moment, of_=Count("pk"), number_=Count("pk", filter=self.good(asked)))
            return {key: Ratio(row["number_"], row["of_"]) for key, row in found.items()}
        numbers = _counted(self.those(asked), asked, self.part.moment, number_=Count("pk"))
        of = {key: number for key, row in flows_of(asked).items() if (number := self.whole(row))}
        if not asked.by:
            # Of nothing at all there is still a share, whatever its rule says of it.
            of.setdefault((), 0)
        # The flows are a few seconds older than the files: of a file newer than that neither is told.
        return {key: Ratio(min(number, numbers[key]["number_"] if key in numbers else 0), number) for key, number in of.items()}


def _counted(spells: QuerySet[Spell], asked: Asked, moment: str, **wanted: Aggregate) -> dict[Key, Mapping[str, Any]]:
    rows, names = grouped(spells, asked, moment)
    found = rows.annotate(**wanted) if names else [rows.aggregate(**wanted)]
    return {key_of(row, names): row for row in found}


def part(name: str) -> Part:
    """Return a part of the work by name."""
    return PARTS[name]


def start_of(asked: Asked) -> datetime:
    """Return the first instant of the period."""
    return at_local(asked.period.start, time.min)


def end_of(asked: Asked) -> datetime:
    """Return the first instant after the period."""
    assert asked.period.end is not None, "a figure is asked for a closed period"
    return at_local(asked.period.end, time.min)


def grouped(spells: QuerySet[Spell], asked: Asked, moment: str) -> tuple[QuerySet[Any], list[str]]:
    """Return the spells grouped by the cuts of the question, and the names of the columns."""
    names = [_NAMES[cut] for cut in asked.by]
    rows: QuerySet[Any] = spells.order_by()
    if "month_" in names:
        rows = rows.annotate(month_=TruncMonth(moment, tzinfo=VIETNAM))
    return (rows.values(*names) if names else rows), names


def key_of(row: Mapping[str, Any], names: list[str]) -> Key:
    """Return the key of a row; a month as ``2026-11``."""
    return tuple(f"{row[name]:%Y-%m}" if name == "month_" else row[name] for name in names)


def median(spells: QuerySet[Spell], asked: Asked, moment: str, expression: Any, *, at: float = 0.5) -> Mapping[Key, Ratio]:
    """Return a percentile of an expression over spells, by the cuts; nothing for an empty set. Where it is unknown it is left out."""
    rows, names = grouped(spells, asked, moment)
    wanted = {"value_": Percentile(expression, at=at), "counted_": Count(expression)}
    found = rows.annotate(**wanted) if names else [rows.aggregate(**wanted)]
    return {key_of(row, names): Ratio(round(row["value_"], 2), counted=row["counted_"]) for row in found if row["value_"] is not None}
