"""The catalogue's reference data. Loading it again adds nothing."""

import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import time
from pathlib import Path

from django.db import transaction

from cchc.kernel.actor import Actor
from cchc.kernel.local import at as instant
from cchc.procedures.models import Version
from cchc.procedures.operations.publish import publish
from cchc.procedures.operations.seed_words import seed_featured, seed_phrases
from cchc.procedures.operations.store import Known
from cchc.procedures.rules.draft import digest
from cchc.procedures.rules.seed_format import Seeded, seeded

PROCESSES = "processes.toml"
# Files of the folder that hold no procedures.
BESIDE = {PROCESSES, "phrases.toml", "featured.toml"}


@dataclass(frozen=True)
class SeedReport:
    """How many versions were published now, were there already, and were left because the office keeps a version of its own."""

    published: int
    unchanged: int
    kept: int

    def as_json(self) -> dict[str, int]:
        """Return the plain form."""
        return asdict(self)


@transaction.atomic
def seed(*, folder: Path, progress: Callable[[str], None]) -> dict[str, int]:
    """Publish the procedures of ``folder/procedures/*.toml``; return the counts of ``SeedReport``.

    A procedure that has any version is never touched unless its newest version came from these files and is older: what an
    office published itself stays. Journal entries carry the first moment of the first day in force. Raises ``ValueError``
    (Vietnamese) when a file is not what it should be. Phrases and the portal's first procedures are loaded after them.
    """
    wanted = read_folder(folder / "procedures")
    newest = {
        code: (row_digest, origin, valid)
        for code, row_digest, origin, valid in Version.objects.order_by("procedure", "number").values_list(
            "procedure__code", "digest", "origin", "valid"
        )
    }
    known: Known = {}
    published = unchanged = kept = 0
    for item in wanted:
        have = newest.get(item.draft.code)
        if have and have[0] == digest(item.draft):
            unchanged += 1
        elif have and item.valid_from <= have[2].lower:
            kept += 1
        else:
            actor = Actor.system("dữ liệu tham chiếu")
            publish(actor=actor, at=instant(item.valid_from, time()), draft=item.draft, valid_from=item.valid_from, known=known)
            published += 1
    progress(f"thủ tục hành chính: {published} mới, {unchanged} không đổi, {kept} giữ nguyên")
    progress(f"câu mẫu: {seed_phrases(folder / 'procedures')} mới hoặc sửa; việc nêu trên cổng: {seed_featured(folder / 'procedures')}")
    return SeedReport(published=published, unchanged=unchanged, kept=kept).as_json()


def read_folder(folder: Path) -> tuple[Seeded, ...]:
    """Read every file of the folder, in the order of their names; a code that stands twice raises ``ValueError``."""
    processes = tomllib.loads((folder / PROCESSES).read_text(encoding="utf-8"))
    found: dict[str, Seeded] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in BESIDE:
            continue
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = whole.pop("procedure", [])
        for row in rows:
            item = seeded(row, defaults=whole, processes={name: process["step"] for name, process in processes.items()})
            if item.draft.code in found:
                raise ValueError(f"{path.name}: mã {item.draft.code} đã có trong một tệp khác.")
            found[item.draft.code] = item
    return tuple(found.values())
