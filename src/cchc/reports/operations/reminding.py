"""Remind the units that have not sent."""

from datetime import datetime

from django.db import transaction

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date
from cchc.kernel.period import Period
from cchc.notifications import api as notifications
from cchc.reports.queries.consolidating import FAMILY, parts_of
from cchc.reports.queries.statutory import label_of
from cchc.reports.queries.units import agency_of, holders_in
from cchc.reports.terms import State


@transaction.atomic
def remind_reporters(*, actor: Actor, at: datetime, period: Period, family: str = FAMILY) -> int:
    """Remind whoever prepares reports in the units that report to the actor's agency and have not sent; return how many units were told.

    Needs ``reports:report:receive``. Once a day for each post, however often it is pressed; it is no act on a report and stands in no
    journal. Units without anybody who prepares reports are not counted. Raises ``Refused`` when nobody can be told.
    """
    actor.must(identity.Right.RECEIVE_REPORT)
    day = local_date(at)
    unit = agency_of(actor, day)
    waiting = [part.unit.id for part in parts_of(unit, period, family=family) if part.state not in {State.SENT, State.RECEIVED}]
    posts = holders_in(waiting, identity.Right.PREPARE_REPORT, day)
    if not posts:
        raise Refused("Không có ai để nhắc: đơn vị chưa gửi chưa có người được giao lập báo cáo trên hệ thống.")
    notifications.remind_many(
        at=at,
        reminders=[
            notifications.Reminder(
                kind="report",
                key=f"report-due:{family}:{period.start}:{day}",
                text=f"{unit.full_name} nhắc gửi báo cáo {label_of(period)}",
                url="/so-lieu/bao-cao/phai-lap/",
                post_id=post.id,
            )
            for post, _ in posts
        ],
    )
    return len({agency for _, agency in posts})
