"""Forget a person: erase private parts, keep the chain."""

from datetime import datetime

from django.db import transaction

from cchc.audit.models import PrivatePart
from cchc.audit.operations.record import record
from cchc.kernel.actor import Actor


@transaction.atomic
def erase_private(*, actor: Actor, at: datetime, stream: str, reason: str) -> int:
    """Erase the private parts of a stream and say so in it; return how many were erased.

    The chain still verifies, since it holds only their salted digests. Needs the right ``audit:private:erase``.
    """
    actor.must("audit:private:erase")
    erased, _ = PrivatePart.objects.filter(entry__stream__name=stream).delete()
    record(stream=stream, act="private_erased", at=at, actor=actor, public={"erased": erased, "reason": reason})
    return erased
