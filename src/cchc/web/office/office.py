"""What every view of the office shares: the request with its actor and moment."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from cchc.kernel.actor import Actor


class OfficeRequest(HttpRequest):
    """A request after the middleware: who acts, and the one moment everything in it happens at."""

    actor: Actor
    at: datetime
    htmx: Any
