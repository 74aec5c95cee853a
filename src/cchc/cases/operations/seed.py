"""Load the rules of case codes from reference data, and open our register."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from cchc.cases.models import CodeRule, Register
from cchc.cases.rules.codes import STRATEGIES


@transaction.atomic
def seed(*, folder: Path, progress: Callable[[str], None]) -> dict[str, int]:
    """Replace the code rules by those of ``cases/codes.toml``; return how many there are."""
    with (folder / "cases" / "codes.toml").open("rb") as file:
        rules = tomllib.load(file)["rule"]
    CodeRule.objects.all().delete()
    for row in rules:
        if row["strategy"] not in STRATEGIES:
            raise ValueError(f"Không có cách viết mã «{row['strategy']}».")
        CodeRule.objects.create(strategy=row["strategy"], period=(row["since"], row.get("until")), source=row["source"])
    Register.objects.get_or_create(code=Register.OWN, defaults={"name": "Sổ theo dõi hồ sơ"})
    progress(f"quy tắc mã hồ sơ: {len(rules)}")
    return {"code_rules": len(rules)}
