"""My load this week: what is late, and what comes due today and on the next four working days."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.cases import api as cases
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.web.desk.desk import Counting
from cchc.web.ui.vietnamese import day_short, weekday_short

AHEAD = 4


@dataclass(frozen=True)
class WeekDay:
    """One link of the strip."""

    label: str
    url: str
    promises: int
    steps: int
    day: str = ""
    is_late: bool = False


def strip(actor: Actor, counting: Counting) -> list[WeekDay]:
    """Return the links of the week. One query."""
    today = local_date(counting.at)
    days = [today]
    for _place in range(AHEAD):
        days.append(counting.calendar.next_working_day(days[-1]))
    inbox = reverse("desk:inbox")
    made = []
    for item in cases.load(actor=actor, at=counting.at, days=days):
        if item.day is None:
            url = f"{inbox}?urgency={cases.Urgency.LATE.value}" if item.promises or not item.steps else f"{inbox}?trouble={cases.STEP_LATE}"
            made.append(WeekDay(_("Quá hạn"), url, item.promises, item.steps, is_late=bool(item.promises or item.steps)))
        else:
            label = _("Hôm nay") if item.day == today else f"{weekday_short(item.day)} {day_short(item.day)}"
            made.append(WeekDay(label, f"{inbox}?due={item.day.isoformat()}", item.promises, item.steps, item.day.isoformat()))
    return made
