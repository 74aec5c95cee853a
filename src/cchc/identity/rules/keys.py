"""What a key of the API looks like, and how its secret is recognised without being kept."""

import hashlib
import re
from collections.abc import Callable

# So many days at most: a key that is forgotten ends by itself.
LONGEST_DAYS = 366
# 43 letters of base64url are 256 random bits: nothing to guess, so a plain digest is enough and every request can afford it.
_SECRET = re.compile(r"cchc_[0-9a-f]{8}_[A-Za-z0-9_-]{43}")
_PREFIX = 13


def new_secret(*, hexadecimal: Callable[[int], str], urlsafe: Callable[[int], str]) -> str:
    """Return a secret made by the two sources of chance (``secrets.token_hex``, ``secrets.token_urlsafe``)."""
    return f"cchc_{hexadecimal(4)}_{urlsafe(32)}"


def prefix_of(secret: str) -> str:
    """Return the part that names the key to people."""
    return secret[:_PREFIX]


def digest_of(secret: str) -> str:
    """Return the digest that is kept, or nothing for what cannot be a secret of ours."""
    return hashlib.sha256(secret.encode()).hexdigest() if _SECRET.fullmatch(secret) else ""
