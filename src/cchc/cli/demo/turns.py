"""What happens to the whole office in the story: a day of the calendar is swapped, somebody is away."""

from datetime import date, time, timedelta

from cchc.cases import api as cases
from cchc.cli.demo.cast import Agency, script
from cchc.cli.demo.hours import Hours
from cchc.cli.demo.life import post_of
from cchc.cli.demo.plots import Plot
from cchc.cli.demo.stage import Away, Stage
from cchc.identity import api as identity
from cchc.kernel import bus
from cchc.kernel.local import at as at_local
from cchc.kernel.standing import moving
from cchc.worktime import api as worktime

_SATURDAY = 5
_DAY = timedelta(days=1)


def swap(stage: Stage, agency: Agency, last: date) -> Plot:
    """An administrator enters a swap of days; the promises of the day that is now off move, and the applicants are told.

    In a story of the past no worker does it: the run that the event would begin is made here, by the story's clock.
    """
    words = script("story")["swap"]
    off = stage.hours.shifted(last, -words["off"])
    makeup = _saturday_after(off)
    moment = yield at_local(stage.hours.shifted(last, -words["announced"]), time(8, 30))
    actor = agency.who("administrator", "")
    with moving(), bus.handed_to(lambda *_event: None):
        worktime.swap_days(actor=actor, at=moment, off=off, makeup=makeup, name=words["name"], source=words["source"])
        calendar = worktime.load_calendar()
        reason = f"{off:%d/%m/%Y}: {words['name']} {words['source']}"
        run = cases.open_settlement(calendar_version=calendar.version, at=moment, actor_post=actor.post, reason=reason)
        cases.settle(settlement_id=run, at=moment)
        stage.hours = Hours(calendar, worktime.schedule(script("cast")["schedule"]))


def away(stage: Stage, agency: Agency, last: date) -> Plot:
    """An officer goes on leave: the head of the unit stands in, and takes over what cannot wait."""
    words = script("story")["away"]
    day = stage.hours.shifted(last, -words["since"])
    moment = yield at_local(day, time(7, 20))
    officer, head = agency.who("case_officer", words["unit"]), agency.who("unit_head", words["unit"])
    with moving():
        identity.delegate(
            actor=officer,
            at=moment,
            post_id=post_of(officer),
            to_post_id=post_of(head),
            since=day,
            until=day + words["days"] * _DAY,
            reason=words["reason"],
        )
        stage.away = Away(post_of(officer), moment, agency.anew("unit_head", words["unit"], at=moment))
    moment = yield stage.hours.later(moment, 30)
    held = [code for code, holder in stage.holding.items() if holder is officer and stage.told[code] == "assigned"]
    for code in held[: words["reassigned"]]:
        cases.reassign(actor=head, at=moment, code=code, post_id=post_of(head), reason=words["reason"])
        stage.holding[code] = head


def _saturday_after(day: date) -> date:
    """Return the Saturday of the week after the next, far from the day."""
    day += 8 * _DAY
    while day.weekday() != _SATURDAY:
        day += _DAY
    return day
