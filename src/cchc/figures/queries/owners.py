"""Which units have anything counted, and under which one all of them stand."""

from datetime import date

from cchc.figures.rules.registry import facts
from cchc.kernel.standing import kept
from cchc.organisations import api as organisations


@kept
def owners() -> tuple[int, ...]:
    """Return the ids of the units that have, or had, files. One query."""
    return facts().owners()


def top_units(day: date) -> tuple[organisations.UnitView, ...]:
    """Return the units under which everything counted stands on the day: the only agency itself, else the lowest common one above.

    Several where nothing is above all of them (two provinces): the highest of each. None while nothing is counted.
    """
    views = list(organisations.units_on(owners(), day).values())
    if len(views) <= 1:
        return tuple(views)
    paths = [(*reversed(view.ancestor_ids), view.id) for view in views]
    common: int | None = None
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        common = level[0]
    highest = {common} if common is not None else {path[0] for path in paths}
    return tuple(organisations.units_on(highest, day).values())
