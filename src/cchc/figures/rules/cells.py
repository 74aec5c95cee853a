"""Small cells: what the public is not told, because few files could be recognised.

A count from 1 to 4 is hidden, and so is a share or a median of so few. Where only one cell of a table is hidden it could be had by
subtraction from the total, so the smallest other one is hidden too. The minimum of 5 is ours (`practice.md`, unit results in batches of
five).
"""

from collections.abc import Sequence

MINIMUM = 5
# A number about one officer tells of chance before so many records of one field (the brief of the figures; ours, ADR 19).
FEWEST_OF_OFFICER = 30


def is_small(size: float, *, minimum: int = MINIMUM) -> bool:
    """Say whether a cell tells of too few records: fewer than the minimum, and not of none."""
    return 0 < size < minimum


def hidden(sizes: Sequence[float], *, minimum: int = MINIMUM) -> list[bool]:
    """Return which cells of one table are hidden, by how many records each tells of. What has nothing in it is never hidden."""
    small = [is_small(size, minimum=minimum) for size in sizes]
    if sum(small) != 1:
        return small
    others = [(size, place) for place, size in enumerate(sizes) if not small[place] and size > 0]
    if others:
        small[min(others)[1]] = True
    return small
