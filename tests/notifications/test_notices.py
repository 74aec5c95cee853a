"""A reminder to an official: said once, seen by whom it concerns, gone after two months."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotFound
from cchc.notifications import api as notifications
from cchc.notifications.api import Reminder
from tests.world import NOW, World

pytestmark = pytest.mark.django_db


def remind(world: World, key: str = "due:1", **changes: object) -> bool:
    given = {"post_id": world.people["phuc"].id, "kind": "due_soon", "text": "Hồ sơ 0042 hẹn mai", "url": "/desk/cases/0042/", **changes}
    return notifications.remind(at=NOW, key=key, **given)  # type: ignore[arg-type]


def test_is_said_once_however_often(world: World) -> None:
    assert [remind(world), remind(world), remind(world, "due:2")] == [True, False, True]
    assert len(notifications.notices_for(world.officer)) == 2
    # The same key for somebody else is another reminder.
    assert remind(world, post_id=world.people["lan"].id)


def test_is_seen_by_its_post_alone(world: World) -> None:
    remind(world, urgent=True)
    (notice,) = notifications.notices_for(world.officer)
    assert (notice.urgent, notice.is_unread, notice.is_for_unit, notice.url) == (True, True, False, "/desk/cases/0042/")
    assert notifications.notices_for(world.head) == ()


def test_to_a_unit_reaches_its_heads_and_nobody_else(world: World) -> None:
    remind(world, post_id=None, unit_id=world.office.id)
    assert [notice.is_for_unit for notice in notifications.notices_for(world.head)] == [True]
    for other in (world.officer, world.reader, world.chairman, world.counter, world.stranger):
        assert notifications.notices_for(other) == ()


def test_reaches_who_stands_in(world: World) -> None:
    remind(world)
    head = world.head
    stand_in = Actor(post=head.post, post_id=head.post_id, unit_id=head.unit_id, stands_in=frozenset({world.people["phuc"].id}))
    assert notifications.count_unread(stand_in) == 1


def test_is_unread_until_it_is_seen(world: World) -> None:
    for key in ("a", "b", "c"):
        remind(world, key)
    first = notifications.notices_for(world.officer)[0]
    assert notifications.count_unread(world.officer) == 3
    assert notifications.mark_read(actor=world.officer, at=NOW, notice_id=first.id) == 1
    assert notifications.mark_read(actor=world.officer, at=NOW, notice_id=first.id) == 0
    assert [notice.is_unread for notice in notifications.notices_for(world.officer)] == [False, True, True]
    assert len(notifications.notices_for(world.officer, unread_only=True)) == 2
    assert notifications.mark_read(actor=world.officer, at=NOW) == 2
    assert notifications.count_unread(world.officer) == 0
    with pytest.raises(NotFound):
        notifications.mark_read(actor=world.head, at=NOW, notice_id=first.id)


def test_names_one_addressee_and_a_page_of_ours(world: World) -> None:
    for wrong in (
        {"post_id": None},
        {"unit_id": world.office.id},
        {"url": "https://khac.vn/"},
        {"url": "//khac.vn/"},
        {"url": "javascript:alert(1)"},
    ):
        with pytest.raises(ValueError, match="Tin nhắc"):
            remind(world, **wrong)


def test_goes_after_sixty_days(world: World) -> None:
    remind(world)
    notifications.mark_read(actor=world.officer, at=NOW)
    assert notifications.prune(at=NOW + timedelta(days=60)) == 0
    assert notifications.prune(at=NOW + timedelta(days=61)) == 1
    assert notifications.notices_for(world.officer) == ()


def test_by_the_thousand_costs_as_many_statements_as_one(world: World) -> None:
    def price(number: int) -> int:
        post = world.people["phuc"].id
        wanted = [Reminder(kind="due", key=f"{number}:{place}", text="…", url="/desk/", post_id=post) for place in range(number)]
        with CaptureQueriesContext(connection) as spent:
            assert notifications.remind_many(at=NOW, reminders=[*wanted, wanted[0]]) == number
        return len(spent)

    assert price(1) == price(1500)
