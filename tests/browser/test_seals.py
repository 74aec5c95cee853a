"""Seals in a browser, for citizens and for the office, at both widths."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cchc.audit import api as audit
from cchc.audit.tasks import check_journal
from cchc.cases import api as cases
from tests.audit.sealing import DAY, EVENING, SYSTEM, seal, tamper
from tests.browser.conftest import NARROW, WIDE
from tests.web.office.test_seals import hire
from tests.world import NOW, World, intake


def test_every_page_is_sound_at_both_widths(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
) -> None:
    hire()
    windows = [open_page(viewport=viewport) for viewport in (WIDE, NARROW)]
    for window in windows:
        sign_in(window, "quan")

    def look(name: str, address: str) -> None:
        for window in windows:
            window.goto(address, wait_until="load")
            for opened in window.query_selector_all("main details > summary"):
                opened.click()
            shoot(window, f"seals-{name}")
            axe(window)

    look("office-empty", "/office/seals/")
    look("portal-empty", "/niem-phong/")
    code = cases.receive(actor=world.counter, at=NOW, intake=intake())
    for day in range(3):
        seal(EVENING + day * DAY)
    asked = audit.ask_check(actor=SYSTEM, at=timezone.now())
    look("office-running", "/office/seals/")
    check_journal(number=asked.number)
    look("office-done", "/office/seals/")
    look("portal", "/niem-phong/")
    look("case", f"/ho-so/{code}/{cases.case(code=code, actor=world.counter, at=NOW).secret}/")
    tamper("UPDATE audit_entry SET at = at + interval '1 day' WHERE act = 'received'")
    check_journal(number=audit.ask_check(actor=SYSTEM, at=timezone.now()).number)
    look("office-broken", "/office/seals/")


def test_the_result_appears_by_itself(page: Any, world: World, sign_in: Callable[..., None]) -> None:
    hire()
    sign_in(page, "quan")
    page.goto("/office/seals/")
    page.click("form[action$='/check/'] button")
    page.wait_for_selector("text=Đang kiểm tra")
    check_journal(number=audit.checks(actor=SYSTEM, at=timezone.now())[0].number)
    page.wait_for_selector("text=Nhật ký nguyên vẹn", timeout=20_000)
