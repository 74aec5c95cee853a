"""Published files become versions of the catalogue. Running an import twice adds nothing."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid
from cchc.kernel.local import local_date
from cchc.kernel.text import fold
from cchc.procedures.models import Version
from cchc.procedures.operations.publish import publish
from cchc.procedures.operations.sources import Source, SourceRow, read_source
from cchc.procedures.operations.store import Known
from cchc.procedures.rules.draft import VersionDraft, day_after, digest
from cchc.procedures.rules.record import Open, ReadRow, from_list, from_record
from cchc.procedures.terms import Confidence

RIGHT = "procedures:catalogue:import"

_EVERY = 100


@dataclass(frozen=True)
class RefusedRow:
    """A row that could not be taken: where it stands and why, in Vietnamese."""

    file: str
    line: int
    code: str
    why: str


@dataclass(frozen=True)
class Left:
    """Something left to a person. ``what``: ``term``, ``fee``, ``title`` or ``version``; ``channel`` is empty where it plays no part."""

    code: str
    what: str
    channel: str
    raw: str
    why: str


@dataclass
class ImportReport:
    """What an import did. ``taken`` versions were published, ``unchanged`` rows were there already or knew less."""

    files: list[str] = field(default_factory=list)
    rows: int = 0
    taken: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    terms: int = 0
    terms_read: int = 0
    fees: int = 0
    fees_read: int = 0
    left_to_person: list[Left] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the plain form: lists and dictionaries."""
        return asdict(self)


@dataclass(frozen=True)
class _InForce:
    digest: str
    title: str
    decision: str
    start: date
    is_imported: bool
    is_list: bool


def import_procedures(*, actor: Actor, at: datetime, files: Iterable[Path], progress: Callable[[str], None]) -> ImportReport:
    """Import the portal's Excel lists and ``procedures.jsonl``; all of it or, when a file is refused, nothing.

    Whole records go before lists, whatever the order of the files, so that a list never hides a record. A version that a
    person published or that came with the reference data is not replaced: differences are listed. Raises ``NotAllowed``;
    ``Refused(field="files")`` for a file that is not what it says.
    """
    actor.must(RIGHT)
    sources = [read_source(Path(file)) for file in files]
    report = ImportReport(files=[source.name for source in sources])
    for source in sources:
        progress(f"{source.name}: {len(source.rows)} dòng")
    with transaction.atomic():
        run = _Run(actor=actor, at=at, report=report, progress=progress)
        for source in sorted(sources, key=lambda source: source.kind != "records"):
            run.take(source)
    return report


class _Run:
    """One import: what is in force, what was found out, and the report that grows."""

    def __init__(self, *, actor: Actor, at: datetime, report: ImportReport, progress: Callable[[str], None]) -> None:
        self.actor, self.at, self.report, self.progress = actor, at, report, progress
        self.day = local_date(at)
        self.fields: Known = {}
        self.newest = _newest()

    def take(self, source: Source) -> None:
        """Take every row of a source."""
        for row in source.rows:
            self.report.rows += 1
            if self.report.rows % _EVERY == 0:
                self.progress(f"đã đọc {self.report.rows} dòng")
            try:
                self._row(row, source.kind)
            except Invalid as problem:
                self._refuse(row, " ".join(problem.problems.values()))
            except ValueError as problem:
                self._refuse(row, str(problem))

    def _row(self, row: SourceRow, kind: str) -> None:
        if row.problem:
            raise ValueError(row.problem)
        make = from_record if kind == "records" else from_list
        read = make(row.values, origin=f"Nhập từ tệp {row.file}")
        self._count(read)
        have = self.newest.get(read.draft.code)
        if have is None or self._is_news(read.draft, have, kind):
            self._publish(read.draft, have, kind)
        else:
            self.report.unchanged += 1
            self._differences(read.draft, have, kind)

    def _count(self, read: ReadRow) -> None:
        self.report.terms += read.terms
        self.report.terms_read += read.terms_read
        self.report.fees += read.fees
        self.report.fees_read += read.fees_read
        self._leave(read.draft.code, read.open)

    def _is_news(self, draft: VersionDraft, have: _InForce, kind: str) -> bool:
        """Say whether the row replaces what is in force: an import replaces imports, and a list only a list."""
        return have.is_imported and have.digest != digest(draft) and (kind == "records" or have.is_list)

    def _publish(self, draft: VersionDraft, have: _InForce | None, kind: str) -> None:
        start = self.day if have is None else day_after(self.day, have.start)
        publish(actor=self.actor, at=self.at, draft=draft, valid_from=start, known=self.fields)
        self.newest[draft.code] = _InForce(digest(draft), draft.title, draft.decision, start, is_imported=True, is_list=kind == "list")
        self.report.taken += 1

    def _differences(self, draft: VersionDraft, have: _InForce, kind: str) -> None:
        if fold(draft.title) not in (fold(have.title), f"thu tuc {fold(have.title)}"):
            self._leave(draft.code, [Open("title", draft.title, f"Danh mục đang ghi tên khác: «{have.title}».")])
        if kind == "records" and not have.is_imported and draft.decision and draft.decision != have.decision:
            why = f"Danh mục đang dùng bản {'theo ' + have.decision if have.decision else 'tham chiếu'}; tệp theo quyết định này."
            self._leave(draft.code, [Open("version", draft.decision, why)])

    def _leave(self, code: str, items: Iterable[Open]) -> None:
        self.report.left_to_person += [
            Left(code=code, what=item.what, channel=item.channel or "", raw=item.raw, why=item.why) for item in items
        ]

    def _refuse(self, row: SourceRow, why: str) -> None:
        code = row.values.get("ma_thu_tuc") or row.values.get("code") or ""
        self.report.refused.append(RefusedRow(file=row.file, line=row.line, code=code, why=why))


def _newest() -> dict[str, _InForce]:
    rows = Version.objects.order_by("procedure", "number").values_list(
        "procedure__code", "digest", "title", "decision", "valid", "confidence", "channel_terms__version"
    )
    return {
        code: _InForce(row_digest, title, decision, valid.lower, confidence == Confidence.IMPORTED, is_list=term is None)
        for code, row_digest, title, decision, valid, confidence, term in rows.distinct()
    }
