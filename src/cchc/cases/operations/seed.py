"""Load the rules of case codes and the limits of the law from reference data, and open our register."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from cchc.cases.models import Bound, CodeRule, Register
from cchc.cases.rules.bounds import value_problem
from cchc.cases.rules.codes import STRATEGIES
from cchc.cases.terms import RuleKey


@transaction.atomic
def seed(*, folder: Path, progress: Callable[[str], None]) -> dict[str, int]:
    """Replace the code rules and the reference limits by those of the files; return how many there are. What an office set stays."""
    with (folder / "cases" / "codes.toml").open("rb") as file:
        rules = tomllib.load(file)["rule"]
    CodeRule.objects.all().delete()
    for row in rules:
        if row["strategy"] not in STRATEGIES:
            raise ValueError(f"Không có cách viết mã «{row['strategy']}».")
        CodeRule.objects.create(strategy=row["strategy"], period=(row["since"], row.get("until")), source=row["source"])
    Register.objects.get_or_create(code=Register.OWN, defaults={"name": "Sổ theo dõi hồ sơ"})
    bounds = _bounds(folder)
    progress(f"quy tắc mã hồ sơ: {len(rules)}, mức về bổ sung, gia hạn: {bounds}")
    return {"code_rules": len(rules), "bounds": bounds}


def _bounds(folder: Path) -> int:
    with (folder / "cases" / "bounds.toml").open("rb") as file:
        found = tomllib.load(file)["bound"]
    Bound.objects.filter(is_office=False).delete()
    for row in found:
        key = RuleKey(row["key"])
        if problem := value_problem(key, row["value"]):
            raise ValueError(f"bounds.toml, {key}: {problem}")
        Bound.objects.create(
            key=key,
            procedure_code=row.get("procedure", ""),
            value=row["value"],
            period=(row["since"], row.get("until")),
            source=row["source"],
            confidence=row["confidence"],
        )
    return len(found)
