"""Change an hour fixed by law, from a day on. What held before the day goes on holding for it."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cchc.audit.api import record
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.text import clean
from cchc.worktime.models import Setting
from cchc.worktime.operations.calendars import RIGHT, STREAM, check_words
from cchc.worktime.operations.locks import edit_calendar
from cchc.worktime.terms import Confidence, Cutoff, Origin


@transaction.atomic
def set_cutoff(
    *,
    actor: Actor,
    at: datetime,
    key: Cutoff,
    value: time,
    since: date,
    source: str,
    confidence: Confidence = Confidence.SURE,
) -> None:
    """Let an hour hold from ``since`` on, in the place of what would have held then; promises made stay.

    Raises ``Refused`` for a day before today (``since``), since past promises are explained by what held then, and for a source
    that is missing or too long; ``NotAllowed`` without ``worktime:calendar:edit``.
    """
    actor.must(RIGHT)
    check_words(source=clean(source))
    if since < local_date(at):
        raise Refused("Ngày áp dụng không thể trước hôm nay: lời hẹn đã in được giải thích theo giờ áp dụng lúc đó.", field="since")
    edit_calendar()
    replaced = []
    for row in Setting.objects.filter(key=key, period__overlap=DateRange(since, None)).order_by("period"):
        replaced.append(f"{row.value} {row.period.lower:%d/%m/%Y}")
        if row.period.lower is not None and row.period.lower >= since:
            row.delete()
        else:
            row.period = DateRange(row.period.lower, since)
            row.save(update_fields=["period"])
    Setting.objects.create(
        key=key,
        value=f"{value:%H:%M}",
        period=DateRange(since, None),
        source=clean(source),
        confidence=Confidence(confidence),
        origin=Origin.OFFICE,
    )
    public = {"key": key.value, "value": f"{value:%H:%M}", "since": since.isoformat(), "source": clean(source), "replaced": replaced}
    record(stream=STREAM, act="setting_set", at=at, actor=actor, public=public)
