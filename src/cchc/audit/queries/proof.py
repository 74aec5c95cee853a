"""What somebody takes home to check a stream without us: see kiem_chung.py, which the portal publishes."""

from collections.abc import Iterable
from typing import Any

from cchc.audit.models import Entry, Seal, SealBlock
from cchc.audit.queries.seals import SealView, covering_seals, leaves, starts
from cchc.audit.queries.verification import head_of
from cchc.audit.rules.merkle import Sibling, path
from cchc.kernel.errors import NotFound

FORMAT = "cchc-chung-thuc/1"
SEALS_FORMAT = "cchc-niem-phong/1"


def proof_of(stream: str) -> dict[str, Any]:
    """Return the proof of a stream: a JSON document without anything private.

    Each entry stands with its head exactly as it is hashed, its hash and, when it is sealed, the seal's number and the path up to
    the root. ``seals`` are the headers from the first of those seals to the latest one. Raises ``NotFound``. Queries grow with
    the number of seals that the stream touches, never with what those seals cover.
    """
    rows = list(Entry.objects.filter(stream__name=stream).order_by("seq"))
    if not rows:
        raise NotFound(f"Nhật ký không có chuỗi «{stream}».")
    covered = covering_seals(stream)
    paths: dict[int, list[Sibling]] = {}
    for number in sorted({number for _seq, number in covered.values() if number is not None}):
        paths |= _paths(Seal.objects.get(number=number), [key for key, (_seq, found) in covered.items() if found == number])
    numbers = [number for _seq, number in covered.values() if number is not None]
    chain = Seal.objects.filter(number__gte=min(numbers)).order_by("number") if numbers else Seal.objects.order_by("-number")[:1]
    return {
        "format": FORMAT,
        "stream": stream,
        "entries": [
            {
                "head": dict(head_of(stream, row).document()),
                "hash": row.hash,
                "seal": covered[row.pk][1] if row.pk in covered else None,
                "path": [{"left" if step.is_left else "right": step.hash.hex()} for step in paths.get(row.pk, ())],
            }
            for row in rows
        ],
        "seals": [SealView.of(row).document() for row in chain],
    }


def published(found: Iterable[SealView], *, following: str = "") -> dict[str, Any]:
    """Return seals as they are published; ``following`` is the address of older ones."""
    return {"format": SEALS_FORMAT, "seals": [item.document() for item in found], "next": following or None}


def _paths(seal: Seal, keys: list[int]) -> dict[int, list[Sibling]]:
    """Return the path of each entry of one seal. Two queries, and one more for each block that the entries lie in."""
    blocks = list(SealBlock.objects.filter(seal=seal).order_by("place").values_list("first_entry", "root"))
    roots = [bytes(root) for _first, root in blocks]
    since = starts(seal)
    found: dict[int, list[Sibling]] = {}
    wanted = set(keys)
    for place, (first, _root) in enumerate(blocks):
        until = blocks[place + 1][0] if place + 1 < len(blocks) else None
        inside = {key for key in wanted if key >= first and (until is None or key < until)}
        if not inside:
            continue
        parts = list(leaves(since=since, bound=seal.bound, first=first, until=until))
        hashes, upper = [part for _key, part in parts], path(roots, place)
        found |= {key: path(hashes, at) + upper for at, (key, _part) in enumerate(parts) if key in inside}
    return found
