"""The digest of locked numbers: what the journal keeps of them, so that a change behind the application's back shows."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest_of(frozen: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a frozen form: its JSON with sorted keys, without spaces, as UTF-8. The order of keys does not matter."""
    return hashlib.sha256(json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
