"""Job shells of cases."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cchc.cases.operations.rehousing import rehouse_ended
from cchc.cases.operations.reminding import remind
from cchc.cases.operations.settling import settle

SETTLE_TASK = "cchc.cases.settle"


def defer_settlement(settlement_id: int) -> None:
    """Put a run over the open promises into the queue, in the transaction that is open."""
    app.configure_task(SETTLE_TASK, queue="cases", lock="cases:settle").defer(settlement_id=settlement_id)


@app.task(name=SETTLE_TASK, queue="cases", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def settle_promises(settlement_id: int) -> None:
    """Move the promises that the changed calendar has closed. Killed in the middle, it goes on where it was."""
    settle(settlement_id=settlement_id, at=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="cchc.cases.remind", queue="cases", queueing_lock="cases:remind")
def remind_all(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says which tick it is)
    """Warn of what comes due and of what is late; each once."""
    remind(at=timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(name="cchc.cases.rehouse", queue="cases", queueing_lock="cases:rehouse")
def rehouse_all(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says which tick it is)
    """Give what ended units still hold to those that took them over: a merger decided ahead takes effect on its day."""
    rehouse_ended(at=timezone.now())
