"""What was contested, and what was answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from cchc.figures.models import Contest
from cchc.figures.rules.registry import is_registered, measure
from cchc.figures.terms import Verdict
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.kernel.figures import Dimension, Figure
from cchc.kernel.period import Period
from cchc.kernel.standing import kept

PAGE = 50
ContestedNumber = tuple[str, int, frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class ContestView:
    """A contest. ``figure`` is None for a figure that is not registered any more; names of people are for officials only.

    ``only`` is what the number was narrowed to; ``value`` what it was then; ``is_own`` that it is the reader's.
    """

    code: str
    key: str
    figure: Figure | None
    unit_id: int
    start: date
    last: date
    only: Mapping[Dimension, str]
    value: Decimal | None
    reason: str
    raised_at: datetime
    raised_by: str
    verdict: Verdict | None
    answer: str
    answered_at: datetime | None
    answered_by: str
    is_own: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether it waits for an answer."""
        return self.verdict is None

    @property
    def is_withdrawn(self) -> bool:
        """Say whether who contested has taken it back; ``answer`` says why then."""
        return self.verdict is Verdict.WITHDRAWN


def contests_of(key: str, *, unit_id: int, period: Period, reader: Actor | None) -> tuple[ContestView, ...]:
    """Return the contests of a figure of a unit whose periods have a day in common with the one asked, the newest first. One query.

    ``reader`` is the official who looks; None for everybody else. The current year ends with today on every page, and so a little later each day: a contest is not lost overnight.
    """
    rows = Contest.objects.filter(key=key, unit_id=unit_id, start__lte=period.last, last__gte=period.start)
    return tuple(_view(row, reader) for row in _read(rows.order_by("-pk"))[:PAGE])


def open_contests(keys: Collection[str], *, unit_ids: Collection[int], period: Period) -> frozenset[ContestedNumber]:
    """Return the numbers that are contested and unanswered: key, unit, and what each was narrowed to. One query for a whole page."""
    assert period.last is not None, "a figure is asked for a closed period"
    return frozenset(number for number in _open_in(period.start, period.last) if number[0] in keys and number[1] in unit_ids)


@kept
def _open_in(start: date, last: date) -> frozenset[ContestedNumber]:
    """Return all that is contested in these days: what waits for an answer is little, and a page asks for several tables of it."""
    rows = Contest.objects.filter(start__lte=last, last__gte=start, answered_at__isnull=True)
    return frozenset((row.key, row.unit_id, frozenset((cut.value, value) for cut, value in _only(row).items())) for row in rows)


def contests_for(actor: Actor, *, answered: bool, before: int | None = None) -> tuple[tuple[ContestView, ...], int | None]:
    """Return a page of the contests that the actor may answer, and the key of the next; those that wait, or those that were answered.

    Needs ``figures:contest:answer``; only numbers of the actor's units. One query.
    """
    rows = _for(actor).filter(answered_at__isnull=not answered)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(_read(rows.order_by("-pk"))[: PAGE + 1])
    return tuple(_view(row, actor) for row in found[:PAGE]), found[PAGE - 1].pk if len(found) > PAGE else None


def contest_of(code: str, *, actor: Actor) -> ContestView:
    """Return one contest for who may answer it. Raises ``NotFound``, also for one of other units."""
    return _one(_for(actor), code, actor)


def own_contest(code: str, *, actor: Actor) -> ContestView:
    """Return one contest for who contested. Raises ``NotFound``, also for one of somebody else."""
    return _one(Contest.objects.filter(raised_by__person_id=actor.person), code, actor)


def count_contests(actor: Actor) -> int:
    """Return how many contests wait for the actor's answer; none without the right. One query."""
    if not actor.may(identity.Right.ANSWER_CONTEST):
        return 0
    return _for(actor).filter(answered_at__isnull=True).count()


def _for(actor: Actor) -> QuerySet[Contest]:
    actor.must(identity.Right.ANSWER_CONTEST)
    return Contest.objects.filter(Q() if actor.is_system else Q(unit_id__in=actor.units))


def _one(rows: QuerySet[Contest], code: str, actor: Actor) -> ContestView:
    row = _read(rows.filter(code=code)).first()
    if row is None:
        raise NotFound("Không có kiến nghị này. Mở lại danh sách kiến nghị.")
    return _view(row, actor)


def _read(rows: QuerySet[Contest]) -> QuerySet[Contest]:
    return rows.select_related("raised_by__person", "answered_by__person")


def _only(row: Contest) -> dict[Dimension, str]:
    cuts = {Dimension.FIELD: row.field, Dimension.CHANNEL: row.channel, Dimension.PROCEDURE: row.procedure}
    return {cut: value for cut, value in cuts.items() if value}


def _view(row: Contest, reader: Actor | None) -> ContestView:
    # A count is shown as a whole number, as it was then, and not as the column keeps it.
    value = row.value if row.value is None or row.value != row.value.to_integral_value() else row.value.quantize(Decimal(1))
    return ContestView(
        code=row.code,
        key=row.key,
        figure=measure(row.key).figure if is_registered(row.key) else None,
        unit_id=row.unit_id,
        start=row.start,
        last=row.last,
        only=_only(row),
        value=value,
        reason=row.reason,
        raised_at=row.raised_at,
        raised_by=_name(row.raised_by) if reader is not None else "",
        verdict=Verdict(row.verdict) if row.verdict else None,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=_name(row.answered_by) if reader is not None and row.answered_by_id is not None else "",
        is_own=reader is not None and row.raised_by.person_id == reader.person,
    )


def _name(post: Any) -> str:
    return f"{post.person.full_name}, {post.title}"
