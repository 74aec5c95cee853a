"""Phrases and the portal's first procedures from the reference files. What the office changed or withdrew stays as it is."""

import tomllib
from pathlib import Path
from typing import Any

from cchc.audit.api import entries
from cchc.procedures.models import Featured, Phrase, Procedure
from cchc.procedures.operations.featured import STREAM
from cchc.procedures.terms import PhraseKind

_KEYS = {"key", "code", "kind", "text", "reason"}


def seed_phrases(folder: Path) -> int:
    """Load ``phrases.toml``; return how many phrases are new or have new words. Raises ``ValueError`` (Vietnamese)."""
    whole = _read(folder / "phrases.toml")
    have = {row.seed_key: row for row in Phrase.objects.exclude(seed_key="")}
    procedures = {row.code: row for row in Procedure.objects.filter(code__in={row.get("code", "") for row in whole.get("phrase", ())})}
    seen: set[str] = set()
    changed = 0
    for place, row in enumerate(whole.get("phrase", ()), start=1):
        _check(row, seen, procedures)
        values = {"ordinal": place, "text": row["text"], "reason": row.get("reason", ""), "origin": whole["origin"]}
        old = have.get(row["key"])
        if old is None:
            Phrase.objects.create(
                seed_key=row["key"], procedure=procedures[row["code"]] if row.get("code") else None, kind=PhraseKind(row["kind"]), **values
            )
        elif old.is_edited or old.withdrawn_at or all(getattr(old, name) == value for name, value in values.items()):
            continue
        else:
            Phrase.objects.filter(pk=old.pk).update(**values)
        changed += 1
    return changed


def seed_featured(folder: Path) -> int:
    """Load ``featured.toml`` unless there is a list already, or the office emptied it; return how many were named."""
    if Featured.objects.exists() or entries(STREAM):
        return 0
    rows = _read(folder / "featured.toml").get("featured", ())
    Featured.objects.bulk_create(Featured(ordinal=place, code=row["code"], name=row["name"]) for place, row in enumerate(rows, start=1))
    return len(rows)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _check(row: dict[str, Any], seen: set[str], procedures: dict[str, Procedure]) -> None:
    key = row.get("key", "(không khóa)")
    if set(row) - _KEYS or not row.get("key") or not row.get("text"):
        raise ValueError(f"phrases.toml: câu {key} có khóa lạ, hoặc thiếu key, text.")
    if key in seen:
        raise ValueError(f"phrases.toml: khóa {key} có hai lần.")
    if row.get("code") and row["code"] not in procedures:
        raise ValueError(f"phrases.toml: câu {key} nói đến thủ tục {row['code']} không có trong danh mục.")
    seen.add(key)
