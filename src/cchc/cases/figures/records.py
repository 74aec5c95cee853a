"""A click on a number: the very cases behind it, as far as the reader may see them."""

from datetime import datetime

from django.db.models import Count, QuerySet

from cchc.cases.figures.parts import PARTS, spells_of, spells_of_register
from cchc.cases.figures.quality import BEHIND
from cchc.cases.models import Case, Register, Spell
from cchc.cases.queries.lists import CaseRow, page_of
from cchc.figures.api import Asked, Flow, has_ever, measure, scopes_of
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.among import among
from cchc.kernel.errors import NotFound
from cchc.kernel.period import Period

# The list stands below the number and what it is made of; more are a click away.
SHOWN = 50


def behind(*, key: str, asked: Asked, actor: Actor, at: datetime, before: int | None = None) -> tuple[tuple[CaseRow, ...], int | None]:
    """Return a page of the cases behind a figure, and the key of the next. Needs ``cases:case:read``; only the actor's agencies.

    Raises ``NotFound`` for a figure that is a sum of others: each of those opens its own.
    """
    actor.must(identity.Right.READ_CASE)
    spells = _spells(key, asked, actor)
    if before is not None:
        spells = spells.filter(case__lt=before)
    # Walked from the newest file on, so that the first page of millions does not sort them all.
    ids = list(spells.order_by("-case_id").values_list("case_id", flat=True)[: SHOWN + 1])
    return page_of(Case.objects.filter(pk__in=ids), at=at, before=before, most=SHOWN)


def count_behind(*, key: str, asked: Asked, actor: Actor | None = None) -> int:
    """Return how many files are behind a figure, counted from the list itself; with ``actor`` only those that may be opened."""
    return _spells(key, asked, actor).count()


def opens_all(*, asked: Asked, actor: Actor) -> bool:
    """Say whether the actor may open every file behind any figure of the question.

    All agencies that ever counted for the unit must be theirs, and none of these may have given a file away: it is another's since.
    """
    agencies = {scope.unit_id for scope in scopes_of(asked.unit_id)}
    return actor.is_system or (agencies <= set(actor.units) and not has_ever(Flow.GIVEN, agencies))


def of_register(*, key: str, register: str, period: Period) -> dict[str, int]:
    """Return a figure of one imported register by the names of its units, as the register writes them.

    An old register's units need not be in our directory. Raises ``NotFound`` for a register that is not there, and for a figure that is
    not a plain count of files.
    """
    name = measure(key).part
    if name not in PARTS or not Register.objects.filter(code=register).exists():
        raise NotFound(f"Không đếm được «{key}» trong sổ «{register}». Kiểm tra mã sổ và chọn số liệu đếm hồ sơ.", field="register")
    rows = spells_of_register(name, register, period).order_by("case__unit_name").values_list("case__unit_name")
    return dict(rows.annotate(number=Count("pk")))


def _spells(key: str, asked: Asked, actor: Actor | None) -> QuerySet[Spell]:
    found = measure(key)
    if not found.part:
        raise NotFound(f"Số liệu «{found.figure.label}» là tổng của các số khác; mở từng số thành phần để xem hồ sơ.", field="key")
    spells = BEHIND[found.part](asked) if found.part in BEHIND else spells_of(found.part, asked)
    return spells if actor is None or actor.is_system else spells.filter(among("case__agency_id", actor.units))
