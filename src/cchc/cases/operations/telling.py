"""Tell the applicant: a message kept with the act that caused it. Where there is only a telephone, an officer calls."""

from datetime import datetime

from cchc.cases.models import Case, Party
from cchc.cases.terms import PartyRole
from cchc.kernel.actor import Actor
from cchc.notifications import api as notifications


def tell_applicant(*, actor: Actor, at: datetime, case: Case, kind: str, label: str, key: str, subject: str, text: str) -> bool:
    """Keep a message to whoever brought the file, else to its owner; return whether it goes out by itself.

    Without any address nothing is kept. The journal entry of the act says whether the applicant was told; what was written stands in
    notifications. ``key`` makes it one message however often the act is tried.
    """
    party = _addressee(case)
    if party is None:
        return False
    message = notifications.notify(
        actor=actor,
        at=at,
        stream=case.stream,
        kind=kind,
        label=label,
        key=key,
        recipient=notifications.Recipient(name=party.full_name, phone=party.phone, email=party.email),
        subject=subject,
        text=text,
        unit_id=case.counter_id,
    )
    return message.status is not notifications.Status.NO_CHANNEL


def _addressee(case: Case) -> Party | None:
    found = {item.role: item for item in case.parties.all()}
    for role in (PartyRole.SUBMITTER, PartyRole.OWNER):
        party = found.get(role)
        if party is not None and (party.email or party.phone):
            return party
    return None
