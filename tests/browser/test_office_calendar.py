"""The office's calendar and working hours in a browser: sound at both widths, and a swap made by hand."""

from collections.abc import Callable
from typing import Any

from cchc.cases import api as cases
from cchc.worktime import api as worktime
from tests.browser.conftest import Clock
from tests.world import NOW, World, intake

PAGES = {
    "calendar": "/office/calendar/?year=2026",
    "calendar-provisional": "/office/calendar/?year=2027",
    "day-new": "/office/calendar/days/new/",
    "day": "/office/calendar/days/2026-11-24/",
    "withdrawal": "/office/calendar/days/2026-11-24/withdrawal/",
    "swap-new": "/office/calendar/swaps/new/",
    "year": "/office/calendar/years/2027/",
    "settings": "/office/calendar/settings/",
    "explanation": "/office/calendar/explanation/?day=20/11/2026&hour=09:00&amount=8&unit=wd&schedule=hanh-chinh-tra-16h",
    "schedules": "/office/schedules/",
    "schedule-new": "/office/schedules/new/",
    "assignment": "/office/schedules/hanh-chinh/assignment/",
}


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    look: Callable[[Any, str, str], None],
    viewport: dict[str, int],
) -> None:
    cases.receive(actor=world.counter, at=NOW, intake=intake())
    window = open_page(viewport=viewport)
    sign_in(window, "quantri")
    for name, address in PAGES.items():
        look(window, address, f"office-{name}")


def test_a_swap_is_previewed_then_written(
    clock: Clock,
    page: Any,
    world: World,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
) -> None:
    case = cases.case(code=cases.receive(actor=world.counter, at=NOW, intake=intake()), actor=world.counter, at=NOW)
    off = case.row.due_at.date()
    sign_in(page, "quantri")
    page.goto("/office/calendar/swaps/new/")
    page.fill("#f-off", f"{off:%d/%m/%Y}")
    page.fill("#f-makeup", "19/12/2026")
    page.fill("#f-name", "Hoán đổi")
    page.fill("#f-source", "Thông báo thử")
    page.click("button[value=preview]")
    page.wait_for_selector("#xem-truoc")
    assert "1 lời hẹn sẽ dời" in page.inner_text("aside")
    shoot(page, "office-swap-preview")
    axe(page)
    page.click("button[value=save]")
    page.wait_for_url("**/office/calendar/?year=2026")
    page.wait_for_load_state("networkidle")
    shoot(page, "office-calendar-after")
    axe(page)
    assert len(worktime.unsettled()) == 1
    assert not worktime.load_calendar().is_working(off)
