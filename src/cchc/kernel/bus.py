"""News from below for whoever stands above: events delivered at least once, by a job deferred in the same transaction.

A module subscribes in its ``subscriptions.py``, imported by its ``apps.py``. Handlers are idempotent. What stands below is
never told by an event; it is simply called.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar

EventT = TypeVar("EventT")
Defer = Callable[[str, str, str], None]

_events: dict[str, type] = {}
_handlers: dict[str, dict[str, Callable[[Any], None]]] = {}
_defer: ContextVar[Defer | None] = ContextVar("defer", default=None)


def subscribe(event: type[EventT]) -> Callable[[Callable[[EventT], None]], Callable[[EventT], None]]:
    """Decorate a handler of an event class. Its dotted name identifies the job, so it must not be a lambda."""

    def keep(handler: Callable[[EventT], None]) -> Callable[[EventT], None]:
        _events[event.__qualname__] = event
        _handlers.setdefault(event.__qualname__, {})[f"{handler.__module__}.{handler.__qualname__}"] = handler
        return handler

    return keep


def publish(event: object, *, defer: Defer | None = None) -> None:
    """Defer one job per handler of the event, in the transaction that is open.

    ``event`` is a frozen dataclass of plain values. ``defer`` takes (event name, handler name, JSON) and is the job queue's
    own unless a test gives another.
    """
    if not is_dataclass(event) or isinstance(event, type):
        raise TypeError("Sự kiện phải là một dataclass.")
    name = type(event).__qualname__
    handlers = _handlers.get(name, {})
    if not handlers:
        return
    payload = json.dumps(asdict(event), default=_plain, ensure_ascii=False)
    send = defer or _defer.get() or _defer_job
    for handler in handlers:
        send(name, handler, payload)


@contextmanager
def handed_to(defer: Defer) -> Iterator[None]:
    """Hand what is published inside to ``defer`` instead of the queue: for stories of the past, which no worker shall act on today."""
    before = _defer.set(defer)
    try:
        yield
    finally:
        _defer.reset(before)


def deliver(name: str, handler: str, payload: str) -> None:
    """Call one handler with the event rebuilt from its JSON. Run by the job; an unknown handler is an error, not a loss."""
    event_class = _events[name]
    values = json.loads(payload)
    parsed = {field.name: _typed(field.type, values[field.name]) for field in fields(event_class)}
    _handlers[name][handler](event_class(**parsed))


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _typed(annotation: object, value: Any) -> Any:
    if annotation is datetime:
        return datetime.fromisoformat(value)
    if annotation is date:
        return date.fromisoformat(value)
    return value


def _defer_job(name: str, handler: str, payload: str) -> None:
    from procrastinate.contrib.django import app  # noqa: PLC0415 (the kernel loads without Django)

    app.configure_task("cchc.kernel.deliver", queue="events").defer(name=name, handler=handler, payload=payload)
