"""Load the roles from reference data."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from cchc.identity.models import Role
from cchc.identity.terms import Right, RoleOrigin


@transaction.atomic
def seed(*, folder: Path, progress: Callable[[str], None]) -> dict[str, int]:
    """Create or bring up to date the roles of ``identity/roles.toml``; return how many there are.

    What the office changed stays as the office wants it; the reference bundle is kept beside it, for going back.
    """
    with (folder / "identity" / "roles.toml").open("rb") as file:
        roles = tomllib.load(file)
    known = set(Right.values())
    for code, row in roles.items():
        unknown = sorted(set(row["rights"]) - known)
        if unknown:
            raise ValueError(f"Vai trò {code} có quyền lạ: {', '.join(unknown)}")
        bundle = sorted(row["rights"])
        role = Role.objects.filter(code=code).first() or Role(code=code)
        role.origin, role.reference = RoleOrigin.REFERENCE, bundle
        if role.changed_at is None:
            role.name, role.rights = row["name"], bundle
        role.save()
    progress(f"vai trò: {len(roles)}")
    return {"roles": len(roles)}
