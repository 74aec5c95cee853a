"""The edition of a subject, and readings that are held for as long as it stands."""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from cchc.editions.models import Stamp
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


def rests_on(*subjects: str, most: int = 128) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorate a reading that rests on these subjects alone: within ``standing`` it is held in the process until one of them changes.

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
            return of_edition(edition(*subjects), args, named)

        return read

    return decorate
