"""What figures ask of the owner of the facts about files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db import connection

from cchc.cases.queries.flows import recount, recount_statement, stock
from cchc.cases.queries.replay import disagreements
from cchc.figures.api import Counts, Recount, Scope
from cchc.kernel.local import local_date
from cchc.kernel.period import Period

Key = tuple[object, ...]
# From one agency to the next through the index, without reading the spells in between.
_OWNERS = """
    WITH RECURSIVE owner AS (
        (SELECT agency_id FROM cases_spell WHERE agency_id IS NOT NULL ORDER BY agency_id LIMIT 1)
        UNION ALL
        SELECT (SELECT s.agency_id FROM cases_spell s WHERE s.agency_id > owner.agency_id ORDER BY s.agency_id LIMIT 1)
        FROM owner WHERE owner.agency_id IS NOT NULL
    )
"""
_DAYS = f"""
    {_OWNERS}
    SELECT min((SELECT min(s.begins) FROM cases_spell s WHERE s.agency_id = owner.agency_id)),
           max(GREATEST((SELECT max(s.begins) FROM cases_spell s WHERE s.agency_id = owner.agency_id),
                        (SELECT max(s.ends) FROM cases_spell s WHERE s.agency_id = owner.agency_id),
                        (SELECT max(s.late_at) FROM cases_spell s WHERE s.agency_id = owner.agency_id)))
    FROM owner WHERE agency_id IS NOT NULL
"""  # noqa: S608 (texts of this file alone)


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
        with connection.cursor() as cursor:
            cursor.execute(_DAYS)
            first, last = cursor.fetchone()
        return Period(local_date(first), local_date(last) + timedelta(days=1)) if first is not None else None

    def owners(self) -> tuple[int, ...]:
        """Return the agencies that have, or had, a case."""
        with connection.cursor() as cursor:
            cursor.execute(f"{_OWNERS} SELECT agency_id FROM owner WHERE agency_id IS NOT NULL")  # noqa: S608 (as above)
            return tuple(row[0] for row in cursor.fetchall())

    def check(self, progress: Callable[[int, int], None]) -> Iterator[str]:
        """Tell every case's story again from its journal and compare."""
        return disagreements(progress)
