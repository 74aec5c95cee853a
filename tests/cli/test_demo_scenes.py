"""The scenes of the demo: told once through the faces, looked at from all sides. Nothing here writes."""

import os
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cchc.cases import api as cases
from cchc.cases.models import Case, FeeLine, Handover, HandoverSlip, Party, Settlement
from cchc.cli import demo
from cchc.cli.demo.cast import script
from cchc.identity import api as identity
from cchc.identity.models import Person
from cchc.kernel.local import VIETNAM, local
from cchc.organisations import api as organisations
from cchc.worktime import api as worktime
from tests import databases

UNTIL = date(2026, 11, 23)
LOOK = datetime(2026, 11, 23, 10, 31, tzinfo=VIETNAM)
NEXT = date(2026, 11, 25)


@pytest.fixture(scope="module")
def scenes(template_database: str, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """Tell the scenes alone, without the cases that chance adds, in a database that this file has to itself."""
    name = f"cchc_test_{os.getpid()}_scenes"
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.entered(name):
        yield demo.seed_demo(until=UNTIL, cases=0, progress=lambda _line: None)
    databases.drop(name)


def actor(login):
    return identity.actor_for(Person.objects.get(login=login), at=LOOK)


def groups(login):
    found = cases.inbox(actor=actor(login), at=LOOK, next_working_day=NEXT)
    return {group.urgency.value for group in found.groups}


def test_the_appointment_of_friday_20_november_is_on_thursday(scenes):
    case = Case.objects.get(parties__full_name="Đỗ Thị Bích Ngọc")
    assert local(case.received_at) == datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
    assert (case.limit, case.due_date) == ("3wd", date(2026, 11, 26))
    assert local(case.due_at).time() == time(16)


def test_twelve_copies_of_four_pages_cost_72_000_dong(scenes):
    found = FeeLine.objects.filter(case__procedure_code="2.000815", amount=72_000)
    assert {local(fee.case.received_at).date() for fee in found} == {date(2026, 11, 20), UNTIL}
    assert all(fee.case.immediate and fee.case.book_number for fee in found)


def test_a_birth_at_ten_past_three_is_for_the_next_working_day(scenes):
    case = Case.objects.get(procedure_code="1.001193", received_at=datetime(2026, 11, 20, 15, 10, tzinfo=VIETNAM))
    assert case.due_date == UNTIL


def test_every_group_that_can_wait_for_somebody_has_something(scenes):
    assert groups("nhan") == {"late", "today", "next", "later", "waiting", "ready"}
    assert groups("phuc") == groups("khai") == {"late", "today", "next", "later"}
    assert groups("lan") == {"later"}


def test_a_second_run_adds_nothing_and_says_so(scenes):
    said = []
    again = demo.seed_demo(until=UNTIL, cases=0, progress=said.append)
    assert again["there"]
    assert again["cases"] == scenes["cases"] == Case.objects.count()
    assert "đã có" in said[0]
    assert not demo.seed_if_empty(progress=said.append)


def test_there_is_an_account_for_each_role_and_all_are_printed(scenes):
    listed = [person for agency in script("cast")["agency"] for person in agency["person"] if person.get("account")]
    roles = {person["role"] for person in listed}
    assert roles == {"counter_officer", "case_officer", "unit_head", "centre_head", "signer", "reform_officer", "administrator"}
    password = script("cast")["password"]
    assert all(Person.objects.get(login=person["login"]).check_password(password) for person in listed)
    assert not Person.objects.get(login="vq-hoa").has_usable_password()
    lines = demo.accounts()
    assert password in lines[0]
    assert len(lines) == len(listed) + 1


def test_units_carry_their_made_up_codes_marked_as_such(scenes):
    assert {unit.agency_code for code in ("18313", "18322", "18328") if (unit := organisations.unit(code, on=UNTIL))} == {
        "H27.112",
        "H27.113",
        "H27.114",
    }
    for code in ("H27.112", "H27.15", "H27.12"):
        assert organisations.unit(code, on=UNTIL).agency_certainty is organisations.Certainty.INVENTED
    centre = organisations.unit("H27.112.01", on=UNTIL)
    assert centre.full_name == "Trung tâm Phục vụ hành chính công xã Vũ Quang"
    assert organisations.schedule_of(centre.id, on=UNTIL).result_time == time(16)


def test_nobody_of_the_demo_is_anybody(scenes):
    for party in Party.objects.select_related("case"):
        century, year = int(party.identity_number[3]), int(party.identity_number[4:6])
        assert party.identity_number.startswith("042")
        assert party.birth_date.year == 1900 + 100 * (century // 2) + year
        assert party.phone == "" or re.fullmatch(r"09\d\d000\d{3}", party.phone)


def test_a_batch_went_with_a_slip_that_nobody_has_signed(scenes):
    slip = HandoverSlip.objects.get()
    assert (slip.received_at, slip.rows.count()) == (None, 2)
    assert slip.number


def test_an_officer_is_away_and_the_head_acts_in_their_hands(scenes):
    officer, head = actor("vq-linh"), actor("vq-yen")
    assert officer.post_id in head.hands
    assert Handover.objects.filter(act="reassigned", from_post_id=head.post_id, to_post_id=head.post_id).exists()


def test_a_swap_of_days_stands_in_the_calendar_with_its_run(scenes):
    off = [day for day, row in worktime.load_calendar().rows.items() if "minh họa" in row.source]
    assert len(off) == 2
    (run,) = Settlement.objects.all()
    assert run.finished_at is not None
    assert worktime.unsettled(limit=1) == ()


def test_no_job_is_left_for_the_worker(scenes):
    assert not ProcrastinateJob.objects.exists()
