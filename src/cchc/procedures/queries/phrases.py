"""Phrases on offer, and what the portal names first."""

from dataclasses import dataclass

from django.db.models import Q

from cchc.procedures.models import Featured, Phrase
from cchc.procedures.terms import PhraseKind


@dataclass(frozen=True)
class PhraseView:
    """A phrase. ``code`` is its procedure, empty for all; ``reason`` says why, or what to do instead; ``origin`` where it comes from."""

    id: int
    code: str
    kind: PhraseKind
    ordinal: int
    text: str
    reason: str
    origin: str
    is_withdrawn: bool


@dataclass(frozen=True)
class FeaturedView:
    """A procedure by its everyday name."""

    code: str
    name: str


def phrases_for(code: str, kind: PhraseKind) -> tuple[PhraseView, ...]:
    """Return the phrases on offer for a procedure: its own first, then the general ones, in the office's order. One query."""
    rows = Phrase.objects.filter(kind=kind, withdrawn_at=None).filter(_own(code) | _general()).select_related("procedure")
    return tuple(sorted((_view(row) for row in rows), key=lambda phrase: (not phrase.code, phrase.ordinal, phrase.id)))


def phrases_of(code: str) -> tuple[PhraseView, ...]:
    """Return every phrase of one procedure, or with an empty code the general ones, the withdrawn too; by kind, in the office's order."""
    rows = Phrase.objects.filter(_own(code) if code else _general()).select_related("procedure").order_by("ordinal", "pk")
    places = PhraseKind.values()
    return tuple(sorted((_view(row) for row in rows), key=lambda phrase: places.index(phrase.kind)))


def phrase(phrase_id: int) -> PhraseView | None:
    """Return one phrase, or None."""
    row = Phrase.objects.select_related("procedure").filter(pk=phrase_id).first()
    return _view(row) if row else None


def featured() -> tuple[FeaturedView, ...]:
    """Return what the portal names first, in the office's order. A procedure that is not in force is the caller's to leave out."""
    return tuple(FeaturedView(row.code, row.name) for row in Featured.objects.order_by("ordinal"))


def _own(code: str) -> Q:
    return Q(procedure__code=code)


def _general() -> Q:
    return Q(procedure=None)


def _view(row: Phrase) -> PhraseView:
    return PhraseView(
        id=row.pk,
        code=row.procedure.code if row.procedure else "",
        kind=PhraseKind(row.kind),
        ordinal=row.ordinal,
        text=row.text,
        reason=row.reason,
        origin=row.origin,
        is_withdrawn=row.withdrawn_at is not None,
    )
