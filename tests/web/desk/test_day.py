"""The counter's day: what was done, what is left, and money that agrees to the dong."""

from datetime import timedelta

import pypdfium2
import pytest

from cchc.cases import api as cases
from cchc.kernel.text import money
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.test_filters import price
from tests.world import CERTIFIED_COPY, NOW, intake

pytestmark = pytest.mark.django_db


def words(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_received_and_to_forward_are_listed(desk: Desk) -> None:
    code = cases.receive(actor=desk.world.counter, at=NOW, intake=intake())
    page = desk.page("/desk/day/")
    assert code in text_of(page.select_one("section[aria-labelledby=d-received]"))
    assert code in text_of(page.select_one("section[aria-labelledby=d-to_forward]"))
    assert "1 hồ sơ chưa chuyển xử lý" in text_of(page.main)


def test_everything_left_is_forwarded_from_here_in_one_batch(desk: Desk) -> None:
    codes = [cases.receive(actor=desk.world.counter, at=NOW, intake=intake()) for _ in range(2)]
    link = desk.page("/desk/day/").select_one("a[data-key=c]")
    assert [box["value"] for box in desk.page(link["href"]).select("input[name=code][checked]")] == codes


def test_money_agrees_on_screen_on_paper_and_with_the_cases(desk: Desk) -> None:
    for _ in range(3):
        cases.receive(
            actor=desk.world.counter,
            at=NOW,
            intake=intake(CERTIFIED_COPY, quantities={"pages": 2, "copies": 3}, payment=cases.PaymentMethod.CASH),
        )
    cases.receive(
        actor=desk.world.counter,
        at=NOW,
        intake=intake(CERTIFIED_COPY, quantities={"pages": 2, "copies": 3}, payment=cases.PaymentMethod.TRANSFER),
    )
    sheet = cases.day_sheet(actor=desk.world.counter, at=NOW, day=NOW.date())
    taken = sum(cases.case(code=row.code, actor=desk.world.counter, at=NOW).fee_total for row in sheet.received)
    assert taken == sheet.total > 0
    total = money(taken)
    page = desk.page("/desk/day/")
    assert text_of(page.select_one("[data-total]")) == total
    assert len(page.select("section[aria-labelledby=tien] tbody tr")) == 3
    assert total in words(desk.client.get("/desk/day/paper/").content)


def test_open_slips_are_those_of_the_list(desk: Desk) -> None:
    for _ in range(2):
        code = cases.receive(actor=desk.world.counter, at=NOW, intake=intake())
        cases.forward_many(actor=desk.world.counter, at=NOW, codes=[code], unit_id=desk.world.office.id)
    assert "2 phiếu bàn giao chưa ai ký nhận" in text_of(desk.page("/desk/day/").main)
    assert len(desk.page("/desk/slips/?show=waiting").select("tbody tr")) == 2


def test_another_day_and_only_mine(desk: Desk) -> None:
    code = cases.receive(actor=desk.world.counter, at=NOW - timedelta(days=1), intake=intake())
    part = "section[aria-labelledby=d-received]"
    assert code not in text_of(desk.page("/desk/day/").select_one(part))
    for day in ("2026-11-19", "19/11/2026"):
        assert code in text_of(desk.page("/desk/day/", day=day, scope="mine").select_one(part))


@pytest.mark.parametrize("day", ["x", "2026-13-01", "2099-01-01", "0000-00-00", "01/01/0001"])
def test_an_impossible_day_is_today(desk: Desk, day: str) -> None:
    assert "20/11/2026" in text_of(desk.page("/desk/day/", day=day).h1)


def test_it_is_the_counters_alone(desk: Desk) -> None:
    desk.sign_in("phuc").page("/desk/day/", status=403)
    assert desk.page("/desk/").select("[data-key='Shift+E']") == []


def test_the_price_does_not_grow(desk: Desk) -> None:
    cases.receive(actor=desk.world.counter, at=NOW, intake=intake())
    before = price(desk, "/desk/day/")
    for _ in range(10):
        cases.receive(actor=desk.world.counter, at=NOW, intake=intake())
    assert price(desk, "/desk/day/") == before
