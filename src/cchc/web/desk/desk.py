"""What every view of the desk shares: the request with its actor and moment, the count beside «Việc của tôi», today's calendar."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from cchc.cases import api as cases
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime

View = Callable[..., HttpResponse]


class DeskRequest(HttpRequest):
    """A request after the middleware: who acts, and the one moment everything in it happens at."""

    actor: Actor
    at: datetime
    htmx: Any
    inbox_count: Callable[[], int]
    asked_count: Callable[[], int]


def counted(view: View) -> View:
    """Let the frame show how many cases and questions wait for the person; asked only when the frame is drawn."""

    @wraps(view)
    def with_count(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        carrier = cast("Any", request)
        carrier.inbox_count = lambda: cases.count_mine(actor=carrier.actor)
        carrier.asked_count = lambda: cases.count_asked(actor=carrier.actor)
        return view(request, *args, **kwargs)

    return with_count


class Counting:
    """The calendar and the working hours of an office, loaded once for all chips of a page: the actor's own, or those of ``unit_id``."""

    def __init__(self, *, actor: Actor, at: datetime, unit_id: int | None = None, on: date | None = None) -> None:
        """Load both as they are ``on`` a day, today if none is given."""
        self.at = at
        self.calendar = worktime.load_calendar()
        keeper = unit_id or actor.unit_id
        self.schedule = organisations.schedule_of(keeper, on=on or local_date(at)) if keeper else worktime.default_schedule()
        self.countdown = worktime.Countdown(now=at, calendar=self.calendar, schedule=self.schedule)
