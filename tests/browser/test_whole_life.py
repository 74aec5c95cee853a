"""The whole life of files in a browser: five steps over three units with everything that may go wrong on the way, day by day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
from django.utils import timezone

from cchc.audit import api as audit
from cchc.cases import api as cases
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from tests.browser.conftest import NARROW, WIDE, Clock
from tests.browser.test_journeys import act, code_on, fill_in_applicant, go_on, paper_of
from tests.web.desk.test_every_act import FIVE_STEPS, Way, five_steps
from tests.world import FOUNDED, NOW, PASSWORD, World

UNDER_WAY = timedelta(hours=1)
DIVISION = "Phòng Kinh tế xã Vũ Quang"
OFFICE = "Văn phòng HĐND và UBND xã Vũ Quang"
FIRST, SECOND, THIRD = "16:00 thứ Ba 01/12/2026", "16:00 thứ Hai 07/12/2026", "16:00 thứ Tư 09/12/2026"


@dataclass
class Walk:
    """One file, those who carry it through their windows, and the applicant's phone."""

    clock: Clock
    open_page: Callable[..., Any]
    sign_in: Callable[..., None]
    axe: Callable[[Any], None]
    shoot: Callable[[Any, str], Any]
    code: str = ""
    phone: Any = None

    def at(self, when: str, login: str) -> Any:
        """Let time pass; somebody signs in and opens the file."""
        self.clock.to(when)
        return go_on(self.sign_in, self.open_page, self.code, login)

    def applicant_reads(self, *sentences: str) -> str:
        """Open the tracking page again, hold every sentence to be there, return all it says."""
        self.phone.reload()
        said = words(self.phone)
        for sentence in sentences:
            assert sentence in said
        return said

    def look(self, page: Any, name: str) -> None:
        """Look at a page at both widths: a picture, no sideways scroll, no serious offence."""
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)
            self.shoot(page, f"life-{name}")
            self.axe(page)
        page.set_viewport_size(NARROW if page is self.phone else WIDE)


@pytest.fixture
def walk(
    world: World,
    clock: Clock,
    open_page: Callable[..., Any],
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
) -> Walk:
    """Publish the procedure of five steps and found a third unit with its head, Phan Đức Thắng; the rest people do."""
    five_steps(world)
    system = Actor.system("dựng cảnh")
    division = organisations.create_unit(
        actor=system,
        at=NOW,
        kind=organisations.UnitKind.DIVISION,
        name=DIVISION,
        agency_code="H27.112.03",
        parent_id=world.commune.id,
        since=FOUNDED,
    )
    person = identity.create_person(actor=system, at=NOW, login="thang", full_name="Phan Đức Thắng", password=PASSWORD)
    identity.appoint(actor=system, at=NOW, person=person, unit_id=division.id, role="unit_head", title="Trưởng phòng", since=FOUNDED)
    return Walk(clock, open_page, sign_in, axe, shoot)


def words(page: Any, place: str = "main") -> str:
    """Return what a part of the page says, in one line."""
    return " ".join(page.inner_text(place).split())


def text_of_paper(page: Any, link: str) -> str:
    """Fetch a PDF with the page's session and return its words."""
    answer = page.request.get(link)
    assert answer.ok
    pdf = pypdfium2.PdfDocument(answer.body())
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())


def to_print(page: Any) -> str:
    """Return the words of the paper that the page has just offered for printing."""
    return text_of_paper(page, page.locator(".printnow a").first.get_attribute("href"))


def test_one_file_from_the_counter_and_back_to_it_with_everything_that_may_go_wrong(walk: Walk) -> None:
    received_on_monday(walk)
    appraised_and_sent_back(walk)
    supplemented(walk)
    extended_on_the_last_day_for_it(walk)
    late_anyway(walk)
    signed_and_handed_over(walk)
    what_the_applicant_is_left_with(walk)
    assert audit.verify().holds


def received_on_monday(walk: Walk) -> None:
    walk.clock.to("23/11 08:30")
    counter = walk.open_page()
    walk.sign_in(counter, "nhan")
    counter.goto(f"/desk/intake/?procedure={FIVE_STEPS}")
    fill_in_applicant(counter)
    counter.keyboard.press("F8")
    counter.wait_for_url(re.compile(r"/desk/cases/H27"))
    walk.code = code_on(counter)
    said = words(counter)
    assert f"còn 5 ngày làm việc {FIRST}" in said, "Tuesday is a public holiday, and is not counted"
    assert "Chưa ai dời lời hẹn này." in said
    receipt, tracking = paper_of(counter)
    assert "ngày 01 tháng 12 năm 2026" in receipt
    walk.phone = walk.open_page(viewport=NARROW)
    walk.phone.goto(urlsplit(tracking).path)
    walk.applicant_reads("Đang trong hạn", FIRST, "Trung tâm Phục vụ hành chính công xã Vũ Quang")
    walk.clock.to("23/11 14:00")
    act(counter, "Chuyển xử lý", choose=OFFICE)
    assert f"Chuyển xử lý cho {OFFICE}" in words(counter)


def appraised_and_sent_back(walk: Walk) -> None:
    act(walk.at("25/11 09:00", "lan"), "Phân công xử lý", choose="Nguyễn Hữu Phúc")
    walk.applicant_reads(f"còn 4 ngày làm việc Hẹn trả kết quả tại quầy {FIRST}", "Nơi giữ hồ sơ: Nguyễn Hữu Phúc")
    officer = walk.at("25/11 15:00", "phuc")
    act(officer, "Xong bước, chuyển bước tiếp", choose=DIVISION)
    assert "Bước «Xác minh thực địa», xong trước 16:00 thứ Năm 26/11" in words(officer)
    walk.applicant_reads(f"Nơi giữ hồ sơ: {DIVISION}")
    division = walk.at("26/11 10:00", "thang")
    act(division, "Trả lại bước trước", note="Thiếu biên bản xác minh")
    said = words(division)
    assert f"còn 3 ngày làm việc {FIRST}" in said, "a send-back costs the office its own time"
    assert "Bước «Thẩm tra hồ sơ», xong trước 16:00 thứ Hai 30/11" in said
    walk.applicant_reads("2 Thẩm tra hồ sơ Nơi giữ hồ sơ: Nguyễn Hữu Phúc, từ 10:00 thứ Năm 26/11. 3 Xác minh thực địa 4 Ký")


def supplemented(walk: Walk) -> None:
    officer = walk.at("27/11 09:00", "phuc")
    assert "Bị trả lại lúc 10:00 thứ Năm 26/11: Thiếu biên bản xác minh" in words(officer, ".alert")
    act(officer, "Yêu cầu bổ sung sau thẩm tra", items="Bản đồ vị trí thửa đất", reason="Hồ sơ chưa có bản đồ")
    asked = to_print(officer)
    assert "Số: 0001/BS" in asked
    assert "1 Bản đồ vị trí thửa đất" in asked
    said = words(officer)
    assert "đồng hồ ngừng, chờ bổ sung hồ sơ" in said
    assert "Có lời hẹn mới khi nhận đủ giấy tờ" in said
    walk.look(officer, "supplement")
    walk.applicant_reads("Cần bổ sung giấy tờ.", "Bản đồ vị trí thửa đất", "Chờ bổ sung hồ sơ từ 09:00 thứ Sáu 27/11.")

    counter = walk.at("30/11 14:00", "nhan")
    act(counter, "Nhận đủ giấy tờ bổ sung")
    said = words(counter)
    assert f"còn 5 ngày làm việc {SECOND} Lần đầu hẹn {FIRST}" in said
    assert "Nhận đủ giấy tờ bổ sung cho Nguyễn Hữu Phúc" in said
    slip = to_print(counter)
    assert "Số: 0002/TN" in slip
    assert "Thay giấy hẹn cũ" in slip
    assert "ngày 07 tháng 12 năm 2026" in slip
    walk.phone.fill("[name=ma-in]", re.search(r"mã (\w{4} \w{4})", slip)[1])
    walk.phone.get_by_role("button", name="So hai mã").click()
    walk.phone.locator("#kiem-chung", has_text="Hai mã khớp, lời hẹn còn nguyên").wait_for()
    walk.applicant_reads(
        f"còn 5 ngày làm việc Hẹn trả kết quả tại quầy {SECOND}", "Nơi giữ hồ sơ: Nguyễn Hữu Phúc, từ 14:00 thứ Hai 30/11."
    )


def extended_on_the_last_day_for_it(walk: Walk) -> None:
    head = walk.at("04/12 08:00", "lan")
    said = words(head)
    assert "còn 1 ngày làm việc" in said
    assert "Bước «Thẩm tra hồ sơ», xong trước 16:00 thứ Tư 02/12 quá hạn bước" in said
    assert "Đặt lời hẹn mới, chỉ một lần. Chậm nhất 04/12/2026" in words(head, "aside")
    act(head, "Xin lỗi và đề nghị gia hạn", until="09/12/2026", reason="Chờ kết quả xác minh ở tỉnh")
    letter = to_print(head)
    assert "Số: 01/XLGH" in letter
    assert "hẹn trả kết quả: 16 giờ 00 phút, thứ Hai, ngày 07 tháng 12 năm 2026" in letter
    assert "Lý do: Chờ kết quả xác minh ở tỉnh" in letter
    assert "Thời gian trả kết quả mới: 16 giờ 00 phút, thứ Tư, ngày 09 tháng 12 năm 2026" in letter
    assert f"{THIRD} Lần đầu hẹn {FIRST}. Thay đổi lúc 08:00 thứ Sáu 04/12: xin lỗi và đề nghị gia hạn." in words(head)
    walk.look(head, "extended")
    walk.applicant_reads(THIRD, "Chờ kết quả xác minh ở tỉnh", "Hẹn lại 16:00 thứ Tư 09/12/2026.")
    officer = walk.at("08/12 09:00", "phuc")
    act(officer, "Xong bước, chuyển bước tiếp", choose=DIVISION)
    assert f"còn 1 ngày làm việc {THIRD}" in words(officer)


def late_anyway(walk: Walk) -> None:
    walk.clock.to("10/12 08:00")
    walk.applicant_reads("quá hạn 1 ngày làm việc", THIRD, f"Nơi giữ hồ sơ: {DIVISION}, từ 09:00 thứ Ba 08/12.")
    division = walk.at("10/12 08:05", "thang")
    assert f"Đã quá hẹn mà chưa có lời xin lỗi. Khi lỡ hẹn, hồ sơ ở {DIVISION}." in words(division, ".alert--late")
    assert "Đã quá ngày hẹn, không gia hạn được nữa" in words(division, "aside")
    walk.look(division, "late")
    act(division, "Xin lỗi, giữ nguyên ngày hẹn", choose="Xin lỗi vì quá hạn", reason="Mưa lũ, đường bị chia cắt", remedy="Trả tại nhà")
    letter = to_print(division)
    assert "Số: 01/XL " in letter
    assert "Sự việc: Mưa lũ, đường bị chia cắt" in letter
    assert f"Trách nhiệm: {DIVISION}" in letter
    assert "Khắc phục: Trả tại nhà" in letter
    assert "vẫn được ghi nhận là quá hạn" in letter
    assert division.locator(".alert--late").count() == 0
    assert f"quá hạn 1 ngày làm việc {THIRD}" in words(division), "an apology moves no promise"
    division.goto(f"/desk/cases/{walk.code}/")
    act(division, "Phân công xử lý", choose="Phan Đức Thắng")


def signed_and_handed_over(walk: Walk) -> None:
    act(walk.at("10/12 15:00", "thang"), "Trình ký kết quả", choose="Trần Đình Khải")
    walk.applicant_reads("quá hạn 1 ngày làm việc", "Nơi giữ hồ sơ: Trần Đình Khải")
    chairman = walk.at("11/12 09:00", "khai")
    act(chairman, "Ký duyệt kết quả", number="7/XN")
    assert "đồng hồ dừng: đã có kết quả" in words(chairman)
    counter = walk.at("11/12 14:00", "nhan")
    act(counter, "Trả kết quả", receiver="Đỗ Thị Bích Ngọc")
    said = words(counter)
    assert "Đã trả kết quả, quá hạn" in said
    assert f"Quá hạn Có kết quả lúc 09:00 thứ Sáu 11/12/2026 Đã hẹn {THIRD}" in said
    assert "14:00 thứ Sáu 11/12/2026 cho Đỗ Thị Bích Ngọc" in said
    assert said.count("Xin lỗi vì quá hạn") == 1, "an apology that was made is not made again"
    walk.look(counter, "handed-over")
    slip = text_of_paper(counter, counter.get_by_role("link", name="In phiếu kiểm soát").get_attribute("href"))
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in slip
    for unit in ("Trung tâm Phục vụ hành chính công xã Vũ Quang", OFFICE, DIVISION):
        assert f"Nhận: {unit}" in slip
    kept = cases.case(code=walk.code, actor=Actor.system("kiểm thử"), at=walk.clock.now())
    assert kept.row.timeliness is cases.Timeliness.LATE


def what_the_applicant_is_left_with(walk: Walk) -> None:
    said = walk.applicant_reads("Quá hạn Có kết quả lúc 09:00 thứ Sáu 11/12/2026", "Hồ sơ đã xong. Số kết quả: 7/XN.")
    history = words(walk.phone, "section[aria-labelledby=loi-hen]")
    told = (
        f"08:00 thứ Sáu 04/12 Hẹn {THIRD} Xin lỗi và đề nghị gia hạn. Chờ kết quả xác minh ở tỉnh.",
        f"14:00 thứ Hai 30/11 Hẹn {SECOND} (không còn hiệu lực) Nhận đủ giấy tờ bổ sung. Thời hạn tính lại từ đầu.",
        "09:00 thứ Sáu 27/11 Chờ bổ sung hồ sơ Đồng hồ ngừng cho đến khi ông bà nộp đủ.",
        f"08:30 thứ Hai 23/11 Hẹn {FIRST} (không còn hiệu lực) Lời hẹn đầu tiên, in trên giấy hẹn.",
    )
    places = [history.find(line) for line in told]
    assert -1 not in places, history
    assert places == sorted(places), "the last one first; the first promise is never lost"
    apologies = words(walk.phone, "section[aria-labelledby=xin-loi]")
    assert f"Chờ kết quả xác minh ở tỉnh Hẹn lại {THIRD}. Đơn vị làm chậm hoặc để xảy ra: {OFFICE}" in apologies
    assert f"Mưa lũ, đường bị chia cắt Trả tại nhà Đơn vị làm chậm hoặc để xảy ra: {DIVISION}" in apologies
    links = walk.phone.locator("section[aria-labelledby=xin-loi] a")
    letters = [text_of_paper(walk.phone, link.get_attribute("href")) for link in links.all()]
    assert ["Số: 01/XLGH" in letters[0], "Số: 01/XL " in letters[1]] == [True, True], "both letters open on the applicant's phone"
    assert "biên bản xác minh" not in said, "what offices write to each other stays there"
    walk.look(walk.phone, "applicant")


def started(world: World) -> str:
    """Return a file received an hour ago by the real clock, and forwarded to the office."""
    five_steps(world)
    way = Way(world, at=timezone.now().astimezone(VIETNAM) - UNDER_WAY)
    way.received()
    return way.go(cases.forward, world.counter, unit_id=world.office.id).code


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
