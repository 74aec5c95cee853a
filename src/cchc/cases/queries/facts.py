"""What figures ask of the owner of the facts about files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Max, Min

from cchc.cases.models import Spell
from cchc.cases.queries.flows import recount, recount_statement, stock
from cchc.cases.queries.replay import disagreements
from cchc.figures.api import Counts, Recount, Scope
from cchc.kernel.local import local_date
from cchc.kernel.period import Period

Key = tuple[object, ...]


class CaseFacts:
    """The spells, as ``figures.Facts`` wants them."""

    def statement(self, scopes: Iterable[Scope], period: Period, by: Sequence[str]) -> Recount:
        """Return the statement that counts the flows of a period by the cuts."""
        return recount_statement(scopes, period, by)

    def recount(self, scopes: Iterable[Scope], period: Period, by: Sequence[str]) -> dict[Key, Counts]:
        """Count the flows of a period by the cuts."""
        return recount(scopes, period, by)

    def stock(self, scopes: Iterable[Scope], day: date, by: Sequence[str]) -> dict[Key, Counts]:
        """Count what is open at the first instant of a day."""
        return stock(scopes, day, by)

    def days(self) -> Period | None:
        """Return the days on which anything counts: from the first receipt to the last end, or the last promise still to be broken."""
        found = Spell.objects.filter(agency__isnull=False).aggregate(
            first=Min("begins"), last=Max("begins"), ended=Max("ends"), broken=Max("late_at")
        )
        if found["first"] is None:
            return None
        last: datetime = max(moment for name, moment in found.items() if name != "first" and moment is not None)
        return Period(local_date(found["first"]), local_date(last) + timedelta(days=1))

    def owners(self) -> tuple[int, ...]:
        """Return the agencies that have, or had, a case."""
        return tuple(Spell.objects.filter(agency__isnull=False).order_by("agency").values_list("agency", flat=True).distinct())

    def check(self, progress: Callable[[int, int], None]) -> Iterator[str]:
        """Tell every case's story again from its journal and compare."""
        return disagreements(progress)
