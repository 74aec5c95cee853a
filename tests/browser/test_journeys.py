"""Whole walks in a real browser: what an officer, a head, a chairman and a citizen do, and what they hold in their hands afterwards."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp

from cchc.audit import api as audit
from tests.browser.conftest import NARROW
from tests.world import CERTIFIED_COPY, MARITAL_STATUS, World

CODE = re.compile(r"H27\.112-\d{6}-\d{4}")
APPLICANT = {
    "owner_identity_number": "042 198 000 317",
    "owner_full_name": "Đỗ Thị Bích Ngọc",
    "owner_birth_date": "14/02/1998",
    "owner_address": "Thôn 4, xã Vũ Quang, tỉnh Hà Tĩnh",
    "owner_phone": "0912 000 342",
}


def fill_in_applicant(page: Any) -> None:
    for name, value in APPLICANT.items():
        page.fill(f"[name={name}]", value)


def code_on(page: Any) -> str:
    found = CODE.search(page.url)
    assert found, f"no case at {page.url}: {page.inner_text('main')[:400]}"
    return found[0]


def tick_papers(page: Any) -> None:
    for box in page.locator("table.table--papers input[type=checkbox]").all():
        box.check()


def paper_of(page: Any) -> tuple[str, str]:
    """Fetch the PDF behind the case page's paper link; return its text and what its QR code says."""
    link = page.locator('a[href*="/desk/papers/"]').first.get_attribute("href")
    answer = page.request.get(link)
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(answer.body())
    text = pdf[0].get_textpage().get_text_range()
    codes = zxingcpp.read_barcodes(pdf[0].render(scale=4).to_pil())
    return text, codes[0].text if codes else ""


def act(page: Any, name: str, **fields: str) -> None:
    """Press an allowed act of the case page and send its form; radio choices by their label."""
    page.locator("a.act", has=page.locator(".act__name", has_text=name)).click()
    for field, value in fields.items():
        if field.startswith("choose"):
            page.get_by_label(value, exact=False).first.check()
        else:
            page.fill(f"[name={field}]", value)
    page.locator("main form button.btn--main").click()
    page.wait_for_url(re.compile(rf"/desk/cases/{CODE.pattern}/"))


def go_on(sign_in: Callable[..., None], open_page: Callable[..., Any], code: str, login: str, *, script: bool = True) -> Any:
    """Let the next person sign in and open the case."""
    page = open_page(script=script)
    sign_in(page, login)
    page.goto(f"/desk/cases/{code}/")
    return page


def office_walk(sign_in: Callable[..., None], open_page: Callable[..., Any], counter: Any, code: str, *, script: bool = True) -> None:
    """Take a received case from the counter through the office and back to the counter."""
    counter.goto(f"/desk/cases/{code}/")
    act(counter, "Chuyển xử lý", choose="Văn phòng HĐND và UBND xã Vũ Quang")
    act(go_on(sign_in, open_page, code, "lan", script=script), "Phân công xử lý", choose="Nguyễn Hữu Phúc")
    act(go_on(sign_in, open_page, code, "phuc", script=script), "Trình ký kết quả", choose="Trần Đình Khải")
    act(go_on(sign_in, open_page, code, "khai", script=script), "Ký duyệt kết quả", number="112/XN-UBND")
    counter.goto(f"/desk/cases/{code}/")
    act(counter, "Trả kết quả", receiver="Đỗ Thị Bích Ngọc")


def test_the_straight_life(world: World, page: Any, open_page: Callable[..., Any], sign_in: Callable[..., None]) -> None:
    sign_in(page, "nhan")
    page.keyboard.press("n")
    page.wait_for_url("**/desk/intake/**")
    page.fill("#f-q", "xac nhan hon nhan")
    page.locator("[role=option]", has_text="Cấp Giấy xác nhận tình trạng hôn nhân").first.click()
    page.locator("table.table--papers").wait_for()
    tick_papers(page)
    fill_in_applicant(page)
    page.keyboard.press("F8")
    page.wait_for_url(re.compile(r"/desk/cases/H27"))
    code = code_on(page)

    text, tracking = paper_of(page)
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in text
    assert code in text
    assert "Đỗ Thị Bích Ngọc".upper() in text.upper()
    assert "0001/TN" in text
    fingerprint = audit.entries(f"case:{code}")[0].fingerprint
    assert fingerprint in text

    office_walk(sign_in, open_page, page, code)
    assert "Đã trả kết quả" in page.inner_text("main")

    phone = open_page(viewport=NARROW)
    phone.goto(urlsplit(tracking).path)
    seen = phone.inner_text("main")
    assert "Cấp Giấy xác nhận tình trạng hôn nhân" in seen
    assert fingerprint in seen
    assert "042198000317" not in seen
    phone.goto(f"/ho-so/?ma={code}")
    by_code = phone.inner_text("main")
    assert code in by_code
    assert "xác nhận tình trạng hôn nhân" not in by_code
    assert audit.verify().holds


def test_certified_copies_while_the_queue_waits(world: World, page: Any, sign_in: Callable[..., None]) -> None:
    sign_in(page, "nhan")
    page.goto(f"/desk/intake/?procedure={CERTIFIED_COPY}")
    page.fill("#f-copies", "12")
    page.fill("#f-pages", "4")
    page.press("#f-pages", "Tab")
    page.locator("#total", has_text="72.000").wait_for()
    tick_papers(page)
    fill_in_applicant(page)
    page.keyboard.press("F8")
    page.wait_for_selector(".alert--ok")
    said = page.inner_text("main").replace("\xa0", " ")
    assert "72.000 đ" in said
    assert "số 1 trong sổ" in said
    assert page.input_value("#f-procedure") == CERTIFIED_COPY
    assert page.input_value("[name=owner_full_name]") == ""
    code = CODE.search(said)
    assert code
    page.goto(f"/desk/cases/{code[0]}/")
    assert "Đã trả kết quả" in page.inner_text("main")
    assert page.locator('a[href*="/desk/papers/"]').count() == 0


def test_the_straight_life_without_script(world: World, open_page: Callable[..., Any], sign_in: Callable[..., None]) -> None:
    page = open_page(script=False)
    sign_in(page, "nhan")
    page.goto("/desk/intake/")
    page.fill("#f-q", MARITAL_STATUS)
    page.press("#f-q", "Enter")
    page.wait_for_load_state()
    if page.locator("table.table--papers").count() == 0:
        page.locator("[name=procedure], a", has_text="Cấp Giấy xác nhận tình trạng hôn nhân").first.click()
    tick_papers(page)
    fill_in_applicant(page)
    page.locator("button[name=do][value=receive]").click()
    page.wait_for_url(re.compile(r"/desk/cases/H27"))
    code = code_on(page)
    office_walk(sign_in, open_page, page, code, script=False)
    assert "Đã trả kết quả" in page.inner_text("main")


@pytest.mark.parametrize("typed", ["31/02/1998", "14/02/2098"])
def test_what_was_typed_is_still_there_after_a_mistake(world: World, page: Any, sign_in: Callable[..., None], typed: str) -> None:
    sign_in(page, "nhan")
    page.goto(f"/desk/intake/?procedure={MARITAL_STATUS}")
    tick_papers(page)
    fill_in_applicant(page)
    page.fill("[name=owner_birth_date]", typed)
    page.keyboard.press("F8")
    page.locator(".field--error [name=owner_birth_date]").wait_for()
    assert page.input_value("[name=owner_birth_date]") == typed
    assert page.input_value("[name=owner_full_name]") == "Đỗ Thị Bích Ngọc"
    assert page.locator("table.table--papers input[type=checkbox]:checked").count() == 2
