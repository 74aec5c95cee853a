"""The page of a case: the promise, the ledger, the file, and only the acts this reader may do."""

from datetime import timedelta

import pytest

from cchc.cases import api as cases
from tests.web.desk.conftest import Desk, text_of
from tests.world import CERTIFIED_COPY, NOW, intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(desk: Desk) -> str:
    """Return a case received an hour ago."""
    return cases.receive(actor=desk.world.counter, at=NOW - timedelta(hours=1), intake=intake(request="Để kết hôn"))


def test_the_promise_is_on_top_with_every_day(desk: Desk, code: str) -> None:
    page = desk.page(f"/desk/cases/{code}/")
    promise = page.select_one(".promise")
    assert promise["data-state"] == "ok"
    assert "còn 3 ngày làm việc" in text_of(promise)
    assert "16:00 thứ Năm 26/11/2026" in text_of(promise)
    assert [item.text for item in promise.select(".days b")] == ["20", "21", "22", "23", "24", "25", "26"]


def test_the_ledger_says_who_what_when_and_what_it_did(desk: Desk, code: str) -> None:
    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id, note="Gấp")
    page = desk.page(f"/desk/cases/{code}/")
    newest, *_rest, oldest = page.select(".ledger li")
    assert "14:32 thứ Sáu 20/11 Chuyển xử lý cho Văn phòng HĐND và UBND xã Vũ Quang «Gấp» Lê Thị Thanh Nhàn" in text_of(newest)
    assert "hẹn 16:00 thứ Năm 26/11" in text_of(oldest)
    last = cases.case(code=code, actor=desk.world.counter, at=NOW).ledger[0]
    assert last.fingerprint in text_of(page.select_one(".seal"))


def test_only_allowed_acts_are_offered_each_with_its_price(desk: Desk, code: str) -> None:
    page = desk.page(f"/desk/cases/{code}/")
    acts = page.select("aside > .card .act")
    assert [act["href"] for act in acts] == [f"/desk/cases/{code}/forwarding/"]
    assert [act["href"].split("/")[-2] for act in page.select("aside details .act")] == ["correction", "withdrawal"]
    assert "Vẫn chạy. Sang bước «Phân công»" in text_of(acts[0])
    quiet = desk.sign_in("phuc").page(f"/desk/cases/{code}/")
    assert quiet.select(".act") == []
    assert "Hồ sơ đang do" in text_of(quiet.aside)


def test_a_closed_case_says_so_and_how_it_kept_its_promise(desk: Desk) -> None:
    quantities = {"copies": 12, "pages": 4}
    code = cases.receive_immediate(actor=desk.world.counter, at=NOW, intake=intake(CERTIFIED_COPY, quantities=quantities))
    page = desk.page(f"/desk/cases/{code}/")
    assert "Hồ sơ đã kết thúc" in text_of(page.aside)
    assert "Đúng hạn" in text_of(page.select_one(".promise"))
    assert "72.000" in text_of(page.select_one("section[aria-labelledby=phi]"))


def test_the_identity_number_is_masked_and_a_look_is_written_down(desk: Desk, code: str) -> None:
    page = desk.page(f"/desk/cases/{code}/")
    assert "042 198 ••• 317" in text_of(page.select_one("#identity"))
    assert "042198000317" not in str(page)
    shown = desk.send(f"/desk/cases/{code}/identity/", {}, status=200)
    assert "042 198 000 317" in text_of(shown.select_one("#identity")).replace("\u00a0", " ")
    assert "Xem số định danh đầy đủ" in text_of(shown.select(".ledger li")[0])
    assert "042 198 000 317" not in text_of(desk.page(f"/desk/cases/{code}/")).replace("\u00a0", " ")


def test_who_may_not_reveal_is_not_asked_and_not_let(desk: Desk, code: str) -> None:
    assert desk.sign_in("thu").page(f"/desk/cases/{code}/").select_one("form[action$='/identity/']") is None
    desk.send(f"/desk/cases/{code}/identity/", {}, status=403)


def test_why_this_date_is_a_page_and_the_inside_of_a_chip(desk: Desk, code: str) -> None:
    page = desk.page(f"/desk/cases/{code}/why/")
    assert "nghỉ: Ngày Văn hóa Việt Nam" in text_of(page)
    assert "Chưa ai dời lời hẹn này." in text_of(page)
    fragment = desk.client.get(f"/desk/cases/{code}/why/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Thời hạn 3 ngày làm việc" in fragment


def test_a_case_without_a_promise_is_explained_too(desk: Desk) -> None:
    code = cases.ask_supplement(actor=desk.world.counter, at=NOW, intake=intake(missing=(1,)), items=["Tờ khai"], reason="Thiếu")
    page = desk.page(f"/desk/cases/{code}/")
    assert page.select_one(".promise")["data-state"] == "wait"
    assert "chờ bổ sung hồ sơ" in text_of(page.select_one(".promise"))
    assert "Tờ khai" in text_of(page.select_one("section[aria-labelledby=yc1]"))
    assert "chưa có lời hẹn" in text_of(desk.page(f"/desk/cases/{code}/why/"))


def test_a_code_that_does_not_exist_and_a_case_of_others(desk: Desk, code: str) -> None:
    assert "Kiểm tra lại mã" in text_of(desk.page("/desk/cases/H27.112-261120-9999/", status=404))
    for url in (f"/desk/cases/{code}/", f"/desk/cases/{code}/why/"):
        desk.sign_in("tan").page(url, status=403)
