"""The whole life of files in a browser: five steps over two units with everything that may go wrong on the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
from django.utils import timezone

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM, local_date
from cchc.organisations import api as organisations
from tests.browser.conftest import NARROW
from tests.browser.test_journeys import act, go_on, paper_of
from tests.web.desk.test_every_act import Way, five_steps
from tests.world import World

UNDER_WAY = timedelta(hours=1)


def started(world: World, *, days_ago: int = 0) -> str:
    """Return a file received by the real clock, some days ago, and forwarded to the office that day."""
    five_steps(world)
    way = Way(world, at=timezone.now().astimezone(VIETNAM) - timedelta(days=days_ago) - UNDER_WAY)
    way.received()
    return way.go(cases.forward, world.counter, unit_id=world.office.id).code


def text_of_paper(page: Any, link: str) -> str:
    """Fetch a PDF with the page's session and return its words."""
    answer = page.request.get(link)
    assert answer.ok
    pdf = pypdfium2.PdfDocument(answer.body())
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())


def test_five_steps_with_a_send_back_a_supplement_and_an_extension(
    world: World, open_page: Callable[..., Any], sign_in: Callable[..., None]
) -> None:
    second = organisations.create_unit(
        actor=Actor.system("dựng cảnh"),
        at=timezone.now(),
        kind=organisations.UnitKind.DIVISION,
        name="Phòng Kinh tế xã Vũ Quang",
        agency_code="H27.112.03",
        parent_id=world.commune.id,
        since=local_date(timezone.now()) - timedelta(days=30),
    )
    code = started(world)
    act(go_on(sign_in, open_page, code, "lan"), "Phân công xử lý", choose="Nguyễn Hữu Phúc")
    officer = go_on(sign_in, open_page, code, "phuc")
    act(officer, "Xong bước, chuyển bước tiếp", choose=second.full_name)
    assert "Xác minh thực địa" in officer.inner_text("main")

    head = go_on(sign_in, open_page, code, "lan")
    act(head, "Trả lại bước trước", note="Thiếu biên bản xác minh")
    officer.goto(f"/desk/cases/{code}/")
    assert "Thiếu biên bản xác minh" in officer.inner_text(".alert")

    act(officer, "Yêu cầu bổ sung sau thẩm tra", items="Bản đồ vị trí thửa đất", reason="Hồ sơ chưa có bản đồ")
    asked = text_of_paper(officer, officer.locator(".printnow a").first.get_attribute("href"))
    assert "Bản đồ vị trí thửa đất" in asked
    assert "đồng hồ ngừng, chờ bổ sung hồ sơ" in officer.inner_text("main")

    counter = go_on(sign_in, open_page, code, "nhan")
    _text, tracking = paper_of(counter)
    phone = open_page(viewport=NARROW)
    phone.goto(urlsplit(tracking).path)
    assert "Cần bổ sung giấy tờ." in phone.inner_text("main")
    act(counter, "Nhận đủ giấy tờ bổ sung")

    head.goto(f"/desk/cases/{code}/")
    act(head, "Xin lỗi và đề nghị gia hạn", reason="Chờ kết quả xác minh ở tỉnh")
    letter = text_of_paper(head, head.locator(".printnow a").first.get_attribute("href"))
    assert "xin lỗi" in letter.lower()
    assert "Chờ kết quả xác minh ở tỉnh" in letter
    assert "Lần đầu hẹn" in head.inner_text(".promise__moved")
    phone.reload()
    assert "Chờ kết quả xác minh ở tỉnh" in phone.inner_text("main")
    assert "biên bản xác minh" not in phone.content(), "what offices write to each other stays there"
    assert audit.verify().holds


def test_a_late_file_is_apologised_for_and_the_second_apology_is_the_offices_own(
    world: World, open_page: Callable[..., Any], sign_in: Callable[..., None]
) -> None:
    code = started(world, days_ago=30)
    head = go_on(sign_in, open_page, code, "lan")
    assert "Đã quá hẹn mà chưa có lời xin lỗi." in head.inner_text(".alert--late")
    assert "Đã quá ngày hẹn, không gia hạn được nữa" in head.inner_text("aside")
    act(head, "Xin lỗi, giữ nguyên ngày hẹn", choose="Xin lỗi vì quá hạn", reason="Đơn vị để chậm", remedy="Trả tại nhà")
    letter = text_of_paper(head, head.locator(".printnow a").first.get_attribute("href"))
    assert "Đơn vị để chậm" in letter
    assert head.locator(".alert--late").count() == 0
    head.goto(f"/desk/cases/{code}/")
    act(head, "Phân công xử lý", choose="Võ Thị Lan")
    act(head, "Xong bước, chuyển bước tiếp", choose="Văn phòng HĐND và UBND xã Vũ Quang")
    act(head, "Phân công xử lý", choose="Võ Thị Lan")
    act(head, "Trình ký kết quả", choose="Trần Đình Khải")
    act(go_on(sign_in, open_page, code, "khai"), "Ký duyệt kết quả", number="7/XN")
    counter = go_on(sign_in, open_page, code, "nhan")
    act(counter, "Trả kết quả", receiver="Đỗ Thị Bích Ngọc")
    said = counter.inner_text("main")
    assert "Đã trả kết quả, quá hạn" in said
    assert said.count("Xin lỗi vì quá hạn") == 1, "an apology that was made is not made again"


def test_a_receipt_is_mended_and_a_file_is_withdrawn(world: World, open_page: Callable[..., Any], sign_in: Callable[..., None]) -> None:
    code = started(world)
    counter = go_on(sign_in, open_page, code, "nhan")
    _text, old = paper_of(counter)
    counter.locator("aside details summary").click()
    act(counter, "Sửa sai sót tiếp nhận", owner_full_name="Đỗ Thị Ngọc Bích", reason="Gõ nhầm tên")
    new = text_of_paper(counter, counter.locator(".printnow a").first.get_attribute("href"))
    assert "Đỗ Thị Ngọc Bích".upper() in new.upper()
    phone = open_page(viewport=NARROW)
    phone.goto(urlsplit(old).path)
    assert "Giấy hẹn này đã được thay bằng giấy hẹn mới" in phone.inner_text("main")
    assert "Đỗ Thị" not in phone.inner_text("main")
    counter.goto(f"/desk/cases/{code}/")
    counter.locator("aside details summary").click()
    act(counter, "Rút hồ sơ theo yêu cầu", asked_by="Bà Ngọc, đơn nộp tại quầy", fee_remark="Không thu phí")
    assert "Công dân rút hồ sơ" in counter.inner_text("main")
    assert audit.verify().holds
