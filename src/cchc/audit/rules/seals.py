"""How a seal is written down and hashed: as an entry is, by the canonical JSON of its header, with the hash of the seal before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc.audit.rules.chain import FIRST, canonical, instant

VERSION = 1

__all__ = ["FIRST", "VERSION", "Header"]


@dataclass(frozen=True)
class Header:
    """What is hashed of a seal.

    It covers the ``count`` entries whose transaction's number is below ``bound`` and that no earlier seal covers; ``root`` is of
    their Merkle tree.
    """

    number: int
    sealed_at: datetime
    bound: int
    count: int
    root: str
    previous: str

    def document(self) -> Mapping[str, Any]:
        """Return what is hashed, as plain JSON."""
        return {
            "version": VERSION,
            "number": self.number,
            "sealed_at": instant(self.sealed_at),
            "bound": self.bound,
            "count": self.count,
            "root": self.root,
            "previous": self.previous,
        }

    def hash(self) -> str:
        """Return the seal's hash as 64 hexadecimal digits."""
        return hashlib.sha256(canonical(self.document())).hexdigest()
