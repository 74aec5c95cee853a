"""Forget what papers and files say about a person; keep that they were issued and given."""

from datetime import datetime

from django.db import transaction

from cchc.documents.models import Rendering, Snapshot
from cchc.documents.operations.files import forget_files
from cchc.kernel.actor import Actor


@transaction.atomic
def forget(*, actor: Actor, at: datetime, stream: str) -> int:  # noqa: ARG001 (every act takes its time; the caller journals it)
    """Erase the data and the PDFs of a stream's papers, and its files; return how many papers were forgotten now.

    Number, form, dates and digests stay; the digest's salt goes with the data. A file's bytes go unless another stream was given the same. Needs the right ``audit:private:erase``. The caller erases
    the journal's private parts in the same transaction, and that is where the act is recorded.
    """
    actor.must("audit:private:erase")
    forgotten, _ = Snapshot.objects.filter(paper__stream=stream).delete()
    Rendering.objects.filter(paper__stream=stream, pdf__isnull=False).update(pdf=None)
    forget_files(actor=actor, stream=stream)
    return forgotten
