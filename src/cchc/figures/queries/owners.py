"""Which units have anything counted, and under which one all of them stand."""

from datetime import date

from cchc.figures.rules.registry import facts
from cchc.kernel.standing import kept
from cchc.organisations import api as organisations


@kept
def owners() -> tuple[int, ...]:
    """Return the ids of the units that have, or had, files. One query."""
    return facts().owners()


def top_unit(day: date) -> organisations.UnitView | None:
    """Return the unit under which everything counted stands on the day: the only agency itself, else the lowest common one above.

    None while nothing is counted, and where several provinces are counted with nothing above them.
    """
    views = list(organisations.units_on(owners(), day).values())
    if not views:
        return None
    if len(views) == 1:
        return views[0]
    paths = [(*reversed(view.ancestor_ids), view.id) for view in views]
    common: int | None = None
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        common = level[0]
    return organisations.unit_on(common, day) if common is not None else None
