"""How an entry is written down and hashed. Fixed for ever by the test vector in tests/audit/test_chain.py.

An entry's hash is the SHA-256 of the canonical JSON of its head: version, stream, number, times, act, actor, the public part,
the digest of the private part and the hash of the entry before. The private part is digested with its own random salt, so
it can be erased without breaking the chain and cannot be guessed from its digest.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

VERSION = 1
FIRST = "0" * 64


@dataclass(frozen=True)
class Head:
    """What is hashed of one entry. Times are aware; ``private_digest`` is empty when there is no private part."""

    stream: str
    seq: int
    at: datetime
    recorded_at: datetime
    act: str
    actor_post: str
    actor_person: str
    public: Mapping[str, Any]
    private_digest: str
    previous: str

    def document(self) -> Mapping[str, Any]:
        """Return what is hashed, as plain JSON."""
        return {
            "version": VERSION,
            "stream": self.stream,
            "seq": self.seq,
            "at": instant(self.at),
            "recorded_at": instant(self.recorded_at),
            "act": self.act,
            "actor": {"post": self.actor_post, "person": self.actor_person},
            "public": self.public,
            "private": self.private_digest,
            "previous": self.previous,
        }

    def hash(self) -> str:
        """Return the entry's hash as 64 hexadecimal digits."""
        return hashlib.sha256(canonical(self.document())).hexdigest()


def canonical(value: object) -> bytes:
    """Return the one way to write a JSON value: keys sorted, no spaces, text in NFC, UTF-8.

    Only objects, lists, text, whole numbers, booleans and null are allowed; anything else (a float above all) raises
    ``TypeError``, because two machines may write it differently.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def private_digest(salt: str, data: Mapping[str, Any]) -> str:
    """Return the salted SHA-256 of a private part."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(data)).hexdigest()


def instant(moment: datetime) -> str:
    """Return an aware instant in UTC to the microsecond, as the chain writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def fingerprint(digest: str) -> str:
    """Return the first eight digits of a hash as people compare them: ``7F3A 91C2``."""
    return f"{digest[:4]} {digest[4:8]}".upper()


def _plain(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("Khóa của mục nhật ký phải là chữ.")
        return {unicodedata.normalize("NFC", key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"Không ghi được {type(value).__name__} vào nhật ký; đổi sang chữ hoặc số nguyên.")
