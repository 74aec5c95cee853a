"""Imported values as a figure: of the very unit and the very days for which they were published."""

from collections.abc import Callable, Mapping

from cchc.figures.models import ImportedValue
from cchc.figures.queries.flows import scopes_of
from cchc.figures.rules.registry import Asked, Key, Ratio
from cchc.kernel.figures import Dimension


def imported(key: str) -> Callable[[Asked], Mapping[Key, Ratio]]:
    """Return the count of a figure that is fed by imports. Nothing is added up: a province's value is the one published for it."""

    def count(asked: Asked) -> Mapping[Key, Ratio]:
        if set(asked.by) - {Dimension.UNIT} or asked.only:
            return {}
        rows = ImportedValue.objects.filter(key=key, start=asked.period.start, last=asked.period.last)
        if asked.by:
            rows = rows.filter(unit_id__in=[scope.unit_id for scope in scopes_of(asked.unit_id)])
            return {(row.unit_id,): _ratio(row) for row in rows}
        own = rows.filter(unit_id=asked.unit_id).first()
        return {} if own is None else {(): _ratio(own)}

    return count


def _ratio(row: ImportedValue) -> Ratio:
    return Ratio(float(row.number), None if row.of is None else float(row.of))
