"""A click on a number: the very cases behind it, as far as the reader may see them."""

from datetime import datetime

from cchc.cases.figures.parts import spells_of
from cchc.cases.models import Case
from cchc.cases.queries.lists import CaseRow, page_of
from cchc.figures.api import Asked, measure
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound


def behind(*, key: str, asked: Asked, actor: Actor, at: datetime, before: int | None = None) -> tuple[tuple[CaseRow, ...], int | None]:
    """Return a page of the cases behind a figure, and the key of the next. Needs ``cases:case:read``; only the actor's agencies."""
    actor.must(identity.Right.READ_CASE)
    cases = Case.objects.filter(pk__in=_spells(key, asked).values("case"))
    if not actor.is_system:
        cases = cases.of_agencies(actor.units)
    return page_of(cases, at=at, before=before)


def count_behind(*, key: str, asked: Asked) -> int:
    """Return how many cases are behind a figure, counted one by one from the list itself."""
    return _spells(key, asked).count()


def _spells(key: str, asked: Asked):  # type: ignore[no-untyped-def]  # noqa: ANN202
    found = measure(key)
    if not found.part:
        raise NotFound(f"Số liệu «{found.figure.label}» là tổng của các số khác; mở từng số thành phần để xem hồ sơ.", field="key")
    return spells_of(found.part, asked)
