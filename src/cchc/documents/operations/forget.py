"""Forget what papers say about a person; keep that they were issued."""

from datetime import datetime

from django.db import transaction

from cchc.documents.models import Rendering, Snapshot
from cchc.kernel.actor import Actor


@transaction.atomic
def forget(*, actor: Actor, at: datetime, stream: str) -> int:  # noqa: ARG001 (every act takes its time; the caller journals it)
    """Erase the data and the PDFs of a stream's papers; return how many papers were forgotten now.

    Number, form, dates and digests stay; the digest's salt goes with the data. Needs the right ``audit:private:erase``. The caller erases
    the journal's private parts in the same transaction, and that is where the act is recorded.
    """
    actor.must("audit:private:erase")
    forgotten, _ = Snapshot.objects.filter(paper__stream=stream).delete()
    Rendering.objects.filter(paper__stream=stream, pdf__isnull=False).update(pdf=None)
    return forgotten
