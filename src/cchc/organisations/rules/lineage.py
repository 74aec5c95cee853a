"""Lineage: what is known of a unit's share after several reorganisations in a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc.organisations.terms import SuccessionKind

# Shares are kept, and given, with this many decimals.
DECIMALS = 8

# From the loosest tie to the closest: a path is as loose as its loosest edge.
_LOOSEST_FIRST = (
    SuccessionKind.SPLIT,
    SuccessionKind.MERGED,
    SuccessionKind.REPLACED,
    SuccessionKind.RENAMED,
    SuccessionKind.CONTINUED,
)


@dataclass(frozen=True)
class Path:
    """One way from a unit to another through the edges of lineage. ``share`` is the product, None when one is unknown."""

    start: int
    end: int
    share: Decimal | None
    kinds: tuple[SuccessionKind, ...]
    is_default: bool


@dataclass(frozen=True)
class Tie:
    """What ties a start to an end when all paths between them are taken together."""

    share: Decimal | None
    kind: SuccessionKind
    is_default: bool


def tie(paths: Sequence[Path]) -> Tie:
    """Return the tie of the paths between one start and one end: shares add up, one unknown makes the sum unknown."""
    shares = [path.share for path in paths]
    known = [share for share in shares if share is not None]
    return Tie(
        share=round(sum(known, Decimal(0)), DECIMALS) if len(known) == len(shares) else None,
        kind=loosest(kind for path in paths for kind in path.kinds),
        is_default=any(path.is_default for path in paths),
    )


def loosest(kinds: Iterable[SuccessionKind]) -> SuccessionKind:
    """Return the loosest of the kinds; no kind at all is a unit that went on unchanged."""
    given = set(kinds)
    return next((kind for kind in _LOOSEST_FIRST if kind in given), SuccessionKind.CONTINUED)


def problem_with_shares(*, shares: Sequence[Decimal | None]) -> str:
    """Return the Vietnamese sentence that says why the shares of a split cannot be, or an empty text.

    Each known share lies between 0 and 1; together they do not pass 1, make exactly 1 when all are known, and leave room for
    the unknown ones.
    """
    known = [share for share in shares if share is not None]
    if any(share <= 0 or share >= 1 for share in known):
        return "Tỷ lệ của mỗi phần phải lớn hơn 0 và nhỏ hơn 1; chưa biết thì để trống."
    total = sum(known, Decimal(0))
    if len(known) == len(shares) and total != 1:
        return f"Tổng tỷ lệ các phần phải bằng 1, hiện là {f'{total.normalize():f}'.replace('.', ',')}."
    if len(known) < len(shares) and total >= 1:
        return "Tổng các tỷ lệ đã biết phải nhỏ hơn 1, để còn chỗ cho phần chưa biết."
    return ""
