"""Filters: by holder, procedure, trouble and day; kept under a name; at a constant price."""

from datetime import datetime

import pytest

from cchc.cases import api as cases
from cchc.kernel.local import VIETNAM
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import BIRTH, MARITAL_STATUS, NOW, World, intake

pytestmark = pytest.mark.django_db


def price(desk: Desk, url: str) -> int:
    desk.page(url)
    with FirstReader() as spent:
        desk.page(url)
    return len(spent)


def receive(world: World, code: str = MARITAL_STATUS, at: datetime = NOW) -> str:
    return cases.receive(actor=world.counter, at=at, intake=intake(code))


def codes(desk: Desk, **query: str) -> list[str]:
    return [link.text for link in desk.page("/desk/", scope="unit", **query).select("a.code")]


def test_holder_and_procedure_narrow(desk: Desk) -> None:
    held, birth = receive(desk.world), receive(desk.world, BIRTH)
    cases.forward(actor=desk.world.counter, at=NOW, code=held, unit_id=desk.world.office.id)
    cases.assign(actor=desk.world.head, at=NOW, code=held, post_id=desk.world.people["phuc"].id)
    assert codes(desk, holder=str(desk.world.people["phuc"].id)) == [held]
    assert codes(desk, procedure=BIRTH) == [birth]


def test_a_broken_promise_without_an_apology_is_found(desk: Desk) -> None:
    late = receive(desk.world, at=datetime(2026, 11, 9, 9, 0, tzinfo=VIETNAM))
    receive(desk.world)
    assert codes(desk, trouble="owes_apology") == [late]
    cases.forward(actor=desk.world.counter, at=NOW, code=late, unit_id=desk.world.office.id)
    cases.apologise(actor=desk.world.head, at=NOW, code=late, kind=cases.ApologyKind.LATE, reason="Chậm xác minh", remedy="Trả ngay")
    assert codes(desk, trouble="owes_apology") == []


def test_a_day_shows_what_comes_due_on_it(desk: Desk) -> None:
    code = receive(desk.world)
    due = cases.case(code=code, actor=desk.world.counter, at=NOW).row.due_date
    assert due is not None
    assert codes(desk, due=due.isoformat()) == [code]
    assert codes(desk, due="2026-12-31") == []


@pytest.mark.parametrize("query", [{"due": "hôm nay"}, {"holder": "x"}, {"holder": "-1"}, {"trouble": "lạ"}, {"due": "2026-02-30"}])
def test_a_word_nobody_knows_narrows_nothing(desk: Desk, query: dict[str, str]) -> None:
    assert codes(desk, **query) == codes(desk)


def test_the_week_links_to_its_days(desk: Desk) -> None:
    code = receive(desk.world, BIRTH)
    links = desk.page("/desk/").select(".week7 a")
    assert len(links) == 6
    assert text_of(links[1]).startswith("Hôm nay")
    due = cases.case(code=code, actor=desk.world.counter, at=NOW).row.due_date
    assert due is not None
    link = next(item for item in links if due.isoformat() in item["href"])
    assert "1 hẹn" in text_of(link)
    assert [item.text for item in desk.page(link["href"]).select("a.code")] == [code]


def test_a_list_is_kept_under_a_name_opened_by_its_key_and_forgotten(desk: Desk) -> None:
    assert (
        desk.done("/desk/filters/", {"name": "Hộ tịch chờ chuyển", "query": "scope=unit&step=forward"}) == "/desk/?scope=unit&step=forward"
    )
    chip = desk.page("/desk/").select_one(".kept a")
    assert (chip["href"], chip["data-key"]) == ("/desk/?scope=unit&step=forward", "g 1")
    removal = desk.page("/desk/").select_one(".kept form")["action"]
    desk.sign_in("lan").done(removal, {})
    assert desk.page("/desk/").select(".kept a") == []
    assert desk.sign_in("nhan").page("/desk/").select(".kept a")
    desk.done(removal, {})
    assert desk.page("/desk/").select(".kept a") == []


def test_a_name_is_needed_and_twenty_are_enough(desk: Desk) -> None:
    desk.done("/desk/filters/", {"name": " ", "query": "step=forward"})
    assert "Đặt tên cho bộ lọc" in text_of(desk.page("/desk/").main)
    for number in range(21):
        desk.done("/desk/filters/", {"name": f"Lọc {number}", "query": "step=forward"})
    page = desk.page("/desk/")
    assert "Đã có 20 bộ lọc" in text_of(page.main)
    assert len(page.select(".kept a")) == 20


def test_a_kept_query_never_leaves_the_desk(desk: Desk) -> None:
    assert desk.done("/desk/filters/", {"name": "x", "query": "//evil.example/\r\nSet-Cookie: a=b"}).startswith("/desk/?")


def test_the_price_does_not_grow_with_kept_filters_or_cases(desk: Desk) -> None:
    receive(desk.world)
    before = price(desk, "/desk/?scope=unit")
    for number in range(15):
        desk.done("/desk/filters/", {"name": f"Lọc {number}", "query": "step=forward"})
    for _ in range(20):
        receive(desk.world, BIRTH)
    desk.page("/desk/")
    assert price(desk, "/desk/?scope=unit") == before


def test_the_register_keeps_lists_of_its_own(desk: Desk) -> None:
    receive(desk.world)
    went = desk.done("/desk/filters/", {"page": "search", "name": "Trực tuyến đã trả", "query": "channel=online&step=closed"})
    assert went == "/desk/cases/?channel=online&step=closed"
    chip = desk.page("/desk/cases/").select_one(".kept a")
    assert (chip["href"], text_of(chip)) == ("/desk/cases/?channel=online&step=closed", "Trực tuyến đã trả g 1")
    assert desk.page("/desk/").select(".kept a") == [], "each page has its own"
    assert desk.page("/desk/cases/", figure="cases.ready").select(".kept") == []
    removal = desk.page("/desk/cases/", step="closed").select_one(".kept__one form")
    assert desk.done(removal["action"], {"page": "search", "back": "step=closed"}) == "/desk/cases/?step=closed"
    assert desk.page("/desk/cases/").select(".kept a") == []
