"""Places by points. Equal points share a place; how the next place is counted is the method's."""

from collections.abc import Sequence
from decimal import Decimal

from cchc.scoring.terms import RankMethod


def ranks(points: Sequence[Decimal | None], method: RankMethod = RankMethod.COMPETITION) -> list[int | None]:
    """Return the place of each, the most points first, in the order given; who has no points has no place.

    Give the points as they are published: two units that look equal must not have different places.
    """
    known = [value for value in points if value is not None]
    ahead = sorted(set(known) if method is RankMethod.DENSE else known, reverse=True)
    place: dict[Decimal, int] = {}
    for index, value in enumerate(ahead, start=1):
        place.setdefault(value, index)
    return [None if value is None else place[value] for value in points]
