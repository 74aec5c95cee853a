"""Job shells of figures."""

from procrastinate.contrib.django import app

from cchc.figures.operations.rollups import keep_up, rebuild_if_never_counted


# The last field counts seconds.
@app.periodic(cron="* * * * * */3")
@app.task(name="cchc.figures.refresh", queue="figures", queueing_lock="cchc.figures.refresh", lock="cchc.figures.refresh")
def refresh_all(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says which tick it is)
    """Count again what has gone stale; after an upgrade that changed the buckets, everything."""
    rebuild_if_never_counted()
    keep_up()
