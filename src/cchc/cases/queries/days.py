"""A day at the counter, and a week ahead: what was done, what is left, what comes due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, Sum

from cchc.cases.models import Case, FeeLine, HandoverSlip
from cchc.cases.queries import sets
from cchc.cases.queries.lists import CaseRow, mine_of, rows_of
from cchc.cases.terms import RUNNING, PaymentMethod, Stage, Step
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local_date

MOST = 500


@dataclass(frozen=True)
class Money:
    """What was taken on a day by one way of paying: how many payments, how many dong."""

    method: PaymentMethod
    count: int
    amount: int


@dataclass(frozen=True)
class DaySheet:
    """A counter's day: received, handed over, not yet forwarded, ready and not fetched, slips not signed for, and the money."""

    day: date
    unit_id: int
    received: tuple[CaseRow, ...]
    returned: tuple[CaseRow, ...]
    to_forward: tuple[CaseRow, ...]
    ready: tuple[CaseRow, ...]
    waiting: tuple[CaseRow, ...]
    money: tuple[Money, ...]
    open_slips: int

    @property
    def total(self) -> int:
        """Return the money of the day in dong."""
        return sum(item.amount for item in self.money)


@dataclass(frozen=True)
class LoadDay:
    """A day of the week ahead: how many promises and how many steps come due for me. The first row holds what is late."""

    day: date | None
    promises: int
    steps: int


def day_sheet(*, actor: Actor, at: datetime, day: date, own: bool = False) -> DaySheet:
    """Return the day of the actor's counter (all of its people; with ``own`` only what the actor did). Eight queries at most.

    Needs ``cases:case:receive``. Lists hold at most 500 files each; the money is whole.
    """
    actor.must(identity.Right.RECEIVE_CASE)
    assert actor.unit_id is not None, "who receives sits in a unit"
    start, end = at_local(day, time.min), at_local(day + timedelta(days=1), time.min)
    counter = Case.objects.filter(counter_id=actor.unit_id, imported=False)
    received, returned = (
        counter.filter(received_at__gte=start, received_at__lt=end),
        counter.filter(returned_at__gte=start, returned_at__lt=end),
    )
    if own:
        received = received.filter(received_by_id=actor.post_id)
        returned = returned.filter(result__handed_by_id=actor.post_id)
    paid = FeeLine.objects.filter(case__counter_id=actor.unit_id, paid_at__gte=start, paid_at__lt=end, amount__gt=0)
    sums = paid.order_by("method").values("method").annotate(count=Count("pk"), amount=Sum("amount"))
    return DaySheet(
        day=day,
        unit_id=actor.unit_id,
        received=rows_of(received.order_by("received_at")[:MOST], at=at),
        returned=rows_of(returned.order_by("returned_at")[:MOST], at=at),
        to_forward=rows_of(counter.filter(stage=Stage.ACCEPTED, step=Step.FORWARD).order_by("forward_by")[:MOST], at=at),
        ready=rows_of(counter.filter(step=Step.HAND_OVER).order_by("finished_at")[:MOST], at=at),
        waiting=rows_of(counter.filter(sets.WAITING_NOW).order_by("since")[:MOST], at=at),
        money=tuple(Money(PaymentMethod(row["method"]), row["count"], row["amount"]) for row in sums),
        open_slips=HandoverSlip.objects.filter(from_unit_id=actor.unit_id, received_at__isnull=True).count(),
    )


def load(*, actor: Actor, at: datetime, days: Sequence[date]) -> tuple[LoadDay, ...]:
    """Return what comes due for the actor: first what is late, then each of the days. One query."""
    actor.must(identity.Right.READ_CASE)
    mine = Case.objects.filter(mine_of(actor), stage__in=sorted(RUNNING)).of_agencies(actor.units)
    today = local_date(at)
    wanted: dict[str, Count] = {
        "late": Count("pk", filter=Q(late_from__lte=at)),
        "step_late": Count("pk", filter=Q(step_due_at__lt=at)),
    }
    for place, day in enumerate(days):
        start, end = at_local(day, time.min), at_local(day + timedelta(days=1), time.min)
        from_now = max(start, at) if day == today else start
        wanted[f"d{place}"] = Count("pk", filter=Q(due_date=day) & (Q(late_from__isnull=True) | Q(late_from__gt=at)))
        wanted[f"s{place}"] = Count("pk", filter=Q(step_due_at__gte=from_now, step_due_at__lt=end))
    found = mine.aggregate(**wanted)
    ahead = tuple(LoadDay(day, found[f"d{place}"], found[f"s{place}"]) for place, day in enumerate(days))
    return (LoadDay(None, found["late"], found["step_late"]), *ahead)
