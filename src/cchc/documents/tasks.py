"""Job shells of papers."""

from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from cchc.documents.operations.files import sweep_files
from cchc.documents.operations.issue import RENDER_TASK
from cchc.documents.operations.render import render
from cchc.kernel.errors import NotFound


@app.task(name=RENDER_TASK, queue="papers")
def render_paper(paper_id: str) -> None:
    """Draw a paper before somebody asks for it. Twice is once; a paper forgotten meanwhile is left alone."""
    try:
        render(UUID(paper_id))
    except NotFound:
        return


# 02:40 in Viet Nam: after the day's work, before the backup of most offices. procrastinate reads cron in UTC.
@app.periodic(cron="40 19 * * *")
@app.task(name="cchc.documents.sweep_files", queue="papers")
def sweep(timestamp: int) -> None:
    """Remove files that no row refers to, left behind by a process killed before its commit."""
    sweep_files(at=datetime.fromtimestamp(timestamp, UTC))
