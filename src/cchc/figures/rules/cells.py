"""Small cells: what the public is not told, because few files could be recognised.

A count from 1 to 4 is hidden, and so is a share of so few. Where only one cell of a table is hidden it could be had by subtraction
from the total, so the smallest other one is hidden too. The minimum of 5 is ours (`practice.md`, unit results in batches of five).
"""

from collections.abc import Sequence

MINIMUM = 5


def is_small(*, number: float, of: float | None, minimum: int = MINIMUM) -> bool:
    """Say whether a cell tells of too few: a count below the minimum that is not nought, or a share of fewer than the minimum."""
    counted = number if of is None else of
    return 0 < counted < minimum


def hidden(cells: Sequence[tuple[float, float | None]], *, minimum: int = MINIMUM) -> list[bool]:
    """Return which of the (number, denominator) cells of one table are hidden. What has nothing in it is never hidden."""
    small = [is_small(number=number, of=of, minimum=minimum) for number, of in cells]
    if sum(small) != 1:
        return small
    others = [(number if of is None else of, place) for place, (number, of) in enumerate(cells) if not small[place]]
    others = [(size, place) for size, place in others if size > 0]
    if others:
        small[min(others)[1]] = True
    return small
