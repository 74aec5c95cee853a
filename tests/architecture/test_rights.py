"""Rights are one vocabulary: whatever an operation asks for or a view declares is a word of it, and a role grants it."""

import re
import tomllib
from pathlib import Path

from cchc.identity.api import Right

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = re.compile(r"""["']([a-z_]+:[a-z_]+:[a-z_]+)["']""")


def test_every_right_in_the_code_is_a_word_of_the_vocabulary() -> None:
    known = set(Right.values())
    foreign = {
        f"{path.relative_to(ROOT)}: {right}"
        for path in (ROOT / "src").rglob("*.py")
        for right in WRITTEN.findall(path.read_text(encoding="utf-8"))
        if right not in known
    }
    assert not foreign, f"not in cchc.identity.terms.Right: {sorted(foreign)}"


def test_the_vocabulary_is_in_alphabetical_order() -> None:
    assert Right.values() == sorted(Right.values())


def test_every_role_grants_only_known_rights() -> None:
    roles = tomllib.loads((ROOT / "seeds/reference/identity/roles.toml").read_text(encoding="utf-8"))
    for code, role in roles.items():
        assert set(role["rights"]) <= set(Right.values()), code
