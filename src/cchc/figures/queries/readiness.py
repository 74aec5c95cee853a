"""Since when anything is counted here, and whether something of the past still waits to be counted."""

from datetime import date

from django.db.models import Min

from cchc.figures.models import HalfMonthFlow, Stale
from cchc.figures.queries.flows import scopes_of
from cchc.kernel.standing import kept


@kept
def first_day() -> date | None:
    """Return the first day of the first half-month in which anything is counted here; None while nothing is. One query."""
    found: date | None = HalfMonthFlow.objects.aggregate(first=Min("start"))["first"]
    return found


def waits_before(unit_id: int, day: date) -> bool:
    """Say whether anything that happened before the day, in the unit or under it, waits to be counted again. Four queries."""
    units = [scope.unit_id for scope in scopes_of(unit_id)]
    return Stale.objects.filter(unit_id__in=units, since__lt=day).exists()
