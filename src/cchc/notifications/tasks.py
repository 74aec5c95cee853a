"""Job shells of messages and notices."""

from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from cchc.notifications.operations import remind
from cchc.notifications.operations.notify import SEND_TASK
from cchc.notifications.operations.send import NotSentYet, send

# After 6 seconds, 36, 4 minutes, 22 minutes and 2 hours: six runs, since five attempts are five more than the first.
RETRIES = 5


@app.task(
    name=SEND_TASK,
    queue="messages",
    pass_context=True,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=6, retry_exceptions=[NotSentYet]),
)
def send_message(context: JobContext, message_id: str) -> None:
    """Send one message; tried again later while the mail server cannot take it. What came of it is kept with the message."""
    attempts = context.job.attempts if context.job else 0
    reason = send(message_id=UUID(message_id), at=timezone.now(), is_last=attempts >= RETRIES)
    if reason:
        raise NotSentYet(reason)


# Timetables are read in UTC: half past two at night in Viet Nam.
@app.periodic(cron="30 19 * * *")
@app.task(name="cchc.notifications.prune", queue="upkeep", queueing_lock="cchc.notifications.prune")
def prune(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it to every periodic job)
    """Throw away old reminders."""
    remind.prune(at=timezone.now())
