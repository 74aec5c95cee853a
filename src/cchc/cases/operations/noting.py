"""Internal notes: kept in the journal, shown to officials of the agency, deleted by nobody; a differing opinion is one of them."""

from datetime import datetime

from django.db import transaction

from cchc.audit import api as audit
from cchc.cases.operations.acting import locked
from cchc.cases.rules.lengths import must_fit
from cchc.cases.terms import Act
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Refused
from cchc.kernel.text import clean


@transaction.atomic
def add_note(*, actor: Actor, at: datetime, code: str, text: str, dissent: bool = False) -> None:
    """Add a note to a case. ``dissent`` marks an opinion that differs from a superior's: it stays, whoever dislikes it.

    A note changes nothing, so it does not make other people's forms stale. It stands in the private part of the journal.
    """
    case = locked(code)
    actor.must(identity.Right.READ_CASE, unit_id=case.agency_id)
    if not clean(text):
        raise Refused("Nhập nội dung ghi chú.", field="text")
    must_fit(note=text)
    audit.record(stream=case.stream, act=Act.NOTE.value, at=at, actor=actor, public={"dissent": dissent}, private={"note": clean(text)})
