"""Where a citizen sees how far the file is."""

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from cchc.cases import api as cases
from cchc.documents import api as documents
from tests.documents.reading import read
from tests.web.desk.test_every_act import Way
from tests.world import CERTIFIED_COPY, NOW, World, citizen, intake

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def received(world: World) -> tuple[str, str]:
    """Return the code and the secret of a case received at the counter."""
    code = cases.receive(actor=world.counter, at=NOW, intake=intake(notify=True))
    return code, cases.case(code=code, actor=world.counter, at=NOW).secret


def text_of(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


def page_of(client: Client, path: str, *, status: int = 200) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def test_a_code_alone_tells_the_degree_of_completion_and_nothing_else(client: Client, received: tuple[str, str]) -> None:
    code, secret = received
    answer = client.get("/ho-so/", {"ma": code.lower()})
    text = " ".join(BeautifulSoup(answer.content, "html.parser").main.text.split())
    assert code in text
    assert "trong 4 phần việc" in text
    for private in ("Đỗ Thị Bích Ngọc", "hôn nhân", "26/11", "Nhàn", "0912", "••• 317", secret):
        assert private not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"].startswith("noindex")


def test_wrong_and_unknown_codes_get_one_answer(client: Client, received: tuple[str, str]) -> None:
    answers = []
    for code in ("H27.112-261120-9999", "không phải mã", "'--", received[0] + "X"):
        answer = client.get("/ho-so/", {"ma": code})
        page = BeautifulSoup(answer.content, "html.parser")
        page.select_one("#f-ma")["value"] = ""
        for token in page.select("input[name=csrfmiddlewaretoken], input[name=next]"):
            token.decompose()
        answers.append((answer.status_code, str(page)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 404


def test_an_identity_number_finds_nothing(client: Client, received: tuple[str, str]) -> None:
    assert client.get("/ho-so/", {"ma": "042198000317"}).status_code == 404


def test_guessing_is_slowed_down(client: Client, received: tuple[str, str]) -> None:
    answers = [client.get("/ho-so/", {"ma": f"H27.112-261120-{number:04}"}).status_code for number in range(50, 75)]
    assert answers[:20] == [404] * 20
    assert answers[-1] == 429
    assert client.get("/ho-so/").status_code == 200, "the empty form is not a question"


def test_the_receipt_shows_the_whole_promise(client: Client, received: tuple[str, str]) -> None:
    code, secret = received
    page = page_of(client, f"/ho-so/{code}/{secret}/")
    text = " ".join(page.main.text.split())
    assert "16:00 thứ Năm 26/11/2026" in text
    assert "Lời hẹn đầu tiên, in trên giấy hẹn." in text
    assert "0912 ••• 342" in text.replace("\u00a0", " ")
    assert [cell.b.text for cell in page.select(".days li")] == ["20", "21", "22", "23", "24", "25", "26"]
    assert page.select_one(".days .hol b").text == "24"
    assert page.select_one(".digits").text == cases.proof(code=code, secret=secret).fingerprint
    assert "042198000317" not in str(page)
    assert page.find("meta", attrs={"name": "referrer"})["content"] == "no-referrer"


def test_the_printed_fingerprint_can_be_compared(client: Client, received: tuple[str, str]) -> None:
    code, secret = received
    printed = cases.proof(code=code, secret=secret).fingerprint
    right = page_of(client, f"/ho-so/{code}/{secret}/?ma-in={printed.lower()}")
    assert "Hai mã khớp" in right.select_one("#kiem-chung").text
    wrong = page_of(client, f"/ho-so/{code}/{secret}/?ma-in=0000+0000")
    assert "Hai mã không khớp" in wrong.select_one("#kiem-chung").text


@pytest.mark.parametrize("again", ["resume", "correct"])
def test_each_receipt_bears_a_code_of_its_own_and_all_of_them_match(client: Client, world: World, again: str) -> None:
    way = Way(world).supplementing() if again == "resume" else Way(world).processing()
    if again == "resume":
        way.go(cases.resume, world.counter)
    else:
        name = cases.Correction(owner=citizen("Đỗ Thị Ngọc Bích"))
        way.go(cases.correct, world.counter, correction=name, reason="Gõ nhầm tên")
    found = cases.case(code=way.code, actor=world.counter, at=way.at)
    receipts = [paper for paper in found.issued if paper.form == documents.FormKey.RECEIPT]
    codes = [re.search(r"mã ([0-9A-F]{4} [0-9A-F]{4})", read(documents.render(paper.id)).text)[1] for paper in receipts]
    assert len(set(codes)) == 2
    url = f"/ho-so/{way.code}/{found.secret}/"
    assert [item.text for item in page_of(client, url).select("#kiem-chung .digits")] == codes[::-1], "the newest first"
    for code in codes:
        assert "Hai mã khớp" in page_of(client, f"{url}?ma-in={code}").select_one("#kiem-chung").text


@pytest.mark.parametrize("wrong", ["secret", "code"])
def test_a_wrong_secret_is_the_same_unknown(client: Client, received: tuple[str, str], wrong: str) -> None:
    code, secret = received
    if wrong == "secret":
        secret = secret[:-1] + ("x" if secret[-1] != "x" else "y")
    else:
        code = "H27.112-261120-9999"
    page = page_of(client, f"/ho-so/{code}/{secret}/", status=404)
    assert "Không tìm thấy hồ sơ với mã này" in page.text
    assert "26/11" not in page.text


def test_each_stage_says_what_the_citizen_has_to_do(client: Client, world: World, received: tuple[str, str]) -> None:
    code, secret = received
    url = f"/ho-so/{code}/{secret}/"

    def text() -> str:
        return " ".join(page_of(client, url).main.text.split())

    assert "không phải làm gì" in text()
    cases.forward(actor=world.counter, at=NOW + LATER, code=code, unit_id=world.office.id)
    cases.assign(actor=world.head, at=NOW + 2 * LATER, code=code, post_id=world.people["phuc"].id)
    assert "Nơi giữ hồ sơ: Nguyễn Hữu Phúc" in text()
    cases.submit(actor=world.officer, at=NOW + 3 * LATER, code=code, post_id=world.people["khai"].id)
    assert "Trần Đình Khải" in text_of(page_of(client, url).select_one(".steps .here"))
    cases.approve(actor=world.chairman, at=NOW + 4 * LATER, code=code, number="112/UBND-XN")
    assert "mời đến nhận" in text()
    assert "Trước hạn" in text()
    assert "Đã hẹn 16:00 thứ " in text(), "what was promised stands beside what was kept"
    cases.hand_over(actor=world.counter, at=NOW + 5 * LATER, code=code, receiver="Đỗ Thị Bích Ngọc")
    assert "Hồ sơ đã xong" in text()
    assert "Đã hoàn thành" in page_of(client, f"/ho-so/?ma={code}").text


def test_what_happens_in_between_is_told_and_internal_notes_never_are(client: Client, world: World, received: tuple[str, str]) -> None:
    code, secret = received
    url = f"/ho-so/{code}/{secret}/"
    cases.forward(actor=world.counter, at=NOW + LATER, code=code, unit_id=world.office.id, note="Nội bộ một")
    cases.assign(actor=world.head, at=NOW + 2 * LATER, code=code, post_id=world.people["phuc"].id, note="Nội bộ hai")
    cases.add_note(actor=world.officer, at=NOW + 2 * LATER, code=code, text="Nội bộ ba: khó", dissent=True)
    cases.consult(actor=world.officer, at=NOW + 2 * LATER, code=code, unit_id=world.commune.id, question="Nội bộ bốn?")
    cases.return_for_supplement(
        actor=world.officer, at=NOW + 3 * LATER, code=code, items=["Bản đồ vị trí"], reason="Thiếu bản đồ", note="Nội bộ năm"
    )
    page = text_of(page_of(client, url).main)
    assert "Cần bổ sung giấy tờ. Thiếu bản đồ" in page
    assert "Bản đồ vị trí" in page
    assert "Đồng hồ ngừng cho đến khi ông bà nộp đủ." in page
    assert "trong 4 phần việc" in page_of(client, f"/ho-so/?ma={code}").text
    monday = NOW + timedelta(days=3)
    cases.resume(actor=world.counter, at=monday, code=code, note="Nội bộ sáu")
    case = cases.case(code=code, actor=world.head, at=monday)
    cases.extend(actor=world.head, at=monday + LATER, code=code, until=case.row.due_date + timedelta(days=7), reason="Chờ xác minh ở tỉnh")
    shown = page_of(client, url)
    page = text_of(shown.main)
    assert "Chờ xác minh ở tỉnh" in text_of(shown.select_one("section[aria-labelledby=xin-loi]"))
    assert "Nhận đủ giấy tờ bổ sung." in text_of(shown.select_one("section[aria-labelledby=loi-hen]"))
    assert "Nội bộ" not in shown.decode()
    links = [link["href"] for link in shown.select("section[aria-labelledby=giay-gui] a")]
    assert len(links) == 4
    paper = client.get(links[0])
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert paper["Cache-Control"] == "private, no-store"
    other = cases.receive(actor=world.counter, at=NOW, intake=intake())
    foreign = cases.case(code=other, actor=world.counter, at=NOW).issued[0].id
    assert client.get(f"{url}giay/{foreign}/").status_code == 404
    assert client.get(links[0].replace(secret, secret[::-1])).status_code == 404


def test_a_payment_and_a_refusal_say_what_to_do(client: Client, world: World, received: tuple[str, str]) -> None:
    code, secret = received
    url = f"/ho-so/{code}/{secret}/"
    cases.forward(actor=world.counter, at=NOW + LATER, code=code, unit_id=world.office.id)
    cases.assign(actor=world.head, at=NOW + LATER, code=code, post_id=world.people["phuc"].id)
    cases.ask_payment(actor=world.officer, at=NOW + LATER, code=code, amount=150_000, reason="Thông báo 12/TB-CT")
    assert "Nộp 150.000 đ theo Thông báo 12/TB-CT" in text_of(page_of(client, url).main).replace("\u00a0", " ")
    cases.confirm_payment(actor=world.counter, at=NOW + 2 * LATER, code=code, receipt="BL 77")
    cases.submit(actor=world.officer, at=NOW + 3 * LATER, code=code, post_id=world.people["khai"].id)
    cases.refuse_after_appraisal(
        actor=world.chairman, at=NOW + 4 * LATER, code=code, reason="Chưa đủ điều kiện", guidance="Nộp lại khi có sổ gốc"
    )
    page = text_of(page_of(client, url).main)
    assert "Hồ sơ không được giải quyết" in page
    assert "nhận lại hồ sơ" in page
    assert "Chưa đủ điều kiện" in page
    assert "Nộp lại khi có sổ gốc" in page


def test_a_receipt_that_was_reissued_says_so_and_nothing_else(client: Client, world: World, received: tuple[str, str]) -> None:
    code, secret = received
    right = cases.Correction(owner=cases.PartyForm(full_name="Đỗ Thị Ngọc Bích", address="Thôn 4", birth_date=None))
    cases.correct(actor=world.counter, at=NOW + LATER, code=code, correction=right, reason="Gõ nhầm tên")
    page = page_of(client, f"/ho-so/{code}/{secret}/", status=404)
    assert "Giấy hẹn này đã được thay bằng giấy hẹn mới lúc 14:42 thứ Sáu 20/11/2026; xem bằng mã QR trên giấy mới." in page.text
    new = cases.case(code=code, actor=world.counter, at=NOW + LATER).secret
    assert new != secret
    for private in ("Đỗ Thị", "hôn nhân", "26/11", new, "0912"):
        assert private not in str(page)
    assert page_of(client, f"/ho-so/{code}/{new}/")
    assert "Không tìm thấy" in page_of(client, f"/ho-so/{code}/{secret[::-1]}/", status=404).text


def test_what_is_missing_is_listed(client: Client, world: World) -> None:
    code = cases.ask_supplement(
        actor=world.counter, at=NOW, intake=intake(missing=(1,)), items=["Tờ khai có chữ ký"], reason="Thiếu tờ khai"
    )
    secret = cases.case(code=code, actor=world.counter, at=NOW).secret
    page = page_of(client, f"/ho-so/{code}/{secret}/")
    assert "Tờ khai có chữ ký" in page.text
    assert page.select_one('.promise[data-state="wait"]')
    assert not page.select(".days li")


def test_a_case_done_on_the_spot(client: Client, world: World) -> None:
    code = cases.receive_immediate(actor=world.counter, at=NOW, intake=intake(CERTIFIED_COPY, quantities={"copies": 12, "pages": 4}))
    secret = cases.case(code=code, actor=world.counter, at=NOW).secret
    text = " ".join(page_of(client, f"/ho-so/{code}/{secret}/").main.text.split())
    assert "72.000" in text
    assert "in trên giấy hẹn." not in text


def test_the_citizens_page_costs_a_constant_number_of_queries(
    client: Client, received: tuple[str, str], django_assert_max_num_queries: object
) -> None:
    code, secret = received
    client.get(f"/ho-so/{code}/{secret}/")
    with django_assert_max_num_queries(36):  # type: ignore[operator]
        client.get(f"/ho-so/{code}/{secret}/")
