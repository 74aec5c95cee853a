"""Posts give rights, in their agency, for their period."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from cchc.identity import api as identity
from cchc.identity.models import Person, Post
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused
from cchc.kernel.local import VIETNAM
from cchc.kernel.text import vi_key
from tests.world import CAST, NOW, PASSWORD, World

SYSTEM = Actor.system("thử")


def person(login: str) -> Person:
    return Person.objects.get(login=login)


def test_rights_hold_in_the_agency_and_below(world: World) -> None:
    officer = world.counter
    assert officer.may(identity.Right.RECEIVE_CASE, unit_id=world.commune.id)
    assert officer.may(identity.Right.RECEIVE_CASE, unit_id=world.office.id)
    assert not officer.may(identity.Right.RECEIVE_CASE, unit_id=world.other_commune.id)
    assert not officer.may(identity.Right.APPROVE_CASE, unit_id=world.commune.id)
    assert officer.post == "Công chức tiếp nhận, quầy 3 @ H27.112.01"


def test_the_agency_of_a_centre_is_the_commune(world: World) -> None:
    assert identity.agency_of(world.centre.id, on=NOW.date()).id == world.commune.id


def test_a_post_that_ended_gives_nothing(world: World) -> None:
    Post.objects.filter(person=person("nhan")).update(period=(date(2026, 1, 1), date(2026, 11, 20)))
    with pytest.raises(NotAllowed, match="không giữ vị trí nào"):
        identity.actor_for(person("nhan"), at=NOW)
    assert identity.actor_for(person("nhan"), at=datetime(2026, 11, 19, 8, 0, tzinfo=VIETNAM)).name == "Lê Thị Thanh Nhàn"


def test_holders_of_a_right_come_in_vietnamese_order(world: World) -> None:
    holders = identity.holders_of(identity.Right.READ_CASE, unit_ids=world.counter.units, on=NOW.date())
    readers = (name for _login, name, unit, role, _title in CAST if unit != "other_centre" and role != "administrator")
    assert [post.name for post in holders] == sorted(readers, key=vi_key)


def test_a_login_is_given_once_whatever_its_case(world: World) -> None:
    with pytest.raises(Refused, match="đã có người dùng"):
        identity.create_person(actor=SYSTEM, at=NOW, login="NHAN", full_name="Người khác", password=PASSWORD)


@pytest.mark.parametrize("weak", ["", "ngan", "1234567890", "password12"])
def test_a_weak_password_is_refused(world: World, weak: str) -> None:
    with pytest.raises(Refused) as error:
        identity.create_person(actor=SYSTEM, at=NOW, login="moi", full_name="Người mới", password=weak)
    assert error.value.field == "password"


def test_one_post_twice_at_a_time_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="đã giữ vị trí này"):
        identity.appoint(
            actor=SYSTEM,
            at=NOW,
            person=person("nhan"),
            unit_id=world.centre.id,
            role="counter_officer",
            title="X",
            since=date(2026, 6, 1),
        )


def test_officials_do_not_appoint_each_other(world: World) -> None:
    with pytest.raises(NotAllowed):
        identity.appoint(
            actor=world.head, at=NOW, person=person("thu"), unit_id=world.office.id, role="signer", title="X", since=date(2026, 12, 1)
        )


@pytest.mark.django_db
def test_the_database_keeps_logins_in_lower_case() -> None:
    with pytest.raises(IntegrityError, match="identity_person_login_is_lower_case"), transaction.atomic():
        Person.objects.create(login="Nhan", full_name="X")
