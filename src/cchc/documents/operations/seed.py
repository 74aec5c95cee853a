"""Load forms and their layouts from reference data."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from cchc.audit.api import canonical
from cchc.documents.models import FormTemplate, Layout
from cchc.documents.terms import Confidence, FormKey, PaperSize

_IMPORT = re.compile(r'^#import "([\w.-]+\.typ)"', re.MULTILINE)


@transaction.atomic
def seed(*, folder: Path, progress: Callable[[str], None]) -> dict[str, int]:
    """Create or bring up to date the forms of ``documents/forms.toml``; return how many there are.

    A form is known by its key and first day. A changed typst file becomes a new layout for papers issued from now on; those issued keep
    theirs. A row that an office wrote is left alone: the row before it stays closed on its first day. But a later circular ends it.
    Raises ``ValueError`` for an unknown word and ``IntegrityError`` for periods that overlap. Idempotent.
    """
    home = folder / "documents"
    with (home / "forms.toml").open("rb") as file:
        rows = tomllib.load(file)["form"]
    # Oldest first: a period is closed before the next one opens, so the exclusion constraint never sees both open.
    for row in sorted(rows, key=lambda row: (row["key"], row["from"])):
        period = _beside_own(FormKey(row["key"]), row["from"], row.get("until"), progress)
        if period is None:
            continue
        FormTemplate.objects.update_or_create(key=FormKey(row["key"]), period__startswith=row["from"], defaults=_fields(row, period, home))
    progress(f"mẫu giấy: {len(rows)}")
    return {"forms": len(rows)}


def _beside_own(key: FormKey, first: date, until: date | None, progress: Callable[[str], None]) -> tuple[date, date | None] | None:
    """Return the period that rows of the office leave to a row of reference data; None when the office began on the very same day."""
    for own in FormTemplate.objects.filter(key=key, is_own=True).order_by("period"):
        if own.period.lower == first:
            return None
        if own.period.lower > first:
            until = min(until, own.period.lower) if until else own.period.lower
            break
        if own.period.upper is None or own.period.upper > first:
            FormTemplate.objects.filter(pk=own.pk).update(period=(own.period.lower, first))
            progress(f"mẫu giấy: «{own.title}» do cơ quan sửa hết dùng từ {first:%d/%m/%Y}, có mẫu mới")
    return first, until


def _fields(row: Mapping[str, Any], period: tuple[Any, Any], home: Path) -> dict[str, Any]:
    return {
        "key": FormKey(row["key"]),
        "circular": row.get("circular", ""),
        "form_number": row.get("form_number", ""),
        "title": row["title"],
        "period": period,
        "paper_size": PaperSize(row["paper_size"]),
        "series": row.get("series", ""),
        "layout": _layout(home, row["layout"]),
        "confidence": Confidence(row["confidence"]),
        "source": row.get("source", ""),
        "remark": row.get("remark", ""),
    }


def _layout(home: Path, main: str) -> Layout:
    files: dict[str, str] = {}
    _read(home, main, files)
    digest = hashlib.sha256(canonical({"main": main, "files": files})).hexdigest()
    layout, _ = Layout.objects.get_or_create(digest=digest, defaults={"main": main, "files": files})
    return layout


def _read(home: Path, name: str, files: dict[str, str]) -> None:
    """Take a typst file and those it imports, by name, into ``files``."""
    if name not in files:
        files[name] = (home / name).read_text(encoding="utf-8")
        for imported in _IMPORT.findall(files[name]):
            _read(home, imported, files)
