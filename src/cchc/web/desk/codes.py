"""The case code in what a scanner types: the QR code of a receipt holds the whole address of its tracking page."""

import re

_ADDRESS = re.compile(r"/ho-so/([^/\s?#]{3,120})(?:/|$)")


def code_in(text: str) -> str:
    """Return the case code of a scanned tracking address, or nothing for anything else."""
    found = _ADDRESS.search(text)
    return found[1].upper() if found else ""
