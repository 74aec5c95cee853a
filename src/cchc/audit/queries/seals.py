"""The seals, and which entries they cover.

Seal n covers the entries whose ``written_by`` is at least the bound of seal n-1 and below its own, in the order of their keys. That
column is no field of the model, so what asks for it is SQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from cchc.audit.models import Seal
from cchc.audit.rules.chain import fingerprint
from cchc.audit.rules.merkle import BLOCK, EMPTY, Tree, leaf
from cchc.audit.rules.seals import Header

PAGE = 50
_AT_ONCE = 2000


@dataclass(frozen=True)
class SealView:
    """One seal."""

    number: int
    sealed_at: datetime
    bound: int
    count: int
    root: str
    previous: str
    hash: str

    @property
    def fingerprint(self) -> str:
        """Return the first eight digits of its hash, as people compare them."""
        return fingerprint(self.hash)

    @property
    def header(self) -> Header:
        """Return what is hashed."""
        return Header(self.number, self.sealed_at, self.bound, self.count, self.root, self.previous)

    def document(self) -> dict[str, Any]:
        """Return the seal as it is published: what is hashed, and the hash."""
        return {**self.header.document(), "hash": self.hash}

    @classmethod
    def of(cls, row: Seal) -> "SealView":
        """Build the view of a row."""
        return cls(row.number, row.sealed_at, row.bound, row.count, row.root, row.previous, row.hash)


@dataclass(frozen=True)
class Coverage:
    """How far a stream is sealed. ``seal`` covers its latest sealed entry, the ``last`` one by number; None and 0 when none is."""

    seal: SealView | None
    last: int
    unsealed: int


@dataclass(frozen=True)
class Block:
    """A block of the tree of a seal: the key of its first entry, and its root."""

    first_entry: int
    root: bytes


@dataclass(frozen=True)
class Grown:
    """The tree over the entries of a range: how many there are, its root, and its blocks."""

    count: int
    root: bytes
    blocks: tuple[Block, ...]


def seals(*, before: int | None = None, size: int = PAGE) -> tuple[tuple[SealView, ...], int | None]:
    """Return seals, the newest first, and the number to ask on from (None at the end). One query."""
    rows = Seal.objects.order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = [SealView.of(row) for row in rows[: size + 1]]
    return tuple(found[:size]), found[size - 1].number if len(found) > size else None


def latest_seal() -> SealView | None:
    """Return the last seal; None when there is none yet. One query."""
    row = Seal.objects.order_by("-number").first()
    return SealView.of(row) if row else None


def unsealed() -> int:
    """Return how many entries no seal covers yet. One query, by the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE written_by >= (SELECT coalesce(max(bound), 0) FROM audit_seal)::text::xid8")
        return int(cursor.fetchone()[0])


def coverage(stream: str) -> Coverage:
    """Return how far a stream is sealed. Two queries."""
    covered = covering_seals(stream)
    numbers = [number for _seq, number in covered.values() if number is not None]
    found = Seal.objects.filter(number=max(numbers)).first() if numbers else None
    return Coverage(
        seal=SealView.of(found) if found else None,
        last=max((seq for seq, number in covered.values() if number is not None), default=0),
        unsealed=sum(number is None for _seq, number in covered.values()),
    )


def covering_seals(stream: str) -> dict[int, tuple[int, int | None]]:
    """Return, by the key of each entry of a stream, its place in the stream and the number of the seal that covers it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.seq, (SELECT min(s.number) FROM audit_seal s WHERE s.bound > e.written_by::text::bigint)"
            " FROM audit_entry e JOIN audit_stream t ON t.id = e.stream_id WHERE t.name = %s ORDER BY e.seq",
            [stream],
        )
        return {key: (seq, number) for key, seq, number in cursor.fetchall()}


def leaves(*, since: int, bound: int, first: int = 0, until: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Give (key, leaf) of the entries written by transactions from ``since`` up to ``bound``, in the order of their keys.

    ``first`` and ``until`` narrow the keys. Rows are streamed: memory does not grow with their number.
    """
    query = "SELECT id, hash FROM audit_entry WHERE written_by >= %s::text::xid8 AND written_by < %s::text::xid8 AND id >= %s"
    values: list[object] = [since, bound, first]
    if until is not None:
        query, values = f"{query} AND id < %s", [*values, until]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{query} ORDER BY id", values)
        while rows := cursor.fetchmany(_AT_ONCE):
            for key, digest in rows:
                yield key, _leaf(digest)


def _leaf(digest: str) -> bytes:
    """Return the leaf of a kept hash. What somebody wrote there that is no hash becomes no leaf of any entry."""
    try:
        return leaf(digest)
    except ValueError:
        return EMPTY


def grown(*, since: int, bound: int) -> Grown:
    """Build the tree over the entries of a range, in memory that does not grow with the entries but with the blocks."""
    whole, block, blocks = Tree(), Tree(), []
    count = first = 0
    for key, part in leaves(since=since, bound=bound):
        if count % BLOCK == 0:
            block, first = Tree(), key
        block.add(part)
        count += 1
        if count % BLOCK == 0:
            blocks.append(Block(first, block.root))
            whole.add(block.root)
    if count % BLOCK:
        blocks.append(Block(first, block.root))
        whole.add(block.root)
    return Grown(count, whole.root, tuple(blocks))


def starts(seal: SealView | Seal) -> int:
    """Return the bound of the seal before, from which this one begins."""
    return Seal.objects.filter(number=seal.number - 1).values_list("bound", flat=True).first() or 0
