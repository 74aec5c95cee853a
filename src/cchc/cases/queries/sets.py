"""Sets of cases as conditions, each written once: counted by figures, listed by pages, narrowed by filters."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q

from cchc.cases.models import Apology
from cchc.cases.terms import LIVE, RUNNING, WAITING, ApologyKind
from cchc.kernel.local import at as at_local

LIVE_NOW = Q(stage__in=sorted(LIVE))
WAITING_NOW = Q(stage__in=sorted(WAITING))
OWED = Q(stage__in=sorted(RUNNING))
# Finished early or on time; a case without a due date counts as on time (dossier §6.2).
KEPT_PROMISE = Q(finished_at__isnull=False) & (Q(late_from__isnull=True) | Q(finished_at__lt=F("late_from")))


def late(moment: datetime) -> Q:
    """Return the owed cases whose promise is broken at that moment."""
    return OWED & Q(late_from__lte=moment)


def owes_apology(moment: datetime) -> Q:
    """Return the owed cases whose promise is broken and for which nobody has said sorry."""
    said = Apology.objects.filter(case=OuterRef("pk"), kind__in=[ApologyKind.LATE, ApologyKind.OMITTED])
    return late(moment) & ~Exists(said)


def due_on(day: date) -> Q:
    """Return the owed cases whose promise or whose step comes due on a day in Viet Nam."""
    start, end = _bounds(day)
    return OWED & (Q(due_date=day) | Q(step_due_at__gte=start, step_due_at__lt=end))


def accepted_on(day: date) -> Q:
    """Return the cases accepted on a day in Viet Nam."""
    start, end = _bounds(day)
    return Q(received_at__gte=start, received_at__lt=end)


def returned_on(day: date) -> Q:
    """Return the cases whose result was handed over on a day in Viet Nam."""
    start, end = _bounds(day)
    return Q(returned_at__gte=start, returned_at__lt=end)


def _bounds(day: date) -> tuple[datetime, datetime]:
    return at_local(day, time.min), at_local(day + timedelta(days=1), time.min)
