"""The new pages of the desk in a browser: sound at both widths; a batch goes over the counter by its QR code."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp

from cchc.cases import api as cases
from tests.browser.conftest import NARROW
from tests.world import BIRTH, NOW, World, intake


def receive(world: World, code: str | None = None) -> str:
    return cases.receive(actor=world.counter, at=NOW, intake=intake(code) if code else intake())


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    viewport: dict[str, int],
) -> None:
    codes = [receive(world) for _ in range(4)]
    receive(world, BIRTH)
    slip = cases.forward_many(actor=world.counter, at=NOW, codes=codes[:2], unit_id=world.office.id).slip
    cases.save_filter(actor=world.counter, at=NOW, page="inbox", name="Chờ chuyển", query="step=forward")
    chosen = "&".join(f"code={code}" for code in codes)
    pages = {
        "nhan": {
            "inbox-kept": "/desk/?step=forward",
            "batch": f"/desk/batch/forwarding/?{chosen}",
            "batch-empty": "/desk/batch/forwarding/",
            "slips": "/desk/slips/",
            "slip-given": f"/desk/slips/{slip}/",
            "day": "/desk/day/",
            "register-07": "/desk/register/?from=01/11/2026",
        },
        "lan": {"slip": f"/desk/slips/{slip}/", "batch-assign": f"/desk/batch/assignment/?{chosen}"},
    }
    for login, mine in pages.items():
        window = open_page(viewport=viewport)
        sign_in(window, login)
        for name, address in mine.items():
            window.goto(address, wait_until="networkidle")
            if name == "inbox-kept":
                for box in window.locator("input[name=code]").all()[:2]:
                    box.check()
            shoot(window, f"ergo-{name}")
            axe(window)
        if login == "nhan":
            window.goto(f"/desk/batch/forwarding/?code={codes[2]}&code={codes[0]}")
            window.locator("label.check", has_text=codes[0]).locator("input").check()
            window.get_by_label("Văn phòng", exact=False).first.check()
            window.locator("button[data-key=F8]").click()
            window.wait_for_load_state("networkidle")
            shoot(window, "ergo-report")
            axe(window)


def test_a_batch_is_received_by_the_code_on_its_paper(open_page: Callable[..., Any], world: World, sign_in: Callable[..., None]) -> None:
    codes = [receive(world) for _ in range(3)]
    counter = open_page()
    sign_in(counter, "nhan")
    for _ in codes:
        counter.keyboard.press("j")
        counter.keyboard.press("x")
    assert counter.locator("[data-batch-count]").inner_text() == "3"
    counter.keyboard.press("c")
    counter.wait_for_url("**/desk/batch/forwarding/**")
    counter.get_by_label("Văn phòng", exact=False).first.check()
    counter.keyboard.press("F8")
    counter.get_by_role("link", name="Mở và in phiếu bàn giao").click()
    counter.wait_for_url("**/desk/slips/**")
    answer = counter.request.get(str(counter.locator("a[data-key=p]").get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(answer.body())
    scanned = zxingcpp.read_barcodes(pdf[0].render(scale=4).to_pil())[0].text
    office = open_page(viewport=NARROW)
    sign_in(office, "lan")
    office.goto(urlsplit(scanned).path)
    assert office.locator("input[name=here]:checked").count() == 3
    office.locator(f"input[name=here][value='{codes[2]}']").uncheck()
    office.locator("button[data-key=F8]").click()
    office.get_by_text("Đã ký nhận 2 hồ sơ.").wait_for()
    assert codes[2] in office.locator(".messages").inner_text()
    counter.goto(urlsplit(scanned).path)
    assert "Võ Thị Lan" in counter.locator("aside").inner_text()
    assert counter.get_by_text("Không có trong lô").count() == 1
