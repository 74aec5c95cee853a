"""Readings kept for as long as somebody promises that nothing they rest on changes: one page that is only looked at, one long story.

Outside ``standing`` nothing is kept and every reading asks the database. An act that serves people never makes that promise: what it
rests on may be changed by others while it runs, and it must see that.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_readings: ContextVar[dict[Hashable, Any] | None] = ContextVar("standing", default=None)


@contextmanager
def standing() -> Iterator[None]:
    """Keep the readings made inside; they are forgotten at the end, and by ``moving``."""
    before = _readings.set({})
    try:
        yield
    finally:
        _readings.reset(before)


@contextmanager
def moving() -> Iterator[None]:
    """Let what was promised to stand still change inside: nothing is kept there, and afterwards everything is read anew."""
    kept = _readings.get()
    before = _readings.set(None)
    try:
        yield
    finally:
        _readings.reset(before)
        if kept is not None:
            kept.clear()


def is_standing() -> bool:
    """Say whether somebody has promised that nothing changes."""
    return _readings.get() is not None


def is_hashable(key: object) -> bool:
    """Say whether something can be found again under this key."""
    try:
        hash(key)
    except TypeError:
        return False
    return True


def kept(reading: Callable[P, T]) -> Callable[P, T]:
    """Decorate a reading whose answer nobody changes. It is kept by its arguments; one with arguments that have no hash is not kept."""

    @wraps(reading)
    def read(*args: P.args, **kwargs: P.kwargs) -> T:
        readings = _readings.get()
        if readings is None:
            return reading(*args, **kwargs)
        key = (reading.__module__, reading.__qualname__, args, tuple(sorted(kwargs.items())))
        if not is_hashable(key):
            return reading(*args, **kwargs)
        if key not in readings:
            readings[key] = reading(*args, **kwargs)
        found: T = readings[key]
        return found

    return read
