"""Job shells of papers."""

from uuid import UUID

from procrastinate.contrib.django import app

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
