"""Where files wait, the map with boundaries and the keys of the API, in a browser: usable with a mouse, sound, readable on a telephone."""

from collections.abc import Callable
from typing import Any

import pytest

from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.organisations import api as organisations
from tests.browser.conftest import Clock
from tests.cases.office import FIVE, Office, moment
from tests.cases.test_bottlenecks import straight, supplemented
from tests.web.board.land import load_land
from tests.world import NOW

FLOW = f"/so-lieu/diem-nghen/?thu-tuc={FIVE}"


@pytest.fixture
def office(crowded_office: Office, clock: Clock) -> Office:
    """Return the office with files of five steps that went straight, back and nowhere, on a later day of the month."""
    for day in (2, 9, 10):
        straight(crowded_office, day=day, back=day > 2)
    straight(crowded_office, day=16, until="work")
    supplemented(crowded_office, day=16)
    while figures.refresh():
        pass
    clock.set(moment(27, 15))
    return crowded_office


def test_an_officer_goes_from_the_slow_step_to_its_files(page: Any, office: Office, sign_in: Callable[..., None]) -> None:
    sign_in(page, "khai")
    page.goto("/so-lieu/dieu-hanh/")
    page.click("nav a:text-is('Điểm nghẽn')")
    page.select_option("select[name=thu-tuc]", FIVE)
    page.click("form.flowform button")
    row = page.locator("tr:has(th:text-is('Thẩm định'))")
    number = row.locator("td a").first.inner_text()
    row.locator("td a").first.click()
    assert page.inner_text("h1") == "Đã qua bước: Thẩm định"
    assert page.inner_text("[data-mine]") == number == "5"
    assert page.locator("[data-case]").count() == 5
    page.go_back()
    page.click("main .ways a >> nth=0")
    assert "Đi đúng đường này: Tiếp nhận → Thẩm định → Kiểm tra thực địa" in page.inner_text("h1")


def test_a_key_is_issued_and_revoked(page: Any, office: Office, sign_in: Callable[..., None]) -> None:
    sign_in(page, "quantri")
    page.goto("/office/")
    page.click("main a:has-text('Khóa API')")
    page.click("a:text-is('Cấp khóa') >> nth=0")
    page.fill("#f-name", "Kho dữ liệu của tỉnh")
    page.select_option("#f-post_id", index=1)
    page.click("button:has-text('Cấp khóa')")
    secret = page.inner_text("[data-secret]")
    page.click("a:text-is('Đã chép xong')")
    assert secret not in page.content()
    page.click("td a:has-text('Thu hồi')")
    page.fill("#f-reason", "Thay khóa mới")
    page.click("button:has-text('Thu hồi khóa')")
    assert page.locator("td:has-text('Đã thu hồi')").count() == 1


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    office: Office,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    viewport: dict[str, int],
) -> None:
    load_land(organisations.unit("42", on=NOW.date()), without=2, far="18313")
    until = moment(30, month=12).date()
    for name in ("Kho dữ liệu của tỉnh, đọc số liệu hằng đêm", "Bảng điều hành"):
        identity.issue_key(actor=Actor.system("thử"), at=NOW, post_id=office.world.people["khai"].id, name=name, until=until)
    page = open_page(viewport=viewport)
    sign_in(page, "khai")
    for name, address in (
        ("bottlenecks", FLOW),
        ("bottlenecks-all", "/so-lieu/diem-nghen/"),
        ("bottlenecks-none", "/so-lieu/diem-nghen/?linh-vuc=khong-co"),
        ("bottlenecks-files", f"/so-lieu/diem-nghen/ho-so/?phan=da-qua&buoc=2&thu-tuc={FIVE}"),
        ("map", "/so-lieu/?linh-vuc=Hộ tịch"),
        ("map-all", "/so-lieu/"),
        ("level", "/so-lieu/so/cases.received/?theo=cap"),
    ):
        assert page.goto(address).status == 200, address
        shoot(page, f"flow-{name}")
        axe(page)
    page.goto(FLOW)
    page.emulate_media(media="print")
    shoot(page, "flow-print")
    page.emulate_media(media="screen")
    page.context.clear_cookies()
    sign_in(page, "quantri")
    (key, *_others) = identity.keys_of(None, on=NOW.date())
    for name, address in (
        ("keys", "/office/keys/"),
        ("key-new", "/office/keys/new/"),
        ("key-end", f"/office/keys/{key.prefix}/revocation/"),
    ):
        assert page.goto(address).status == 200, address
        shoot(page, f"flow-{name}")
        axe(page)
