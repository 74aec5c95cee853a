"""A whole day at the desk by keyboard alone: nothing here touches a mouse."""

import re
from collections.abc import Callable
from typing import Any

from tests.browser.test_journeys import APPLICANT, CODE
from tests.world import PASSWORD, World

TABS = 400


def reach(page: Any, selector: str) -> None:
    """Press Tab until something that matches has the focus, as somebody without a mouse would."""
    for _ in range(TABS):
        if page.evaluate("selector => !!document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab on {page.url}")


def sign_in(page: Any, login: str) -> None:
    page.goto("/dang-nhap/")
    reach(page, "#f-login")
    page.keyboard.type(login)
    reach(page, "#f-password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/**")
    page.wait_for_load_state("networkidle")


def press(page: Any, keys: str, url: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation(url=re.compile(url)):
        for key in keys.split(" "):
            page.keyboard.press(key)
    page.wait_for_load_state("networkidle")


def receive(page: Any) -> str:
    press(page, "n", r"/desk/intake/")
    page.keyboard.press("F2")
    page.keyboard.type("xac nhan hon nhan")
    page.locator("[role=option][aria-selected=true]", has_text="Cấp Giấy xác nhận tình trạng hôn nhân").wait_for()
    page.keyboard.press("Enter")
    page.locator("table.table--papers").wait_for()
    page.wait_for_load_state("networkidle")
    for place in range(page.locator("table.table--papers input[type=checkbox]").count()):
        name = page.locator("table.table--papers input[type=checkbox]").nth(place).get_attribute("name")
        reach(page, f"table.table--papers [name={name}]")
        if not page.locator(f"table.table--papers [name={name}]").is_checked():
            page.keyboard.press("Space")
    for name, value in APPLICANT.items():
        reach(page, f"[name={name}]")
        page.keyboard.type(value)
    press(page, "F8", r"/desk/cases/H27")
    found = CODE.search(page.url)
    assert found
    return found[0]


def choose(page: Any, name: str, label: str) -> None:
    """Go to the radio buttons of a form and let Space and the arrows choose the one with this label."""
    reach(page, f"main form input[type=radio][name={name}]")
    page.keyboard.press("Space")
    for _ in range(20):
        if label in page.evaluate("document.activeElement.closest('label').textContent"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no choice «{label}» on {page.url}")


def open_case(page: Any, code: str, act: str) -> None:
    """From the inbox: j to the row, Enter to the case, Tab to the act, Enter."""
    press(page, "i", r"/desk/(\?.*)?$")
    for _ in range(30):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.textContent") == code:
            break
    press(page, "Enter", rf"/desk/cases/{code}/$")
    reach(page, f"a[href='/desk/cases/{code}/{act}/']")
    press(page, "Enter", rf"/{act}/")


def forward_both(counter: Any) -> None:
    press(counter, "i", r"/desk/$")
    counter.keyboard.press("j")
    counter.keyboard.press("x")
    counter.keyboard.press("j")
    counter.keyboard.press("Shift+X")
    assert counter.locator("input[name=code]:checked").count() == 2
    counter.keyboard.press("Escape")
    assert counter.locator("input[name=code]:checked").count() == 0
    counter.keyboard.press("k")
    counter.keyboard.press("x")
    counter.keyboard.press("j")
    counter.keyboard.press("x")
    press(counter, "c", r"/desk/batch/forwarding/")
    choose(counter, "unit_id", "Văn phòng")
    counter.keyboard.press("F8")
    counter.get_by_text("Đã làm xong 2 hồ sơ").wait_for()
    press(counter, "p", r"/desk/slips/.+/")


def sign_and_assign(head: Any) -> None:
    press(head, "g s", r"/desk/slips/")
    reach(head, "table[data-rows] a.code")
    press(head, "Enter", r"/desk/slips/.+/")
    head.keyboard.press("F8")
    head.get_by_text("Đã ký nhận 2 hồ sơ").wait_for()
    press(head, "i", r"/desk/$")
    for _ in range(2):
        head.keyboard.press("j")
        head.keyboard.press("x")
    press(head, "p", r"/desk/batch/assignment/")
    choose(head, "post_id", "Nguyễn Hữu Phúc")
    head.keyboard.press("F8")
    head.get_by_text("Đã làm xong 2 hồ sơ").wait_for()


def hand_over(counter: Any, code: str) -> None:
    press(counter, "r", r"/desk/results/")
    counter.keyboard.type(code)
    press(counter, "Enter", r"/desk/results/\?q=")
    with counter.expect_navigation(url=re.compile(r"/desk/results/")):
        counter.keyboard.press("F8")
    counter.get_by_text("Đã trả kết quả").first.wait_for()


def test_a_day_without_a_mouse(open_page: Callable[..., Any], world: World) -> None:
    assert world.office
    counter, head, officer, signer = (open_page() for _ in range(4))
    sign_in(counter, "nhan")
    codes = [receive(counter), receive(counter)]
    forward_both(counter)
    sign_in(head, "lan")
    sign_and_assign(head)

    sign_in(officer, "phuc")
    open_case(officer, codes[0], "submission")
    choose(officer, "post_id", "Trần Đình Khải")
    press(officer, "F8", rf"/desk/cases/{codes[0]}/$")
    sign_in(signer, "khai")
    open_case(signer, codes[0], "approval")
    reach(signer, "[name=number]")
    signer.keyboard.type("112/XN-UBND")
    press(signer, "F8", rf"/desk/cases/{codes[0]}/$")

    hand_over(counter, codes[0])
    # The cursor waits in the search box for the next receipt; one step of Tab leaves it.
    counter.keyboard.press("Tab")
    press(counter, "Shift+E", r"/desk/day/")
    assert codes[0] in counter.locator("section[aria-labelledby=d-returned]").inner_text()


def test_the_sheet_lists_the_keys_of_the_page_and_shows_the_focus(open_page: Callable[..., Any], world: World) -> None:
    page = open_page()
    sign_in(page, "nhan")
    receive(page)
    press(page, "i", r"/desk/$")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("?")
    keys = [" ".join(item.split()) for item in page.locator("#keysheet dt").all_inner_texts()]
    for key in ("j k", "x", "Shift+x", "c", "i", "n", "r", "/", "g s", "Shift+E", "f", "Enter", "h"):
        assert key.replace(" ", "") in [item.replace(" ", "") for item in keys], keys
    page.keyboard.press("Escape")
    assert page.locator("input[name=code]:checked").count() == 1
    assert not page.locator("#keysheet").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
    assert world.centre
