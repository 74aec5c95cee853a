"""Reminders on the desk: a bell with a count, and a page that says what waits."""

import pytest

from cchc.notifications import api as notifications
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import NOW

pytestmark = pytest.mark.django_db


def remind(desk: Desk, number: int, **changes: object) -> None:
    given = {"post_id": desk.world.people["nhan"].id, "kind": "due", "text": f"Hồ sơ {number} hẹn mai", "url": "/desk/", **changes}
    notifications.remind(at=NOW, key=f"due:{number}", **given)  # type: ignore[arg-type]


def test_the_bell_counts_what_is_unseen(desk: Desk) -> None:
    assert text_of(desk.page("/desk/").select_one(".topbar__bell")) == "Tin nhắc"
    remind(desk, 1)
    remind(desk, 2)
    bell = desk.page("/desk/").select_one(".topbar__bell")
    assert (bell["href"], text_of(bell)) == ("/desk/notices/", "Tin nhắc 2 chưa xem")
    assert text_of(desk.sign_in("phuc").page("/desk/").select_one(".topbar__bell")) == "Tin nhắc"


def test_the_page_lists_them_and_lets_them_be_seen(desk: Desk) -> None:
    assert "Chưa có tin nhắc nào" in text_of(desk.page("/desk/notices/"))
    for number in (1, 2, 3):
        remind(desk, number, urgent=number == 3)
    page = desk.page("/desk/notices/")
    assert [text_of(cell) for cell in page.select("tbody td:nth-of-type(2)")] == [
        "Hồ sơ 3 hẹn mai Gấp",
        "Hồ sơ 2 hẹn mai",
        "Hồ sơ 1 hẹn mai",
    ]
    first = page.select_one("button[name=notice]")["value"]
    assert desk.done("/desk/notices/reading/", {"notice": first}) == "/desk/notices/"
    assert len(desk.page("/desk/notices/", show="unread").select("tbody tr")) == 2
    desk.done("/desk/notices/reading/", {})
    assert "Không còn tin nhắc nào chưa xem" in text_of(desk.page("/desk/notices/", show="unread"))
    assert len(desk.page("/desk/notices/").select("tbody tr")) == 3


def test_a_reminder_of_somebody_else_is_not_found(desk: Desk) -> None:
    remind(desk, 1)
    (notice,) = notifications.notices_for(desk.world.counter)
    assert desk.sign_in("phuc").client.post("/desk/notices/reading/", {"notice": str(notice.id)}).status_code == 404


def test_who_signed_out_is_sent_to_sign_in(desk: Desk) -> None:
    desk.client.logout()
    assert desk.client.get("/desk/notices/").status_code == 302


def test_the_price_does_not_grow_with_the_list(desk: Desk) -> None:
    def price() -> int:
        with FirstReader() as spent:
            desk.page("/desk/notices/")
        return len(spent)

    remind(desk, 0)
    desk.page("/desk/notices/")
    before = price()
    for number in range(1, 60):
        remind(desk, number)
    assert price() == before
    page = desk.page("/desk/notices/")
    assert len(page.select("tbody tr")) == 50
    assert len(desk.page("/desk/notices/" + page.select_one("a[rel=next]")["href"]).select("tbody tr")) == 10
