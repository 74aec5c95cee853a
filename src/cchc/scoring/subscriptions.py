"""What scoring does when values come in: the points of their period are computed at once, also when it has long ended."""

from datetime import timedelta

from django.utils import timezone

from cchc.figures.api import ValuesImported
from cchc.kernel.bus import subscribe
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.scoring.operations.computing import compute
from cchc.scoring.rules.periods import IndexPeriod


@subscribe(ValuesImported)
def values_imported(event: ValuesImported) -> None:
    """Compute the month, quarter or year again; other days are computed when somebody looks at them."""
    period, now = IndexPeriod.of(Period(event.start, event.last + timedelta(days=1))), timezone.now()
    if period is not None and period.start <= local_date(now):
        compute(at=now, periods=[period])
