"""The inbox: what waits, the most urgent first, at a constant price."""

from datetime import datetime, timedelta

import pytest

from cchc.cases import api as cases
from cchc.kernel.local import VIETNAM
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import BIRTH, NOW, World, citizen, intake

pytestmark = pytest.mark.django_db
HOA = citizen("Trần Thị Hòa", "042169000208", None)


def receive(world: World, code: str = "1.004873", *, at: datetime = NOW - timedelta(hours=1), **changes: object) -> str:
    return cases.receive(actor=world.counter, at=at, intake=intake(code, **changes))


def test_groups_follow_urgency_and_say_what_is_left(desk: Desk) -> None:
    late = receive(desk.world, at=datetime(2026, 11, 13, 9, 0, tzinfo=VIETNAM))
    today = receive(desk.world, BIRTH)
    later = receive(desk.world)
    page = desk.page("/desk/")
    assert [text_of(head).split(" (")[0] for head in page.select("tr.group th")] == ["Quá hạn", "Hẹn trả hôm nay", "Còn thời gian"]
    assert [link.text for link in page.select("a.code")] == [late, today, later]
    chips = [text_of(chip) for chip in page.select(".deadline summary")]
    assert chips[0].startswith("quá hạn 2 ngày làm việc")
    assert chips[1] == "còn 1 giờ 28 phút hẹn 16:00 thứ Sáu 20/11/2026"
    assert chips[2] == "còn 3 ngày làm việc hẹn 16:00 thứ Năm 26/11/2026"
    assert page.select_one(".deadline[data-state=late]")


def test_mine_and_the_whole_office_are_counted(desk: Desk) -> None:
    code = receive(desk.world)
    receive(desk.world, owner=HOA)
    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    assert text_of(desk.page("/desk/").select_one(".seg")) == "Của tôi (1) Cả cơ quan (2)"
    assert len(desk.page("/desk/?scope=unit").select("a.code")) == 2
    assert text_of(desk.page("/desk/").select_one("[aria-current=page] .tag")) == "1"


def test_filters_live_in_the_address(desk: Desk) -> None:
    receive(desk.world)
    receive(desk.world, owner=HOA)
    page = desk.page("/desk/", q="tran thi hoa", step="forward", scope="unit")
    assert [text_of(cell) for cell in page.select("tbody td:nth-of-type(3)")] == ["Trần Thị Hòa"]
    assert page.select_one("input[name=q]")["value"] == "tran thi hoa"
    assert page.select_one("select[name=step] option[selected]")["value"] == "forward"
    assert page.select_one("input[name=scope]")["value"] == "unit"
    assert "Không có hồ sơ nào khớp" in text_of(desk.page("/desk/", q="khong co ai"))


def test_a_word_nobody_knows_narrows_nothing(desk: Desk) -> None:
    receive(desk.world)
    assert len(desk.page("/desk/", step="lạ", urgency="x", scope="all").select("a.code")) == 1


def test_an_empty_inbox_teaches_the_next_step(desk: Desk) -> None:
    assert desk.page("/desk/").select_one(".empty a.btn")["href"] == "/desk/intake/"
    assert desk.sign_in("phuc").page("/desk/").select_one(".empty a.btn")["href"] == "?scope=unit"


def test_todays_numbers_lead_to_their_records(desk: Desk) -> None:
    code = receive(desk.world)
    link = next(item for item in desk.page("/desk/").select("a.fig__n") if "received_today" in item["href"])
    assert link.text.strip() == "1"
    records = desk.page(link["href"])
    assert "Đã tiếp nhận hôm nay" in records.h1.text
    assert "khoản 3 Điều 17" in records.select_one(".defbox").text
    assert [item.text for item in records.select("a.code")] == [code]


@pytest.mark.parametrize("url", ["/desk/", "/desk/cases/"])
def test_the_price_does_not_grow_with_the_list(desk: Desk, url: str) -> None:
    def price() -> int:
        with FirstReader() as spent:
            desk.page(url)
        return len(spent)

    def more(number: int) -> None:
        for _ in range(number):
            receive(desk.world, BIRTH)

    more(5)
    desk.page(url)
    before = price()
    more(45)
    assert len(desk.page(url).select("tbody tr:not(.group)")) == 50
    assert price() == before


def test_who_may_not_read_cases_is_told_which_right_is_missing(desk: Desk) -> None:
    for url in ("/desk/", "/desk/cases/"):
        assert "Xem hồ sơ" in text_of(desk.sign_in("quantri").page(url, status=403))


def test_a_stranger_signs_in_first(desk: Desk) -> None:
    desk.client.logout()
    answer = desk.client.get("/desk/?scope=unit")
    assert (answer.status_code, answer["Location"]) == (302, "/dang-nhap/?next=%2Fdesk%2F%3Fscope%3Dunit")


def test_another_commune_sees_nothing_of_ours(desk: Desk) -> None:
    receive(desk.world)
    assert desk.sign_in("tan").page("/desk/?scope=unit").select("a.code") == []
