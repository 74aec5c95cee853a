"""The page of a case: the promise, the ledger, the file, and only the acts this reader may do."""

import base64
from datetime import datetime, timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cchc.cases import api as cases
from cchc.documents import api as documents
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.forms import filled
from tests.world import CERTIFIED_COPY, NOW, intake

pytestmark = pytest.mark.django_db
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


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


def test_a_scan_is_kept_shown_and_sent_and_what_is_no_scan_is_told_at_its_field(desk: Desk, code: str) -> None:
    url = f"/desk/cases/{code}/"
    scan = SimpleUploadedFile("to-khai.png", PNG)
    assert desk.done(f"{url}files/", {"content": scan, "kind": "intake"}) == f"{url}#tep"
    page = desk.page(url)
    link = page.select_one("section[aria-labelledby=tep] li a")
    assert link.text == "to-khai.png"
    assert "Lưu tệp" in text_of(page.select(".ledger li")[0])
    sent = desk.client.get(link["href"])
    assert b"".join(sent.streaming_content) == PNG
    for wrong, words in ((SimpleUploadedFile("x.exe", b"MZ"), ""), (SimpleUploadedFile("x.pdf", b""), "rỗng"), (None, "Chọn một tệp")):
        data = {"kind": "intake", **({"content": wrong} if wrong else {})}
        assert words in text_of(desk.send(f"{url}files/", data).select_one("#p-content"))
    assert desk.sign_in("thu").page(url).select_one("form[action$='/files/']") is None
    desk.send(f"{url}files/", {"content": SimpleUploadedFile("b.png", PNG), "kind": "intake"}, status=403)
    desk.sign_in("tan").page(link["href"], status=403)


def test_a_note_stands_for_good_and_a_differing_opinion_is_marked(desk: Desk, code: str) -> None:
    url = f"/desk/cases/{code}/"
    form = filled(desk.page(url).select_one("form[action$='/notes/']"), text="Tôi không đồng ý", dissent="1")
    assert desk.done(f"{url}notes/", form) == f"{url}#ghichu"
    assert "Ý kiến khác Tôi không đồng ý" in text_of(desk.page(url).select_one("section[aria-labelledby=ghichu]"))
    assert desk.send(f"{url}notes/", {"text": " "}).select_one("#p-text")
    desk.sign_in("tan").send(f"{url}notes/", {"text": "x"}, status=403)


def test_the_control_slip_is_drawn_from_the_hand_overs(desk: Desk, code: str) -> None:
    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    answer = desk.client.get(f"/desk/cases/{code}/control-slip/")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range().split())
    assert code in text
    assert "Văn phòng HĐND và UBND xã Vũ Quang" in text
    desk.sign_in("tan").page(f"/desk/cases/{code}/control-slip/", status=403)


def test_the_page_asks_as_many_questions_whatever_the_file_has_been_through(desk: Desk, code: str) -> None:
    def asked() -> int:
        desk.page(f"/desk/cases/{code}/")
        with FirstReader() as seen:
            desk.page(f"/desk/cases/{code}/")
        return len(seen)

    def round_trip(at: datetime) -> None:
        cases.reassign(actor=desk.world.head, at=at, code=code, post_id=desk.world.people["lan"].id, reason="Cân đối")
        cases.reassign(actor=desk.world.head, at=at, code=code, post_id=desk.world.people["phuc"].id, reason="Trả lại")
        cases.consult(actor=desk.world.officer, at=at, code=code, unit_id=desk.world.commune.id, question="Ý kiến?")
        cases.add_note(actor=desk.world.officer, at=at, code=code, text="Ghi chú")
        cases.keep_scan(actor=desk.world.officer, at=at, code=code, name="a.png", content=PNG, kind=documents.FileKind.EVIDENCE)
        cases.apologise(actor=desk.world.head, at=at, code=code, kind=cases.ApologyKind.ERROR, reason="Sai")

    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    cases.assign(actor=desk.world.head, at=NOW, code=code, post_id=desk.world.people["phuc"].id)
    round_trip(NOW + timedelta(minutes=1))
    desk.at = NOW + timedelta(hours=1)
    before = asked()
    for place in range(3):
        round_trip(NOW + timedelta(minutes=5 + place))
    assert asked() == before
