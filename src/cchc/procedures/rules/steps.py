"""What a step of the internal process is, where the published process does not say."""

import re
from collections.abc import Sequence

from cchc.kernel.text import clean, fold
from cchc.procedures.terms import StepKind

# With their accents: «kỹ thuật» is no signature.
_SIGNS = re.compile(r"(?:ký|kí|phê duyệt)\b")
_ASSIGNS = "phan cong"


def kinds(steps: Sequence[tuple[StepKind | None, str]]) -> tuple[StepKind, ...]:
    """Return the kind of every step from (kind, name) pairs in order.

    A kind that is given stands. Otherwise the first step takes the file in, the last gives the result back unless it signs, a step
    whose name begins with signing or approving is the signature, and every other one is work (inferred from the practice of
    provinces; unverified).
    """
    last = len(steps)
    return tuple(kind or _guess(place, last, clean(name).lower()) for place, (kind, name) in enumerate(steps, start=1))


def _guess(place: int, last: int, name: str) -> StepKind:
    if _SIGNS.match(name):
        return StepKind.APPROVE
    if place == 1:
        return StepKind.INTAKE
    if fold(name) == _ASSIGNS:
        return StepKind.ASSIGN
    return StepKind.RETURN if place == last else StepKind.PROCESS
