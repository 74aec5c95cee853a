"""What has gone stale: noted in the transaction of the act, without waiting for anybody."""

from collections.abc import Iterable
from datetime import date, timedelta

from cchc.figures.models import Stale


def mark_stale(days: Iterable[tuple[int, date, str]]) -> None:
    """Note that these days of these units (ids) must be counted again, for files of a procedure (code). One statement."""
    Stale.objects.bulk_create(
        Stale(unit_id=unit, since=day, until=day + timedelta(days=1), procedure=procedure) for unit, day, procedure in days
    )


def mark_touched(unit_id: int, day: date) -> None:
    """Note that something about a file of the unit has changed of which no bucket tells: what is counted file by file may be different."""
    Stale.objects.create(unit_id=unit_id, since=day, until=day)


def mark_stale_from(unit_id: int, day: date) -> None:
    """Note that everything of a unit from a day on must be counted again: it stands elsewhere in the tree since then."""
    Stale.objects.create(unit_id=unit_id, since=day)
