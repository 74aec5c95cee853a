"""One's own absence: everybody's page, about nobody else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from cchc.identity import api as identity
from cchc.identity.models import Person
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the pages as Võ Thị Lan, head of the office, sees them."""
    made = Desk(client=client, world=world)
    monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: made.at))
    return made.sign_in("lan")


def form(mine: Desk, to: str = "phuc", **changes: str) -> dict[str, str]:
    return {
        "to_post_id": str(mine.world.people[to].id),
        "since": "20/11/2026",
        "last": "27/11/2026",
        "reason": "Nghỉ phép",
        **changes,
    }


def test_the_menu_of_the_person_leads_here(mine: Desk) -> None:
    assert mine.sign_in("phuc").page("/desk/").select_one(".topbar__drop a[href='/office/absence/']")


def test_colleagues_of_the_agency_are_offered_ones_own_unit_first(mine: Desk) -> None:
    names = [text_of(option).split(",")[0] for option in mine.page("/office/absence/").select("#f-to_post_id option")][1:]
    assert set(names[:2]) == {"Nguyễn Hữu Phúc", "Đặng Thị Thu"}
    assert {"Hồ Sỹ Tân", "Võ Thị Lan"}.isdisjoint(names)


def test_the_substitute_acts_from_the_first_day_and_it_ends_early(mine: Desk) -> None:
    assert mine.done("/office/absence/", form(mine)) == "/office/absence/"
    phuc = Person.objects.get(login="phuc")
    assert identity.actor_for(phuc, at=NOW).stands_in == {mine.world.people["lan"].id}
    page = mine.page("/office/absence/")
    assert "Đang hiệu lực" in text_of(page)
    ending = page.select_one("form[action$='/ending/']")["action"]
    assert "Tôi làm thay" in text_of(mine.sign_in("phuc").page("/office/absence/"))
    mine.send(ending, {}, status=403)
    mine.sign_in("lan").done(ending, {})
    assert identity.actor_for(phuc, at=NOW).stands_in == frozenset()
    assert "Đã kết thúc sớm" in text_of(mine.page("/office/absence/"))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"since": "19/11/2026"}, "since", "lùi ngày"),
        ({"last": "18/11/2026"}, "last", "Ngày cuối"),
        ({"last": "31/11/2026"}, "last", ""),
        ({"reason": " "}, "reason", "lý do"),
        ({"to_post_id": ""}, "to_post_id", "Chọn người"),
        ({"to_post_id": "999999999"}, "to_post_id", "danh sách"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_stays(mine: Desk, changes: dict[str, str], field: str, words: str) -> None:
    page = mine.send("/office/absence/", form(mine, **changes))
    assert words in text_of(page.select_one(f"#p-{field}"))
    assert page.select_one("#f-reason")["value"] == form(mine, **changes)["reason"]


def test_the_price_does_not_grow_with_the_delegations(mine: Desk) -> None:
    def price() -> int:
        with FirstReader() as spent:
            mine.page("/office/absence/")
        return len(spent)

    def away(start: int) -> None:
        day = NOW.date() + timedelta(days=start)
        identity.delegate(
            actor=mine.world.head,
            at=NOW,
            post_id=mine.world.people["lan"].id,
            to_post_id=mine.world.people["phuc"].id,
            since=day,
            until=day + timedelta(days=1),
            reason="Nghỉ",
        )

    away(0)
    before = price()
    for start in range(1, 12):
        away(start)
    assert len(mine.page("/office/absence/").select("tbody tr")) == 12
    assert price() == before


def test_who_holds_no_post_is_told_so(mine: Desk) -> None:
    identity.create_person(actor=mine.world.actors["quantri"], at=NOW, login="moi", full_name="Lê Mới", password=None)
    assert "không giữ vị trí nào" in text_of(mine.sign_in("moi").page("/office/absence/", status=403))
