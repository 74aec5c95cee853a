"""The catalogue as the office keeps it: what is in force, what is to come, what ended, and what each version lacks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.kernel.text import fold
from cchc.procedures.models import ChannelTerm, Fee, Paper, Step, Version
from cchc.procedures.queries.search import search
from cchc.procedures.terms import Confidence, FeeAbsence, Level, TermAbsence

PAGE = 50
STATES = ("in_force", "coming", "ended")
LACKS = ("term", "fee", "steps", "papers")

_UNKNOWN_TERM = [TermAbsence.NOT_PUBLISHED, TermAbsence.UNREADABLE]
_UNKNOWN_FEE = [FeeAbsence.NOT_PUBLISHED, FeeAbsence.UNREADABLE]


@dataclass(frozen=True)
class CatalogueRow:
    """A line of the office's list. ``lacks`` are words of ``LACKS``: what is missing or waits for a person."""

    code: str
    number: int
    title: str
    field: str
    levels: tuple[Level, ...]
    confidence: Confidence
    valid_from: date
    valid_until: date | None
    is_listed: bool
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class CatalogueFilter:
    """What to keep: words, a field's code, a level, something that is lacking, how sure the facts are, and whether in force."""

    q: str = ""
    field: str = ""
    level: Level | None = None
    lack: str = ""
    confidence: Confidence | None = None
    state: str = "in_force"


@dataclass(frozen=True)
class CataloguePage:
    """Lines from ``start`` on, how many there are, and where the next page starts (None: nowhere)."""

    rows: tuple[CatalogueRow, ...]
    count: int
    start: int
    following: int | None


def catalogue(*, on: date, filters: CatalogueFilter | None = None, start: int = 0) -> CataloguePage:
    """Return a page of the office's list, in the order of the dictionary. Missing accents are forgiven, and typing errors in what is in force.

    The number of queries does not grow with the list.
    """
    kept = filters or CatalogueFilter()
    rows = _lacking(_of_state(kept.state, on))
    if kept.field:
        rows = rows.filter(field__code=kept.field)
    if kept.level:
        rows = rows.filter(levels__contains=[kept.level])
    if kept.confidence:
        rows = rows.filter(confidence=kept.confidence)
    if kept.lack in LACKS:
        rows = rows.filter(**{f"lacks_{kept.lack}": True})
    found = _matching(rows, kept.q)
    count = found.count()
    if not count and kept.state == "in_force" and fold(kept.q):
        codes = [hit.code for hit in search(kept.q, on=on, level=kept.level, field=kept.field or None, limit=PAGE)]
        found = rows.filter(procedure__code__in=codes)
        count = found.count()
    shown = found.select_related("procedure", "field").order_by("vi_key", "pk")[start : start + PAGE]
    following = start + PAGE if count > start + PAGE else None
    return CataloguePage(tuple(_row(row) for row in shown), count, start, following)


def lacking(*, on: date) -> dict[str, int]:
    """Return how many versions in force lack what: word of ``LACKS`` → number. One query."""
    rows = _lacking(Version.objects.in_force(on)).values_list(*(f"lacks_{lack}" for lack in LACKS))
    return {lack: sum(row[place] for row in rows) for place, lack in enumerate(LACKS)}


def _of_state(state: str, on: date) -> "QuerySet[Version]":
    if state == "coming":
        return Version.objects.filter(valid__startswith__gt=on)
    if state == "ended":
        later = Version.objects.filter(procedure=OuterRef("procedure"), number__gt=OuterRef("number"))
        return Version.objects.filter(valid__endswith__lte=on).exclude(Exists(later))
    return Version.objects.in_force(on)


def _lacking(rows: "QuerySet[Version]") -> "QuerySet[Version]":
    """Mark what each version lacks: nothing there, or something that waits for a person."""

    def there(table: Any, **more: Any) -> Exists:
        return Exists(table.objects.filter(version=OuterRef("pk"), **more))

    papers = Exists(Paper.objects.filter(case_type__version=OuterRef("pk")))
    return rows.annotate(
        lacks_term=Q(~there(ChannelTerm)) | Q(there(ChannelTerm, absence__in=_UNKNOWN_TERM)),
        lacks_fee=Q(~there(Fee)) | Q(there(Fee, absence__in=_UNKNOWN_FEE)),
        lacks_steps=Q(~there(Step)),
        lacks_papers=Q(~papers),
    )


def _matching(rows: "QuerySet[Version]", text: str) -> "QuerySet[Version]":
    for word in fold(text).split():
        rows = rows.filter(search_key__contains=f" {word}")
    return rows


def _row(row: Any) -> CatalogueRow:
    return CatalogueRow(
        code=row.procedure.code,
        number=row.number,
        title=row.title,
        field=row.field.name,
        levels=tuple(Level(level) for level in row.levels),
        confidence=Confidence(row.confidence),
        valid_from=row.valid.lower,
        valid_until=row.valid.upper,
        is_listed=row.is_listed,
        lacks=tuple(lack for lack in LACKS if getattr(row, f"lacks_{lack}")),
    )
