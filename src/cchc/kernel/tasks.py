"""The job that brings one event to one handler. The kernel has no tables and is no Django application; settings name this file."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cchc.kernel import bus


@app.task(name="cchc.kernel.deliver", queue="events", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def deliver(name: str, handler: str, payload: str) -> None:
    """Deliver an event; tried again later when the handler fails, so handlers are idempotent."""
    bus.deliver(name, handler, payload)
