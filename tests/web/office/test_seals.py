"""The office's room of seals: what is sealed, and a check that runs while one does something else."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cchc.audit import api as audit
from cchc.audit.models import Verification
from cchc.audit.tasks import check_journal
from cchc.identity import api as identity
from cchc.identity.models import Person
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotAllowed
from tests.audit.sealing import EVENING, OFFICER, SYSTEM, seal, tamper, write
from tests.world import FOUNDED, NOW, World

URL = "/office/seals/"
pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture
def administrator(client: Client, world: World) -> Client:
    """Sign in somebody who may see the seals."""
    system = Actor.system("thử")
    person = world.people["thu"].person_id if hasattr(world.people["thu"], "person_id") else Person.objects.get(login="thu").pk
    identity.appoint(actor=system, at=NOW, person_id=person, unit_id=world.office.id, role="administrator", title="Quản trị hệ thống", since=FOUNDED)
    client.force_login(Person.objects.get(login="thu"))
    client.session.save()
    return client


def page_of(client: Client) -> Any:
    answer = client.get(URL)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def ask() -> audit.CheckView:
    return audit.ask_check(actor=SYSTEM, at=EVENING)


def test_a_sound_journal_is_checked_in_a_job() -> None:
    write()
    seal()
    asked = ask()
    assert asked.is_running
    check_journal(number=asked.number)
    [done] = audit.checks(actor=SYSTEM, at=EVENING)
    assert (done.holds, done.is_running, done.seals, done.share) == (True, False, 1, 1.0)
    check_journal(number=asked.number)
    assert audit.checks(actor=SYSTEM, at=EVENING) == (done,), "one that has ended is left alone"


def test_what_is_broken_is_kept_by_name() -> None:
    write()
    seal()
    tamper("UPDATE audit_entry SET at = at + interval '1 day'")
    check_journal(number=ask().number)
    [done] = audit.checks(actor=SYSTEM, at=EVENING)
    assert not done.holds
    assert "case:X" in {fault.stream for fault in done.faults}


def test_one_check_at_a_time_and_a_lost_one_does_not_block() -> None:
    ask()
    with pytest.raises(Conflict, match="Đang có một lần kiểm tra chạy"):
        ask()
    later = EVENING + timedelta(hours=1)
    [lost] = audit.checks(actor=SYSTEM, at=later)
    assert lost.is_lost
    assert audit.ask_check(actor=SYSTEM, at=later).is_running


def test_it_needs_the_right(client: Client, world: World) -> None:
    with pytest.raises(NotAllowed):
        audit.ask_check(actor=OFFICER, at=EVENING)
    client.force_login(Person.objects.get(login="nhan"))
    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}check/").status_code == 403
    assert Verification.objects.count() == 0
