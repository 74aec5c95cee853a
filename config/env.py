"""The only reader of the environment. Everything an operator may set is here; docs/reference/environment.md lists it."""

import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What an installation remembers of this list, in its data folder; `cchc init` writes it, an operator may add to it.
REMEMBERED = "office.env"


def text(name: str, default: str = "") -> str:
    """Return the variable, else what the installation remembers, else the default; an empty one counts as unset."""
    return os.environ.get(name) or _remembered(home() / REMEMBERED).get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether the variable says yes (1, true, yes, on)."""
    value = text(name)
    return default if not value else value.lower() in {"1", "true", "yes", "on"}


def home() -> Path:
    """Return the folder of the installation's data (CCHC_HOME; by default ``var`` beside the code)."""
    return Path(os.environ.get("CCHC_HOME") or ROOT / "var").expanduser().resolve()


def names(name: str) -> list[str]:
    """Return the comma-separated list in the variable."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def megabytes(name: str, default: int) -> int:
    """Return the size in the variable, a whole number of megabytes from 1."""
    return max(1, int(text(name, str(default))))


def port() -> int:
    """Return the port of the web server (PORT; by default 8000)."""
    return int(text("PORT", "8000"))


@cache
def _remembered(path: Path) -> dict[str, str]:
    """Return the lines ``NAME=value`` of the file; those that begin with # are comments. No file remembers nothing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}
