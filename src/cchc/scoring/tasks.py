"""Job shells of scoring."""

from django.utils import timezone
from procrastinate.contrib.django import app

from cchc.scoring.operations.computing import compute_ended, compute_running


# One lock for both: the worker's other hand stays free for what cannot wait.
@app.periodic(cron="*/5 * * * *")
@app.task(name="cchc.scoring.compute", queue="figures", queueing_lock="cchc.scoring.compute", lock="cchc.scoring")
def compute_scores(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says which tick it is)
    """Compute the points of the running month, quarter and year."""
    compute_running(at=timezone.now())


# At 02:20 in Viet Nam.
@app.periodic(cron="20 19 * * *")
@app.task(name="cchc.scoring.compute_ended", queue="figures", queueing_lock="cchc.scoring.compute_ended", lock="cchc.scoring")
def compute_ended_scores(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says which tick it is)
    """Compute again the periods that ended lately: facts and imported values come late."""
    compute_ended(at=timezone.now())
