"""The room of messages: what was sent, what was not, and the two things one can do about it."""

from urllib.parse import urlencode

import pytest

from cchc.kernel.actor import Actor
from cchc.notifications import api as notifications
from cchc.notifications.api import Recipient
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
NGOC = Recipient("Đỗ Thị Bích Ngọc", "0912000342", "ngoc.do@example.vn")
PHONE_ONLY = Recipient("Trần Thị Hòa", "0912000777")


def keep(world: World, number: int = 1, recipient: Recipient = NGOC, **changes: object) -> notifications.MessageView:
    given = {
        "actor": Actor.system("kiểm thử"),
        "at": NOW,
        "stream": f"case:H27.112-261120-{number:04}",
        "kind": "calendar_moved",
        "label": "Dời ngày hẹn",
        "key": "calendar:57",
        "recipient": recipient,
        "subject": "Ngày hẹn dời sang thứ Năm 26/11/2026",
        "text": "Kính gửi bà.\n\nNgày hẹn dời.",
        "unit_id": world.centre.id,
        **changes,
    }
    return notifications.notify(**given)  # type: ignore[arg-type]


def test_an_empty_room_says_what_will_come(office: Desk) -> None:
    page = office.page("/office/messages/")
    assert "Chưa có tin nào" in text_of(page.select_one(".empty"))


def test_the_list_masks_who_is_told(office: Desk) -> None:
    keep(office.world)
    page = office.page("/office/messages/")
    cells = [text_of(cell) for cell in page.select("tbody td")]
    assert cells == [
        "14:32 thứ Sáu 20/11",
        "Dời ngày hẹn",
        "Đỗ Thị Bích Ngọc, •••342, n***@example.vn",
        "H27.112-261120-0001",
        "Trung tâm Phục vụ hành chính công xã Vũ Quang",
        "Chờ gửi",
    ]
    assert "0912000342" not in str(page)


def test_filters_live_in_the_address(office: Desk) -> None:
    keep(office.world, 1)
    keep(office.world, 2, PHONE_ONLY, kind="result_early", label="Có kết quả sớm", unit_id=office.world.office.id)

    def names(**query: str) -> list[str]:
        return [text_of(cell) for cell in office.page(f"/office/messages/?{urlencode(query)}").select("tbody td:nth-of-type(2)")]

    assert names() == ["Có kết quả sớm", "Dời ngày hẹn"]
    assert names(status="no_channel") == ["Có kết quả sớm"]
    assert names(kind="calendar_moved") == ["Dời ngày hẹn"]
    assert names(unit=str(office.world.centre.id)) == ["Dời ngày hẹn"]
    assert names(**{"from": "21/11/2026"}) == []
    assert names(**{"from": "20/11/2026", "to": "20/11/2026"}) == ["Có kết quả sớm", "Dời ngày hẹn"]
    assert names(to="19/11/2026") == []
    assert names(status="lạ", unit="x" * 40, before="²") == ["Có kết quả sớm", "Dời ngày hẹn"]
    page = office.page("/office/messages/?status=no_channel&to=20/11/2026")
    assert page.select_one("select[name=status] option[selected]")["value"] == "no_channel"
    assert page.select_one("input[name=to]")["value"] == "20/11/2026"


def test_an_impossible_day_is_told_and_kept(office: Desk) -> None:
    page = office.page("/office/messages/", status=422, **{"from": "31/02/2026"})
    assert "Không có ngày 31/02/2026" in text_of(page.select_one(".alert--error"))
    assert page.select_one("#f-from")["value"] == "31/02/2026"


def test_one_message_is_shown_whole_with_its_history(office: Desk) -> None:
    message = keep(office.world)
    page = office.page(f"/office/messages/{message.id}/")
    assert "0912000342" in page.select_one("aside").text
    assert "Ngày hẹn dời sang thứ Năm" in text_of(page.main)
    assert text_of(page.select_one(".ledger b")) == "Đã ghi, chờ gửi"
    assert not page.select(f"form[action$='{message.id}/sending/']")


def test_somebody_phones_and_says_so(office: Desk) -> None:
    message = keep(office.world, 1, PHONE_ONLY)
    url = f"/office/messages/{message.id}/"
    page = office.send(f"{url}telling/", {"how": " "})
    assert "Ghi ngắn gọn" in text_of(page.select_one("#p-how"))
    assert office.done(f"{url}telling/", {"how": "Gọi điện, gặp bà Hòa"}) == url
    page = office.page(url)
    assert "Đã báo trực tiếp" in text_of(page.select_one(".crumb"))
    assert "Gọi điện, gặp bà Hòa" in text_of(page.select_one(".ledger"))
    assert "không cần ghi báo thêm" in text_of(office.send(f"{url}telling/", {"how": "lần nữa"}, status=409))


def test_a_message_is_sent_again(office: Desk) -> None:
    message = keep(office.world)
    url = f"/office/messages/{message.id}/"
    assert "đang chờ gửi rồi" in text_of(office.send(f"{url}sending/", {}, status=409))
    notifications.send(message_id=message.id, at=NOW, is_last=True)
    assert "chưa gửi thật" in text_of(office.page(url).select_one(".crumb"))
    assert office.done(f"{url}sending/", {}) == url
    assert "Chờ gửi" in text_of(office.page(url).select_one(".crumb"))


def test_a_forgotten_message_shows_nobody(office: Desk) -> None:
    message = keep(office.world)
    notifications.forget(actor=Actor.system("quên"), at=NOW, stream=message.stream)
    for url in ("/office/messages/", f"/office/messages/{message.id}/"):
        assert "Ngọc" not in text_of(office.page(url).main)


def test_others_are_told_which_right_is_missing(office: Desk) -> None:
    message = keep(office.world)
    office.sign_in("phuc")
    for url in ("/office/messages/", f"/office/messages/{message.id}/"):
        assert "Xem tin đã gửi" in text_of(office.page(url, status=403))
    office.sign_in("quantri")
    foreign = keep(office.world, 9, unit_id=office.world.other_commune.id)
    office.page(f"/office/messages/{foreign.id}/", status=404)


def test_the_price_does_not_grow_with_the_list(office: Desk) -> None:
    def price() -> int:
        with FirstReader() as spent:
            office.page("/office/messages/")
        return len(spent)

    for number in range(5):
        keep(office.world, number)
    office.page("/office/messages/")
    before = price()
    for number in range(5, 60):
        keep(office.world, number)
    assert price() == before
    page = office.page("/office/messages/")
    assert len(page.select("tbody tr")) == 50
    assert len(office.page("/office/messages/" + page.select_one("a[rel=next]")["href"]).select("tbody tr")) == 10
