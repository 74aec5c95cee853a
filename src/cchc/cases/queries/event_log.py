"""The log of what happened to files, for mining processes: pseudonyms in the place of codes, units in the place of people."""

import hmac
from collections.abc import Iterator
from datetime import time

from django.conf import settings

from cchc.audit import api as audit
from cchc.cases.models import Case, CaseQuerySet
from cchc.cases.rules.xes import Happening, Trace
from cchc.cases.terms import Act
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.local import at as at_local
from cchc.kernel.local import local
from cchc.kernel.period import Period
from cchc.organisations import api as organisations

CHUNK = 500
_LABELS = {act.value: act.label for act in Act}


def event_log(*, actor: Actor, unit_id: int, period: Period) -> Iterator[Trace]:
    """Return what happened to the files accepted in a closed period by a unit and what stood under it on its last day, in their order.

    Needs ``cases:case:read`` in that unit; asked at once, before anything is read. All acts of a file are told, those after the period
    too. Two queries for each 500 files. Acts come from the public parts of the journal; a name, a code or a post is never among them.
    """
    actor.must(identity.Right.READ_CASE, unit_id=unit_id)
    return _traces(accepted_by(unit_id, period))


def accepted_by(unit_id: int, period: Period) -> CaseQuerySet:
    """Return the files accepted in a closed period by a unit and what stood under it on its last day: what every mining reads."""
    assert period.end is not None, "a log is asked for a closed period"
    assert period.last is not None, "as above"
    agencies = {unit_id} | organisations.descendant_ids_on(unit_id, period.last)
    first, end = at_local(period.start, time.min), at_local(period.end, time.min)
    return Case.objects.of_agencies(frozenset(agencies)).filter(received_at__gte=first, received_at__lt=end)


def pseudonym(stream: str) -> str:
    """Return the name of a file in the log: the same in every log of this installation, and nothing that leads back without its key."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"cchc event log", "sha256")
    return hmac.digest(key, stream.encode(), "sha256").hex()[:32]


def _traces(cases: CaseQuerySet) -> Iterator[Trace]:
    last = 0
    while chunk := list(cases.filter(pk__gt=last).select_related("register").order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        stories = audit.public_entries([case.stream for case in chunk])
        for case in chunk:
            entries = stories.get(case.stream, [])
            events = tuple(Happening(_LABELS[item.act], local(item.at), item.unit) for item in entries if item.act in _LABELS)
            yield Trace(pseudonym(case.stream), case.procedure_code, case.field_name, case.channel, events)
