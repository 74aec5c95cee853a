"""Job shells of cases."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cchc.cases.models import Settlement
from cchc.cases.operations.rehousing import rehouse_ended
from cchc.cases.operations.reminding import remind
from cchc.cases.operations.settling import settle
from cchc.cases.terms import SETTLE_TASK
from cchc.jobs import api as jobs
from cchc.worktime import api as worktime


def defer_settlement(settlement_id: int) -> None:
    """Put a run over the open promises into the queue, in the transaction that is open."""
    app.configure_task(SETTLE_TASK, queue="cases", lock="cases:settle").defer(settlement_id=settlement_id)


@app.task(name=SETTLE_TASK, queue="cases", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def settle_promises(settlement_id: int) -> None:
    """Move the promises that the changed calendar has closed. Killed in the middle, it goes on where it was.

    How far it is stands in jobs, written between the transactions of the cases: everybody may watch. Both days of a swap ask for the
    same run; the second finds it done and looks only for what is new.
    """
    asked = Settlement.objects.get(pk=settlement_id)
    if asked.finished_at is not None:
        settle(settlement_id=settlement_id, at=timezone.now())
        return
    run = jobs.begin(name=SETTLE_TASK, key=str(settlement_id), total=len(worktime.unsettled(unbroken_at=asked.asked_at)), at=timezone.now())

    def tell(done: int, _seen: int) -> None:
        jobs.advance(run.id, done=min(done, run.total), at=timezone.now())

    try:
        moved = settle(settlement_id=settlement_id, at=timezone.now(), progress=tell)
    except Exception as error:
        jobs.fail(run.id, at=timezone.now(), error=f"Dừng giữa chừng ({type(error).__name__}). Chạy lại thì làm tiếp từ chỗ dừng.")
        raise
    jobs.finish(run.id, at=timezone.now(), result={"moved": moved})


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
