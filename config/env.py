"""The only reader of the environment. Everything an operator may set is here; docs/reference/environment.md lists it."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default when it is unset or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether the variable says yes (1, true, yes, on)."""
    value = os.environ.get(name)
    return default if not value else value.lower() in {"1", "true", "yes", "on"}


def home() -> Path:
    """Return the folder of the installation's data (CCHC_HOME; by default ``var`` beside the code)."""
    return Path(text("CCHC_HOME", str(ROOT / "var"))).expanduser().resolve()


def names(name: str) -> list[str]:
    """Return the comma-separated list in the variable."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def megabytes(name: str, default: int) -> int:
    """Return the size in the variable, a whole number of megabytes from 1."""
    return max(1, int(text(name, str(default))))


def port() -> int:
    """Return the port of the web server (PORT; by default 8000)."""
    return int(text("PORT", "8000"))
