"""The same act on many cases: each in its own savepoint, so that one that cannot go does not stop the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cchc.cases.operations.moving import assign, hand_over
from cchc.cases.operations.steps import reassign, send_back
from cchc.cases.queries.steps import last_officer_seq
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, NotFound, Refused

MOST = 200


@dataclass(frozen=True)
class Batch:
    """The codes that went, in the order given, and for each that did not the sentence why."""

    done: tuple[str, ...]
    refused: Mapping[str, str]


def each(codes: Sequence[str], act: Callable[[str], object]) -> Batch:
    """Do the act for each code, in the order of the codes so that two batches never wait for each other crosswise.

    Raises ``Refused`` for no code or too many.
    """
    wanted = sorted({code.strip().upper() for code in codes if code.strip()})
    if not wanted:
        raise Refused("Chọn ít nhất một hồ sơ.", field="codes")
    if len(wanted) > MOST:
        raise Refused(f"Mỗi lần làm nhiều nhất {MOST} hồ sơ, đang chọn {len(wanted)}. Chọn bớt lại.", field="codes")
    done, refused = [], {}
    for code in wanted:
        try:
            with transaction.atomic():
                act(code)
        except (NotAllowed, NotFound) as error:
            refused[code] = error.message
        except Refused as error:
            # What is wrong with the common answer (no such person, no reason) is wrong for all: the form says so once.
            if error.field not in {"", "code", "at", "to_seq"}:
                raise
            refused[code] = error.message
        else:
            done.append(code)
    return Batch(tuple(done), refused)


@transaction.atomic
def assign_many(*, actor: Actor, at: datetime, codes: Sequence[str], post_id: int, note: str = "") -> Batch:
    """Assign many cases to one officer."""
    return each(codes, lambda code: assign(actor=actor, at=at, code=code, post_id=post_id, note=note))


@transaction.atomic
def reassign_many(*, actor: Actor, at: datetime, codes: Sequence[str], post_id: int, reason: str) -> Batch:
    """Give many cases to another officer, for one reason."""
    return each(codes, lambda code: reassign(actor=actor, at=at, code=code, post_id=post_id, reason=reason))


@transaction.atomic
def send_back_many(*, actor: Actor, at: datetime, codes: Sequence[str], reason: str) -> Batch:
    """Return many cases to the officer who had each of them last, for one reason."""

    def back(code: str) -> None:
        send_back(actor=actor, at=at, code=code, to_seq=last_officer_seq(code), reason=reason)

    return each(codes, back)


@transaction.atomic
def hand_over_many(*, actor: Actor, at: datetime, codes: Sequence[str], receiver: str, note: str = "") -> Batch:
    """Give several results to one person who came for all of them."""
    return each(codes, lambda code: hand_over(actor=actor, at=at, code=code, receiver=receiver, note=note))
