"""What every view of the desk shares: the request with its actor and moment, the count beside «Việc của tôi», today's calendar."""

from collections.abc import Callable
from datetime import datetime
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
    """The calendar and the office's working hours, loaded once for all chips of a page."""

    def __init__(self, *, actor: Actor, at: datetime) -> None:
        """Load both."""
        self.at = at
        self.calendar = worktime.load_calendar()
        self.schedule = organisations.schedule_of(actor.unit_id, on=local_date(at)) if actor.unit_id else worktime.default_schedule()
