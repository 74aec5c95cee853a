"""How well a title answers what somebody typed: accents and typing errors forgiven. Pure, so it can be tested word by word."""

import re
from dataclasses import dataclass
from functools import lru_cache

from cchc.kernel.text import clean, fold

_WORDS = re.compile(r"[^\W_]+")
_LONG_WORD = 6
_SHORT_WORD = 3
_ASIDE = 0.8


@dataclass(frozen=True)
class Match:
    """A score between 0 and 100 and the stretches of the title to mark, as (start, end) in characters."""

    score: float
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Hit:
    place: int
    worth: float
    mark: tuple[int, int]


def match(*, query: str, title: str, code: str = "", also: str = "") -> Match:
    """Weigh a title against a query.

    A code that begins with the query is worth most. Else each word of the query looks for its best word in the title: the
    same, its beginning, or one typing error away; the score is the share found, better for words that stand together, in
    order, near the start, in a short title, and with the same accents. A word that is not in the title may be in ``also``
    (folded: the field, other names people use), and counts for less.
    """
    wanted = fold(query).split()
    typed = clean(query).lower()
    if code and typed and code.startswith(typed):
        return Match(score=100.0 if code == typed else 99.0, marks=())
    words = _words(title)
    if not wanted or not words:
        return Match(score=0.0, marks=())
    hits = _hits(wanted, words)
    found = [hit for hit in hits if hit]
    others = also.split()
    aside = sum(
        _ASIDE * max((_worth(word, other) for other in others), default=0.0) for word, hit in zip(wanted, hits, strict=True) if not hit
    )
    share = (sum(hit.worth for hit in found) + aside) / len(wanted)
    if not found:
        return Match(score=round(60 * share, 3), marks=())
    places = [hit.place for hit in found]
    together = len(set(places)) / (max(places) - min(places) + 1)
    in_order = places == sorted(places)
    score = 60 * share + 12 * share * together + 4 * in_order + 8 / (1 + min(places)) + 10 * min(1.0, len(wanted) / len(words))
    score += 5 * (typed in clean(title).lower())
    return Match(score=round(min(score, 98.0), 3), marks=_joined(tuple(sorted({hit.mark for hit in found}))))


def is_near(one: str, other: str) -> bool:
    """Say whether two folded words differ by a typing error: one slip in 3–5 letters, two in longer words, or letters out of order."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < _SHORT_WORD or (one[0] != other[0] and sorted(one) != sorted(other)):
        return False
    if len(one) == len(other) and sorted(one) == sorted(other):
        return True
    allowed = 1 if shorter < _LONG_WORD else 2
    return abs(len(one) - len(other)) <= allowed and _distance(one, other) <= allowed


@lru_cache(maxsize=8192)
def _words(title: str) -> tuple[tuple[str, int, int], ...]:
    """Return the title's words folded, with their places. Titles come again with every search, so they are kept."""
    found = list(_WORDS.finditer(title))
    folded = fold(title).split()
    if len(folded) != len(found):
        folded = [fold(word[0]) for word in found]
    return tuple((bare, word.start(), word.end()) for bare, word in zip(folded, found, strict=True))


def _hits(wanted: list[str], words: tuple[tuple[str, int, int], ...]) -> list[_Hit | None]:
    """Find a place for each wanted word, each looking on from its predecessor, so that repeated words find their own."""
    hits: list[_Hit | None] = []
    after = -1
    for word in wanted:
        hit = _best(word, words, after)
        after = hit.place if hit else after
        hits.append(hit)
    return hits


def _best(word: str, words: tuple[tuple[str, int, int], ...], after: int) -> _Hit | None:
    """Return the best word of the title for one word of the query, the nearest behind ``after`` among equals."""
    best: tuple[float, float, int] | None = None
    for place, (have, _, _) in enumerate(words):
        worth = _worth(word, have)
        if worth:
            step = place - after
            near = 1 / step if step > 0 else 0.0 if step == 0 else -1 / step / 10
            if best is None or (worth, near) > best[:2]:
                best = (worth, near, place)
    if best is None:
        return None
    have, start, end = words[best[2]]
    whole = not have.startswith(word) or len(have) != end - start
    return _Hit(place=best[2], worth=best[0], mark=(start, end if whole else start + len(word)))


@lru_cache(maxsize=65536)
def _worth(word: str, have: str) -> float:
    if word == have:
        return 1.0
    if _sound(word) == _sound(have):
        return 0.9
    if have.startswith(word):
        return 0.7 + 0.25 * len(word) / len(have)
    return 0.6 if is_near(word, have) else 0.0


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    """Return a folded word with spellings made one that sound alike or are both in use: ky and ki, tru and chu, xa and sa."""
    return word.replace("y", "i").replace("tr", "ch").replace("x", "s").replace("gi", "d")


def _distance(one: str, other: str) -> int:
    """Return the number of letters added, dropped, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _joined(marks: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Join marks that only a space parts, so that a phrase is marked as one."""
    out: list[tuple[int, int]] = []
    for start, end in marks:
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
