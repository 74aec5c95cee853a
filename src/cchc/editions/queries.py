"""The edition of a subject, and readings that are held for as long as it stands."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar

from cchc.editions.models import MonthStamp, Stamp
from cchc.kernel.standing import is_hashable, is_standing, kept

P = ParamSpec("P")
T = TypeVar("T")


@kept
def _editions() -> Mapping[str, str]:
    """Return the stamps of each subject's tables together. One query of a page."""
    found: dict[str, str] = {}
    for subject, stamp in Stamp.objects.order_by("table").values_list("subject", "stamp"):
        found[subject] = found.get(subject, "") + stamp.hex
    return found


def edition(*subjects: str) -> str:
    """Return what changes with every change of these subjects. A subject of which nothing is watched is a mistake of ours."""
    known = _editions()
    return "".join(known[subject] for subject in subjects)


@kept
def _months() -> Mapping[str, tuple[list[date], list[str]]]:
    """Return the months of each table that is watched by month, in their order, and their stamps. One query of a page."""
    found: dict[str, tuple[list[date], list[str]]] = {}
    for table, month, stamp in MonthStamp.objects.order_by("table", "month").values_list("table", "month", "stamp"):
        months, stamps = found.setdefault(table, ([], []))
        months.append(month)
        stamps.append(stamp.hex)
    return found


@kept
def edition_between(first: date, end: date, *tables: str) -> str:
    """Return what changes whenever a row of these tables changes whose day lies in a calendar month that [``first``, ``end``) touches.

    A month in which there never was a row has no stamp, and gets one with its first row.
    """
    known, found = _months(), []
    for table in tables:
        months, stamps = known.get(table, ([], []))
        found += [table, *stamps[bisect_left(months, first.replace(day=1)) : bisect_left(months, end)]]
    return sha256("".join(found).encode()).hexdigest()


def rests_on(*subjects: str, most: int = 128) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorate a reading that rests on these subjects alone: it is ``held`` until one of them changes."""
    return held(lambda *_args, **_kwargs: edition(*subjects), most=most)


def held(edition_of: Callable[P, str], *, most: int = 128) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorate a reading that rests on one edition alone, told from its arguments: within ``standing`` the process holds it as long.

    Elsewhere every reading asks the database, as does one with arguments that have no hash. Readers share the answer: it must be one
    that nobody changes. At most so many answers are held.
    """

    def decorate(reading: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=most)
        def of_edition(_edition: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> T:
            return reading(*args, **dict(named))

        @wraps(reading)
        def read(*args: P.args, **kwargs: P.kwargs) -> T:
            named = tuple(sorted(kwargs.items()))
            if not is_standing() or not is_hashable((args, named)):
                return reading(*args, **kwargs)
            # The edition is read before the rows: what is read meanwhile may be newer than its name says, and never older.
            return of_edition(edition_of(*args, **kwargs), args, named)

        return read

    return decorate
