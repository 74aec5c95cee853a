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
from tests.world import FOUNDED, NOW, PASSWORD, World

URL = "/office/seals/"
pytestmark = pytest.mark.usefixtures("fresh_database")


def hire() -> Person:
    """Give the commune an administrator."""
    system = Actor.system("dựng cảnh kiểm thử")
    person = identity.create_person(actor=system, at=NOW, login="quan", full_name="Phan Văn Quân", password=PASSWORD)
    unit = identity.posts_of(Person.objects.get(login="lan").pk, on=NOW.date())[0].unit_id
    identity.appoint(actor=system, at=NOW, person=person, unit_id=unit, role="administrator", title="Quản trị hệ thống", since=FOUNDED)
    return person


@pytest.fixture
def administrator(client: Client, world: World) -> Client:
    """Sign the administrator in."""
    client.force_login(hire())
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


def test_the_page_teaches_when_there_is_nothing(administrator: Client) -> None:
    text = page_of(administrator).main.text
    assert "Chưa ai kiểm tra lại toàn bộ nhật ký" in text
    assert "Chưa có niêm phong nào" in text
    assert f'href="{URL}"' in administrator.get("/office/").content.decode()


def test_asking_showing_progress_and_the_result(administrator: Client) -> None:
    made = seal()
    answer = administrator.post(f"{URL}check/")
    assert (answer.status_code, answer["Location"]) == (302, URL)
    page = page_of(administrator)
    assert "Đang kiểm tra" in page.main.text
    assert page.select_one("#kiem-tra")["hx-trigger"] == "every 3s"
    assert page.select_one(f'form[action="{URL}check/"]') is None
    refused = administrator.post(f"{URL}check/")
    assert refused.status_code == 409
    assert "Đang có một lần kiểm tra chạy" in refused.content.decode()
    check_journal(number=Verification.objects.get().pk)
    page = page_of(administrator)
    assert "Nhật ký nguyên vẹn" in page.main.text
    assert made.fingerprint in page.main.text
    assert not page.select_one("#kiem-tra").has_attr("hx-trigger")


def test_what_is_broken_is_shown(administrator: Client) -> None:
    write()
    seal()
    tamper("UPDATE audit_entry SET at = at + interval '1 day' WHERE act = 'received'")
    check_journal(number=ask().number)
    page = page_of(administrator)
    assert "KHÔNG nguyên vẹn" in page.main.text
    assert "case:X" in page.main.table.text


def test_the_page_costs_a_constant_number_of_queries(administrator: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        write()
        seal(EVENING + timedelta(days=number))
        with django_assert_max_num_queries(16):
            administrator.get(URL)
