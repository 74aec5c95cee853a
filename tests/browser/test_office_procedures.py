"""The room «Thủ tục» and help in a browser: sound at both widths, the editor's rows by its buttons, help without leaving the screen."""

from collections.abc import Callable
from typing import Any

from cchc.procedures import api as procedures
from tests.world import CERTIFIED_COPY, MARITAL_STATUS, NOW, World

PAGES = {
    "home": "/office/",
    "list": "/office/procedures/",
    "list-empty": "/office/procedures/?q=qwxz+zzqk",
    "show": f"/office/procedures/{CERTIFIED_COPY}/",
    "edition": f"/office/procedures/{CERTIFIED_COPY}/edition/",
    "new": "/office/procedures/new/",
    "drafts": "/office/procedures/drafts/",
    "import": "/office/procedures/import/",
    "repeal": f"/office/procedures/{MARITAL_STATUS}/repeal/",
    "phrases": f"/office/procedures/{MARITAL_STATUS}/phrases/",
    "phrases-general": "/office/phrases/",
    "featured": "/office/featured/",
    "help": "/tro-giup/",
    "help-text": "/tro-giup/office.procedure_edition/",
}


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    look: Callable[[Any, str, str], None],
    viewport: dict[str, int],
) -> None:
    base = procedures.version_for(MARITAL_STATUS, NOW.date())
    procedures.save_draft(
        actor=world.actors["quantri"], at=NOW, code=MARITAL_STATUS, title=base.title, base=base.number, content={"code": MARITAL_STATUS}
    )
    window = open_page(viewport=viewport)
    sign_in(window, "quantri")
    for name, address in PAGES.items():
        look(window, address, f"office-procedures-{name}")


def test_a_version_is_edited_checked_and_published(
    page: Any, world: World, sign_in: Callable[..., None], shoot: Callable[[Any, str], Any], axe: Callable[[Any], None]
) -> None:
    sign_in(page, "quantri")
    page.goto(f"/office/procedures/{MARITAL_STATUS}/edition/")
    page.click("button[name=add][value=result]")
    page.wait_for_load_state("networkidle")
    page.fill("#f-title", "Cấp Giấy xác nhận tình trạng hôn nhân (bản mới)")
    page.click("button.btn[value=check]")
    page.wait_for_load_state("networkidle")
    shoot(page, "office-procedures-problems")
    axe(page)
    assert "chưa có tên" in page.locator(".alert--error").inner_text()
    page.fill("#f-result-2-name", "Bản sao điện tử")
    page.fill("#f-valid_from", "01/01/2030")
    page.click("button.btn[value=check]")
    page.wait_for_load_state("networkidle")
    shoot(page, "office-procedures-checked")
    axe(page)
    page.keyboard.press("F8")
    page.wait_for_url(f"**/office/procedures/{MARITAL_STATUS}/")
    assert procedures.versions_of(MARITAL_STATUS)[0].number == 2


def test_the_balance_follows_the_steps_while_they_are_typed(page: Any, world: World, sign_in: Callable[..., None]) -> None:
    sign_in(page, "quantri")
    page.goto(f"/office/procedures/{MARITAL_STATUS}/edition/", wait_until="networkidle")
    before = page.locator("#balance").inner_text()
    page.fill("#f-step-2-time", "9wd")
    page.locator("#f-step-2-time").dispatch_event("change")
    page.wait_for_function("before => document.querySelector('#balance').innerText !== before", arg=before)
    assert page.locator("#f-step-2-time").input_value() == "9wd"


def test_help_opens_over_the_screen_and_nothing_typed_is_left(
    page: Any, world: World, sign_in: Callable[..., None], shoot: Callable[[Any, str], Any], axe: Callable[[Any], None]
) -> None:
    sign_in(page, "nhan")
    page.goto(f"/desk/intake/?procedure={MARITAL_STATUS}", wait_until="networkidle")
    page.fill("#f-owner_full_name", "Nguyễn Văn A")
    page.keyboard.press("F1")
    page.wait_for_selector("#helpsheet:popover-open")
    assert "Lỗi hay gặp" in page.locator("#helpsheet").inner_text()
    shoot(page, "desk-help-open")
    axe(page)
    page.keyboard.press("Escape")
    assert page.locator("#f-owner_full_name").input_value() == "Nguyễn Văn A"
