"""Load the roles from reference data."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from cchc.identity.models import Role
from cchc.identity.terms import Right


@transaction.atomic
def seed(*, folder: Path, progress: Callable[[str], None]) -> dict[str, int]:
    """Create or bring up to date the roles of ``identity/roles.toml``; return how many there are."""
    with (folder / "identity" / "roles.toml").open("rb") as file:
        roles = tomllib.load(file)
    known = set(Right.values())
    for code, row in roles.items():
        unknown = sorted(set(row["rights"]) - known)
        if unknown:
            raise ValueError(f"Vai trò {code} có quyền lạ: {', '.join(unknown)}")
        Role.objects.update_or_create(code=code, defaults={"name": row["name"], "rights": sorted(row["rights"])})
    progress(f"vai trò: {len(roles)}")
    return {"roles": len(roles)}
