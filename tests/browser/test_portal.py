"""The portal in a browser: every page at both widths, by keyboard, without script, under the weight limit."""

from collections.abc import Callable
from typing import Any

import pytest

from cchc.cases import api as cases
from tests.world import BIRTH, CERTIFIED_COPY, NOW, World, intake

HEAVIEST = 150_000


def addresses(world: World) -> dict[str, str]:
    """Return the portal's pages, with a case of each kind that looks different."""
    running = cases.receive(actor=world.counter, at=NOW, intake=intake(notify=True))
    asked = cases.ask_supplement(
        actor=world.counter, at=NOW, intake=intake(missing=(1,)), items=["Tờ khai có chữ ký"], reason="Thiếu tờ khai"
    )
    done = cases.receive_immediate(actor=world.counter, at=NOW, intake=intake(CERTIFIED_COPY, quantities={"copies": 12, "pages": 4}))
    pages = {
        "home": "/",
        "procedures": "/thu-tuc/",
        "procedures-found": "/thu-tuc/?q=khai+sihn",
        "procedures-none": "/thu-tuc/?q=zzqqxx",
        "procedure": f"/thu-tuc/{BIRTH}/",
        "procedure-fee": f"/thu-tuc/{CERTIFIED_COPY}/",
        "tracking": "/ho-so/",
        "tracking-unknown": "/ho-so/?ma=H27.112-000000-0000",
        "tracking-degree": f"/ho-so/?ma={running}",
        "sign-in": "/dang-nhap/",
        "not-found": "/khong-co/",
    }
    for name, code in (("running", running), ("supplement", asked), ("done", done)):
        secret = cases.case(code=code, actor=world.counter, at=NOW).secret
        pages[f"case-{name}"] = f"/ho-so/{code}/{secret}/"
    return pages


def test_every_page_is_sound(
    open_page: Callable[..., Any], world: World, look: Callable[[Any, str, str], None], viewport: dict[str, int]
) -> None:
    pages = addresses(world)
    window = open_page(viewport=viewport)
    for name, address in pages.items():
        look(window, address, f"portal-{name}")


def test_no_page_is_heavy(open_page: Callable[..., Any], world: World) -> None:
    for name, address in addresses(world).items():
        window = open_page()
        sizes: list[int] = []
        window.on("requestfinished", lambda request, sizes=sizes: sizes.append(request.sizes()["responseBodySize"]))
        window.goto(address, wait_until="networkidle")
        # The live server does not compress; the faces, which are compressed already, are most of the weight.
        assert sum(sizes) < HEAVIEST + 60_000, name


def test_search_answers_below_the_box_by_keyboard(page: Any, world: World) -> None:
    page.goto("/")
    page.focus("#f-q")
    page.keyboard.type("khai sinh")
    page.wait_for_selector("#l-q [role=option][aria-selected=true]")
    assert page.get_attribute("#f-q", "aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.get_attribute("#f-q", "aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thu-tuc/*/")


def test_a_citizen_gets_there_without_script(open_page: Callable[..., Any], world: World, viewport: dict[str, int]) -> None:
    window = open_page(viewport=viewport, script=False)
    window.goto("/")
    window.fill("#f-q", "khai sinh")
    window.click("form[role=search] button")
    window.click(".results a >> nth=0")
    assert "/thu-tuc/" in window.url
    window.goto("/")
    window.fill("#f-ma", "H27.112-000000-0000")
    window.click("text=Xem hồ sơ đến đâu")
    assert window.is_visible("text=Không tìm thấy hồ sơ với mã này")
    assert window.input_value("#f-ma") == "H27.112-000000-0000"


def test_focus_is_always_visible(page: Any, world: World) -> None:
    page.goto("/")
    for _ in range(8):
        page.keyboard.press("Tab")
        shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
        assert shadow != "none", page.evaluate("document.activeElement.outerHTML")


def test_the_eye_sees_what_is_planted(page: Any, world: World, axe: Callable[[Any], None], shoot: Callable[[Any, str], Any]) -> None:
    page.goto("/")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    with pytest.raises(AssertionError, match="label"):
        axe(page)
    page.evaluate("document.querySelector('main').style.width = '3000px'")
    with pytest.raises(AssertionError, match="px wide"):
        shoot(page, "planted")
