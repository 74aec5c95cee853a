"""Look at the whole identity number of a party: allowed to few, and written in the journal of the case."""

from datetime import datetime

from django.db import transaction

from cchc.audit import api as audit
from cchc.cases.operations.acting import locked
from cchc.cases.terms import PartyRole
from cchc.identity import api as identity
from cchc.kernel.actor import Actor


@transaction.atomic
def reveal_identity(*, actor: Actor, at: datetime, code: str) -> dict[PartyRole, str]:
    """Return the identity numbers of the parties by role, and journal who looked and when."""
    case = locked(code)
    actor.must(identity.Right.REVEAL_IDENTITY, unit_id=case.agency_id)
    audit.record(stream=case.stream, act="identity_revealed", at=at, actor=actor, public={})
    return {PartyRole(item.role): item.identity_number for item in case.parties.all()}
