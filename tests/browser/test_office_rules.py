"""The office's rules and the runs after a changed calendar in a browser: sound at both widths, and a swap from the form to the moved promise."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from cchc.cases import api as cases
from cchc.kernel.local import local_date
from cchc.worktime import api as worktime
from tests.browser.conftest import NARROW, WIDE
from tests.world import MARITAL_STATUS, NOW, World, citizen, intake

ROOT = Path(__file__).resolve().parents[2]
SATURDAY = 5


def work_off_the_queue(url: str) -> None:
    """Run a worker of its own until the queue of events and cases is empty."""
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot", "--queues", "events,cases"]
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def free_saturday(after: date) -> date:
    """Return the next Saturday that is not worked already."""
    calendar, day = worktime.load_calendar(), after
    while day.weekday() != SATURDAY or calendar.row(day):
        day += timedelta(days=1)
    return day


def test_rules_are_sound(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    look: Callable[[Any, str, str], None],
    viewport: dict[str, int],
) -> None:
    cases.set_bound(
        actor=world.actors["quantri"],
        at=NOW,
        key=cases.RuleKey.EXTENSION_NOTICE,
        value="1d",
        since=date(2027, 1, 1),
        source="Quyết định 12/QĐ-UBND của UBND xã",
        procedure_code=MARITAL_STATUS,
    )
    window = open_page(viewport=viewport)
    sign_in(window, "quantri")
    for name, address in (
        ("rules", "/office/rules/"),
        ("rule-notice", "/office/rules/extension_notice/"),
        ("rule-resume", "/office/rules/supplement_resume/"),
        ("runs-empty", "/office/calendar/runs/"),
    ):
        look(window, address, f"office-{name}")


def test_a_limit_is_set_without_script_and_what_was_typed_stays(
    open_page: Callable[..., Any], world: World, sign_in: Callable[..., None], shoot: Callable[[Any, str], Any]
) -> None:
    window = open_page(viewport=NARROW, script=False)
    sign_in(window, "quantri")
    window.goto("/office/rules/extension_notice/")
    window.fill("#f-value", "1")
    window.check("#f-unit input[value=d]")
    window.fill("#f-since", "01/01/2027")
    window.click("button:has-text('Đặt mức này')")
    assert "Ghi căn cứ" in window.inner_text("main")
    assert window.input_value("#f-since") == "01/01/2027"
    shoot(window, "office-rule-refused")
    window.fill("#f-source", "Nghị định 61/2018/NĐ-CP")
    window.click("button:has-text('Đặt mức này')")
    assert "Đã đặt: 1 ngày trước ngày hẹn" in window.inner_text("main")
    assert cases.bounds_on(date(2027, 1, 1))[cases.RuleKey.EXTENSION_NOTICE].value == "1d"


def test_a_swap_moves_the_promise_that_lies_on_the_day_and_the_run_page_shows_it(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    fresh_database: Any,
    look: Callable[[Any, str, str], None],
) -> None:
    start = max(NOW, timezone.now())
    with_mail = cases.PartyForm(**{**citizen().__dict__, "email": "ngoc@example.vn"})
    codes = [
        cases.receive(actor=world.counter, at=start, intake=intake(MARITAL_STATUS)),
        cases.receive(actor=world.counter, at=start, intake=intake(MARITAL_STATUS, owner=with_mail)),
    ]
    off = due_day(codes[0], world)
    makeup = free_saturday(off)
    page = open_page()
    sign_in(page, "quantri")
    page.goto("/office/calendar/swaps/new/")
    page.fill("#f-off", f"{off:%d/%m/%Y}")
    page.fill("#f-makeup", f"{makeup:%d/%m/%Y}")
    page.fill("#f-name", "Hoán đổi để nghỉ liền ngày")
    page.fill("#f-source", "Thông báo 12/TB-UBND")
    page.click("button[value=preview]")
    page.wait_for_selector("#xem-truoc")
    assert "2 lời hẹn sẽ dời" in page.inner_text("aside")
    page.click("button[value=save]")
    page.wait_for_url("**/office/calendar/?year=*")
    assert "2 lời hẹn" in page.inner_text("main")
    work_off_the_queue(fresh_database.url)
    page.click("text=Xem tiến độ") if page.is_visible("text=Xem tiến độ") else page.goto("/office/calendar/runs/")
    page.wait_for_url("**/office/calendar/runs/")
    shoot(page, "office-runs")
    axe(page)
    page.click("table tbody a")
    page.wait_for_selector("#lan-tinh table")
    told = page.inner_text("#lan-tinh")
    for code in codes:
        assert code in told
        assert due_day(code, world) != off
    assert f"{off:%d/%m/%Y}" in told
    assert f"{due_day(codes[0], world):%d/%m/%Y}" in told
    assert "Phải gọi điện" in told
    for viewport in (WIDE, NARROW):
        window = open_page(viewport=viewport)
        sign_in(window, "quantri")
        look(window, page.url, "office-run")
        look(window, f"/office/calendar/?year={off.year}", "office-calendar-run")
        assert "2 lời hẹn dời" in window.inner_text("main")


def due_day(code: str, world: World) -> date:
    """Return the day on which a case is due now."""
    return local_date(cases.case(code=code, actor=world.counter, at=timezone.now()).row.due_at)
