"""The codes in what a scanner types: the QR code of a receipt, or of a hand-over slip, holds a whole address."""

import re

_ADDRESS = re.compile(r"/ho-so/([^/\s?#]{3,120})(?:/|$)")
_SLIP = re.compile(r"/desk/slips/([A-Za-z0-9_-]{6,64})(?:/|$)")


def code_in(text: str) -> str:
    """Return the case code of a scanned tracking address, or nothing for anything else."""
    found = _ADDRESS.search(text)
    return found[1].upper() if found else ""


def slip_in(text: str) -> str:
    """Return the code of a hand-over slip in its scanned address, or nothing for anything else."""
    found = _SLIP.search(text)
    return found[1] if found else ""
