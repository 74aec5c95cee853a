"""A Merkle tree over the entries of a seal, built from a stream. Fixed for ever by the test vector in tests/audit/test_merkle.py.

A leaf is SHA-256(0x00, hash of the entry as 32 bytes), a node SHA-256(0x01, left, right). The two prefixes keep a node from being
passed off as a leaf. Nodes are paired level by level from the left; a last one without a partner is carried up as it is. The root
of no leaves is SHA-256 of nothing. (This is the tree of RFC 6962 over the entries' hashes.)

A tree of millions is cut into blocks of ``BLOCK`` leaves, each a whole subtree; the tree over the blocks' roots is the upper part of
the whole tree. So a path costs one block, never the whole seal.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

BLOCK = 1024
EMPTY = hashlib.sha256(b"").digest()


def leaf(entry_hash: str) -> bytes:
    """Return the leaf of an entry's hash, given as 64 hexadecimal digits."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(entry_hash)).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the node over two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows to the right. It keeps one subtree per level: logarithmic memory."""

    def __init__(self) -> None:
        """Start with no leaves."""
        self._stack: list[tuple[int, bytes]] = []

    def add(self, part: bytes) -> None:
        """Add a leaf, or the root of the next block."""
        level = 0
        while self._stack and self._stack[-1][0] == level:
            part = node(self._stack.pop()[1], part)
            level += 1
        self._stack.append((level, part))

    @property
    def root(self) -> bytes:
        """Return the root over what was added so far."""
        if not self._stack:
            return EMPTY
        parts = [part for _level, part in self._stack]
        found = parts.pop()
        while parts:
            found = node(parts.pop(), found)
        return found


@dataclass(frozen=True)
class Sibling:
    """One step of a path: the neighbour's hash, and whether it stands at the left."""

    is_left: bool
    hash: bytes


def path(parts: list[bytes], place: int) -> list[Sibling]:
    """Return the way from the part at ``place`` up to the root over ``parts``."""
    steps: list[Sibling] = []
    while len(parts) > 1:
        beside = place ^ 1
        if beside < len(parts):
            steps.append(Sibling(is_left=beside < place, hash=parts[beside]))
        parts = [node(*parts[at : at + 2]) if at + 1 < len(parts) else parts[at] for at in range(0, len(parts), 2)]
        place //= 2
    return steps


def climb(part: bytes, steps: Iterable[Sibling]) -> bytes:
    """Return the root that a path leads to."""
    for step in steps:
        part = node(step.hash, part) if step.is_left else node(part, step.hash)
    return part
