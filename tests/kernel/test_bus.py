"""Events travel as jobs deferred in the transaction, and arrive whole."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from cchc.kernel import bus
from cchc.kernel.local import VIETNAM


@dataclass(frozen=True)
class SomethingHappened:
    """An event of this test."""

    code: str
    at: datetime


HEARD: list[SomethingHappened] = []


@bus.subscribe(SomethingHappened)
def hear(event: SomethingHappened) -> None:
    """Keep what was heard."""
    HEARD.append(event)


def test_an_event_reaches_its_handler_unchanged() -> None:
    deferred: list[tuple[str, str, str]] = []
    event = SomethingHappened("H27-1", datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM))
    bus.publish(event, defer=lambda *job: deferred.append(job))
    assert len(deferred) == 1
    bus.deliver(*deferred[0])
    assert [event] == HEARD


def test_an_event_nobody_waits_for_makes_no_job() -> None:
    @dataclass(frozen=True)
    class Unheard:
        code: str

    bus.publish(Unheard("x"), defer=lambda *_job: pytest.fail("no handler, no job"))


def test_an_unknown_handler_is_an_error_not_a_loss() -> None:
    with pytest.raises(KeyError):
        bus.deliver("SomethingHappened", "nowhere.nobody", '{"code": "x", "at": "2026-11-20T14:32:00+07:00"}')


def test_what_is_published_inside_is_handed_to_whoever_asked_for_it() -> None:
    handed: list[tuple[str, str, str]] = []
    event = SomethingHappened("H27-2", datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM))
    with bus.handed_to(lambda *job: handed.append(job)):
        bus.publish(event)
    assert [name for name, _handler, _payload in handed] == ["SomethingHappened"]
