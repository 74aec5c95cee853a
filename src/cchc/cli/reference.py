"""Load the reference data of every module, lowest first."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection

# What the loaded data depend on.
INGREDIENTS = ("seeds/reference/**/*", "src/cchc/**/*seed*.py", "src/cchc/**/*seed*/**/*.py", "src/cchc/kernel/*.py")
MEMORY = "cchc-reference-data"


def seed_reference(*, progress: Callable[[str], None]) -> dict[str, Any]:
    """Call ``api.seed`` of each module of the ladder that has one; return what each reported, by the module's name.

    Loading again changes nothing; of several who load at once one does the work. A module's ``seed(*, folder, progress)``
    raises ``Refused`` or ``ValueError`` when its files are not what they say.
    """
    with _alone():
        return _seed(progress)


def seed_if_changed(*, progress: Callable[[str], None]) -> bool:
    """Load the reference data unless these very files were loaded last; return whether they were loaded."""
    with _alone():
        if cache.get(MEMORY) == fingerprint(INGREDIENTS):
            return False
        _seed(progress)
        return True


def _seed(progress: Callable[[str], None]) -> dict[str, Any]:
    reports = {}
    for module in settings.MODULES:
        seed = getattr(import_module(f"{module}.api"), "seed", None)
        if seed is not None:
            reports[module.rpartition(".")[2]] = seed(folder=settings.SEEDS / "reference", progress=progress)
    cache.set(MEMORY, fingerprint(INGREDIENTS), timeout=None)
    return reports


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time load."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('cchc seed'))")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('cchc seed'))")


def fingerprint(patterns: Iterable[str], *, root: Path | None = None) -> str:
    """Return the SHA-256 of the names and contents of all files under ``root`` that match one of the patterns."""
    root = root or settings.BASE_DIR
    found = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        if "__pycache__" not in path.parts:
            found.update(f"{path.relative_to(root)}\0".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
