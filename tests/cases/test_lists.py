"""Lists and today's numbers: by urgency, by filters, at a constant price."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.cases import api as cases
from cchc.cases.api import Filters, Urgency
from cchc.kernel.errors import NotFound
from cchc.kernel.local import VIETNAM
from tests.world import BIRTH, NOW, World, citizen, intake

NEXT = date(2026, 11, 23)


def inbox(
    world: World, *, who: str = "nhan", at: datetime = NOW, next_day: date = NEXT, scope: str = "mine", **filters: str
) -> cases.Inbox:
    return cases.inbox(actor=world.actors[who], at=at, next_working_day=next_day, scope=scope, filters=Filters(**filters))


def receive(world: World, *, at: datetime = NOW, **changes: object) -> str:
    return cases.receive(actor=world.counter, at=at, intake=intake(**changes))  # type: ignore[arg-type]


def groups(found: cases.Inbox) -> dict[Urgency, list[str]]:
    return {group.urgency: [row.code for row in group.rows] for group in found.groups}


def test_the_groups_are_by_urgency(world: World) -> None:
    later = receive(world)
    today = receive(world, code=BIRTH)
    waiting = cases.ask_supplement(actor=world.counter, at=NOW, intake=intake(missing=(1,)), items=["Tờ khai"], reason="Thiếu")
    assert groups(inbox(world)) == {Urgency.TODAY: [today], Urgency.LATER: [later], Urgency.WAITING: [waiting]}
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
    assert groups(inbox(world, at=monday, next_day=date(2026, 11, 25)))[Urgency.LATE] == [today]
    wednesday = datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM)
    assert groups(inbox(world, at=wednesday, next_day=date(2026, 11, 26)))[Urgency.NEXT] == [later]


def test_mine_is_what_waits_for_me(world: World) -> None:
    code = receive(world)
    assert (inbox(world).mine, inbox(world).unit) == (1, 1)
    cases.forward(actor=world.counter, at=NOW, code=code, unit_id=world.office.id)
    assert (inbox(world).mine, inbox(world).unit) == (0, 1)
    assert inbox(world, who="lan").mine == 1
    assert inbox(world, who="tan", scope="unit").unit == 0


@pytest.mark.parametrize("typed", ["bich ngoc", "Bích  Ngọc", "042 198 000 317", "h27.112-261120-0001", "H27.112-2611"])
def test_a_case_is_found_as_people_type(world: World, typed: str) -> None:
    code = receive(world)
    other = receive(world, owner=citizen("Trần Thị Hòa", "042169000208", date(1969, 5, 3)))
    rows, _next = cases.search(actor=world.counter, at=NOW, filters=Filters(q=typed))
    assert code in {row.code for row in rows}
    if "0001" in typed or "ng" in typed.lower() or "198" in typed:
        assert other not in {row.code for row in rows}


def test_pages_follow_one_another_without_loss(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc.cases.queries.lists.PAGE", 2)
    codes = [receive(world) for _ in range(5)]
    seen, key = [], None
    while True:
        rows, key = cases.search(actor=world.counter, at=NOW, filters=Filters(), before=key)
        seen += [row.code for row in rows]
        if key is None:
            break
    assert seen == list(reversed(codes))


def test_todays_numbers_open_their_own_records(world: World) -> None:
    receive(world)
    cases.receive_immediate(actor=world.counter, at=NOW, intake=intake(BIRTH))
    numbers = {item.figure.key: item for item in cases.today(actor=world.counter, at=NOW)}
    assert numbers["cases.received_today"].value == 2
    assert (numbers["cases.returned_today"].value, numbers["cases.returned_today"].kept) == (1, 1)
    assert numbers["cases.late_now"].value == 0
    for key, item in numbers.items():
        rows, _next = cases.records(key=key, actor=world.counter, at=NOW)
        assert len(rows) == item.value, key
    with pytest.raises(NotFound):
        cases.records(key="cases.nothing", actor=world.counter, at=NOW)


def test_a_list_costs_the_same_whatever_its_length(world: World) -> None:
    receive(world)
    few = price(world)
    for _ in range(6):
        receive(world)
    assert price(world) == few


def price(world: World) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        inbox(world, scope="unit")
        cases.search(actor=world.counter, at=NOW, filters=Filters())
        cases.today(actor=world.counter, at=NOW + timedelta(minutes=1))
    return len(captured)
