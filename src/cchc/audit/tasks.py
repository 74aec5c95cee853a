"""Job shells of the journal."""

from django.utils import timezone
from procrastinate.contrib.django import app

from cchc.audit.operations.check import CHECK_TASK, run_check
from cchc.audit.operations.seal import seal_if_due
from cchc.kernel.actor import Actor


# Every hour, because a tick that passes while the machine is off is not made up for; the operation knows whether a seal is due.
@app.periodic(cron="5 * * * *")
@app.task(name="cchc.audit.seal", queue="audit", queueing_lock="cchc.audit.seal")
def seal_daily(timestamp: int) -> None:  # noqa: ARG001 (what procrastinate gives a periodic job: the tick, not the time)
    """Seal the day, once after 17:05; a day that was missed is sealed at the first hour after."""
    seal_if_due(actor=Actor.system("niêm phong hằng ngày"), at=timezone.now())


@app.task(name=CHECK_TASK, queue="audit")
def check_journal(number: int) -> None:
    """Check the whole journal, as somebody asked."""
    run_check(number)
