"""From the public board down to the last level, with a mouse: at every level the number is the one that was pressed."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Clock
from tests.cases.office import Office


@pytest.fixture
def office(crowded_office: Office, clock: Clock) -> Office:
    """Return the office with its files, on the day of the cast."""
    return crowded_office


def total(page: Any) -> str:
    return str(page.inner_text("[data-total]")).replace("\xa0", " ")


def press(page: Any, row: str) -> str:
    """Press the number of a row and return it."""
    cell = page.locator(f"tr:has(th a:text-is('{row}')) td.num a").first
    number = str(cell.inner_text())
    cell.click()
    return number


def test_a_reader_goes_down_to_the_last_level_open_to_everybody(page: Any, office: Office) -> None:
    page.goto("/so-lieu/")
    number = page.locator(".fig__n").first.inner_text()
    page.locator(".fig__n").first.click()
    assert total(page) == number == "16"
    assert press(page, "Xã Vũ Quang") == "10" == total(page)
    page.click("a.chip:text-is('Hình thức nộp')")
    assert press(page, "Trực tiếp") == "10" == total(page)
    page.click("a.chip:text-is('Tháng')")
    assert page.locator("tr:has(th:text-is('11/2026')) td.num").inner_text() == "10"
    assert "Phần công khai dừng ở đây" in page.inner_text("main")
    assert page.locator("[data-case]").count() == 0
    page.go_back()
    assert total(page) == "10"


def test_an_officer_goes_down_to_the_very_cases(page: Any, office: Office, sign_in: Callable[..., None]) -> None:
    sign_in(page, "thu")
    page.goto("/so-lieu/")
    page.click("tr:has(th a:text-is('Xã Vũ Quang')) td:nth-of-type(2) a")
    assert total(page) == "10"
    page.click("a.chip:text-is('Lĩnh vực')")
    assert press(page, "Lĩnh vực thử") == "7" == total(page)
    page.click("a.chip:text-is('Thủ tục')")
    assert press(page, "9.500002 Thủ tục thử 9.500002") == "3" == total(page)
    assert page.inner_text("[data-counted]") == "3"
    assert page.locator("[data-case]").count() == 3
    page.locator("[data-case] a").first.click()
    assert "9.500002" in page.inner_text("main")


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    office: Office,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    viewport: dict[str, int],
) -> None:
    page = open_page(viewport=viewport)
    sign_in(page, "khai")
    for name, address in (
        ("home", "/so-lieu/"),
        ("unit", "/so-lieu/don-vi/18313/"),
        ("figure", "/so-lieu/so/cases.on_time_share/"),
        ("cases", "/so-lieu/so/cases.received/?don-vi=18313&linh-vuc=Hộ tịch"),
        ("wrong", "/so-lieu/?tu=2026-31-31"),
        ("wall", "/so-lieu/man-hinh/"),
        ("embedded", "/so-lieu/nhung/cases.received/"),
        ("leaders", "/so-lieu/dieu-hanh/"),
        ("report", "/so-lieu/bao-cao/"),
        ("index", "/so-lieu/chi-so-766/"),
    ):
        answer = page.goto(address)
        assert answer.status == (422 if name == "wrong" else 200), address
        shoot(page, f"board-{name}")
        axe(page)
