"""Issue a paper: number, snapshot, digest, and a job that draws it."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import is_dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cchc.documents.models import Paper, Snapshot
from cchc.documents.operations.numbering import next_number
from cchc.documents.queries.papers import PaperView, snapshot_digest
from cchc.documents.queries.templates import template_on
from cchc.documents.rules.forms import SHAPES, FormData
from cchc.documents.rules.plain import from_plain, to_plain
from cchc.documents.terms import FormKey
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.local import local_date

RENDER_TASK = "cchc.documents.render_paper"
_jobs_wanted: ContextVar[bool] = ContextVar("jobs_wanted", default=True)


@contextmanager
def drawn_at_first_view() -> Iterator[None]:
    """Leave the papers issued inside to their first view, whoever issues them: for demos, which would flood the queue."""
    before = _jobs_wanted.set(False)
    try:
        yield
    finally:
        _jobs_wanted.reset(before)


@transaction.atomic
def issue(
    *, actor: Actor, at: datetime, form: FormKey, unit_id: int, stream: str, data: FormData | Mapping[str, Any], soon: bool = True
) -> PaperView:
    """Issue a paper of the form that is in force on the day of ``at``, and return it with its number and data digest.

    The number is the next of (unit, series, year of ``at`` in Viet Nam). ``data`` is the form's dataclass or its JSON. With ``soon`` a job
    draws the PDF once the transaction is committed; imports and demos leave it to the first view. Raises ``Invalid`` naming the fields
    that are wrong, ``Refused`` when no template is in force or the form bears no number.

    No right is asked: a paper is never issued by itself, but as part of an act of a module above, which has asked its own right in this
    transaction; that module also journals the returned digest.
    """
    template = template_on(FormKey(form), local_date(at))
    if not template.series:
        raise Refused(f"«{template.title}» không có số: in thẳng, không cấp.", field="form")
    given = to_plain(data) if is_dataclass(data) else data
    plain = to_plain(from_plain(SHAPES[FormKey(form)], given))
    salt = secrets.token_hex(16)
    year = local_date(at).year
    paper = Paper.objects.create(
        unit_id=unit_id,
        template=template,
        layout=template.layout,
        series=template.series,
        year=year,
        number=next_number(unit_id=unit_id, series=template.series, year=year),
        stream=stream,
        created_at=at,
        created_by=actor.post,
        data_digest=snapshot_digest(salt=salt, data=plain),
    )
    Snapshot.objects.create(paper=paper, salt=salt, data=plain)
    if soon and _jobs_wanted.get():
        _defer(paper)
    return PaperView.of(paper)


def _defer(paper: Paper) -> None:
    # Named, not imported: jobs stand above operations. The row of the job lives and dies with this transaction.
    from procrastinate.contrib.django import app  # noqa: PLC0415 (the application exists only once Django is ready)

    app.configure_task(RENDER_TASK, queue="papers").defer(paper_id=str(paper.code))
