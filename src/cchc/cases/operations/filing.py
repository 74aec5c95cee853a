"""Keep a scan with its case: what was handed in, evidence, the signed result. The bytes are the documents module's."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from cchc.cases.operations.acting import locked
from cchc.documents import api as documents
from cchc.identity import api as identity
from cchc.kernel.actor import Actor

# Whoever has the papers in hand may scan them: the counter, the officer, the signer.
KEEPERS = (identity.Right.RECEIVE_CASE, identity.Right.PROCESS_CASE, identity.Right.APPROVE_CASE)


@transaction.atomic
def keep_scan(
    *, actor: Actor, at: datetime, code: str, name: str, content: bytes | BinaryIO, kind: documents.FileKind
) -> documents.FileView:
    """Keep a file in the stream of the case, also of a closed one; the journal says by whom, with its hash.

    A file changes nothing about the case, so it does not make other people's forms stale. Raises ``NotAllowed`` and what
    ``documents.keep_file`` refuses.
    """
    case = locked(code)
    if not may_keep(actor, case.agency_id):
        actor.must(identity.Right.PROCESS_CASE, unit_id=case.agency_id)
    return documents.keep_file(actor=actor, at=at, stream=case.stream, name=name, content=content, kind=kind)


def may_keep(actor: Actor, agency_id: int | None) -> bool:
    """Say whether the actor may keep files with the cases of an agency."""
    return any(actor.may(right, unit_id=agency_id) for right in KEEPERS)
