"""A click on a number: the very cases behind it, as far as the reader may see them."""

from datetime import datetime

from django.db.models import QuerySet

from cchc.cases.figures.parts import spells_of
from cchc.cases.figures.quality import BEHIND
from cchc.cases.models import Case, Spell
from cchc.cases.queries.lists import CaseRow, page_of
from cchc.figures.api import Asked, measure
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound


def behind(*, key: str, asked: Asked, actor: Actor, at: datetime, before: int | None = None) -> tuple[tuple[CaseRow, ...], int | None]:
    """Return a page of the cases behind a figure, and the key of the next. Needs ``cases:case:read``; only the actor's agencies.

    Raises ``NotFound`` for a figure that is a sum of others: each of those opens its own.
    """
    actor.must(identity.Right.READ_CASE)
    cases = Case.objects.filter(pk__in=_spells(key, asked, actor).values("case"))
    return page_of(cases, at=at, before=before)


def count_behind(*, key: str, asked: Asked, actor: Actor | None = None) -> int:
    """Return how many files are behind a figure, counted from the list itself; with ``actor`` only those that may be opened."""
    return _spells(key, asked, actor).count()


def _spells(key: str, asked: Asked, actor: Actor | None) -> QuerySet[Spell]:
    found = measure(key)
    if not found.part:
        raise NotFound(f"Số liệu «{found.figure.label}» là tổng của các số khác; mở từng số thành phần để xem hồ sơ.", field="key")
    spells = BEHIND[found.part](asked) if found.part in BEHIND else spells_of(found.part, asked)
    return spells if actor is None or actor.is_system else spells.filter(case__agency_id__in=actor.units)
