"""Two people and a leader carry a report from the commune to the province, with a mouse, and it comes back once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import NARROW, WIDE, Clock
from tests.reports.acting import LATE, Tiers, sent

REPORT = "/so-lieu/bao-cao/ban/18313-ii06a-2026-q4/"


@pytest.fixture
def tiers(tiers: Tiers, clock: Clock) -> Tiers:
    """Return the province with its communes, the day after the cut-off."""
    clock.to("15/12 08:30")
    return tiers


@pytest.fixture
def person(open_page: Callable[..., Any], sign_in: Callable[..., None]) -> Callable[[str], Any]:
    """Open a window of somebody who is signed in."""

    def enter(who: str) -> Any:
        page = open_page()
        sign_in(page, who)
        return page

    return enter


def test_a_report_goes_up_comes_back_and_is_received(tiers: Tiers, clock: Clock, person: Callable[[str], Any]) -> None:
    clerk, leader, above = person("thu"), person("khai"), person("hanh")
    clerk.goto("/so-lieu/")
    clerk.click("a.btn:text-is('Báo cáo')")
    clerk.click("tr[data-owed=ii06a]:has-text('Quý IV') a.btn")
    clerk.click("main button:has-text('Chốt số liệu')")
    clerk.wait_for_url(f"**{REPORT}")
    clerk.fill("#f-x0", "Mở thêm một quầy từ tháng 11")
    clerk.click("button:has-text('Lưu giải trình')")
    assert "Đã ghi giải trình" in clerk.inner_text(".messages")
    leader.goto("/so-lieu/bao-cao/phai-lap/")
    leader.click("tr[data-owed=ii06a]:has-text('Quý IV') a.btn:has-text('Mở để ký')")
    leader.click("a.btn:text-is('Ký')")
    leader.check("input[value=for_head]")
    leader.fill("#f-head_title", "Chủ tịch")
    leader.click("main button:has-text('Ký')")
    assert "Đã ký, chưa gửi" in leader.inner_text("main")
    clerk.goto("/so-lieu/bao-cao/phai-lap/")
    clerk.click("a.btn:has-text('Mở để gửi')")
    clerk.click("a.btn:text-is('Gửi')")
    clerk.click("main button:has-text('Gửi')")
    assert "Đã gửi, chờ tiếp nhận" in clerk.inner_text("main")
    above.goto("/so-lieu/bao-cao/nhan/")
    above.click("a.btn:has-text('Xem, tiếp nhận')")
    above.click("a.btn:text-is('Trả lại để sửa')")
    above.fill("#f-reason", "Cột 4 chưa có hồ sơ trực tuyến")
    above.click("main button:has-text('Trả lại để sửa')")
    assert "Bị trả lại để sửa" in above.inner_text("main")
    clock.to("17/12 09:00")
    clerk, above = person("thu"), person("hanh")
    clerk.goto("/so-lieu/bao-cao/phai-lap/")
    row = clerk.inner_text("tr[data-owed=ii06a]:has-text('Quý IV')")
    assert "quá hạn 1 ngày" in row
    assert "Bị trả lại để sửa" in row
    sent(tiers, at=LATE)
    above.goto(REPORT)
    assert "gửi muộn 1 ngày" in above.inner_text("main")
    above.click("a.btn:text-is('Tiếp nhận')")
    above.click("main button:has-text('Tiếp nhận')")
    above.goto("/so-lieu/bao-cao/tong-hop/")
    assert "1 báo cáo đã tiếp nhận của 69 đơn vị" in above.inner_text("main")


def test_the_pages_look_right_in_both_widths(
    tiers: Tiers,
    clock: Clock,
    open_page: Callable[..., Any],
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Path],
) -> None:
    sent(tiers, "yen", "bao")
    pages = (
        ("thu", "/so-lieu/bao-cao/phai-lap/", "reports-owed"),
        ("thu", "/so-lieu/bao-cao/chot/?bieu=ii06a&tu=2026-09-15&den=2026-12-14", "reports-lock"),
        ("hanh", "/so-lieu/bao-cao/nhan/", "reports-inbox"),
        ("hanh", "/so-lieu/bao-cao/ban/18322-ii06a-2026-q4/", "reports-kept-above"),
        ("hanh", "/so-lieu/bao-cao/ban/18322-ii06a-2026-q4/tra-lai/", "reports-return"),
        ("hanh", "/so-lieu/bao-cao/tong-hop/", "reports-consolidation"),
    )
    for viewport in (WIDE, NARROW):
        windows = {}
        for who in ("thu", "hanh"):
            windows[who] = open_page(viewport=viewport)
            sign_in(windows[who], who)
        for who, address, name in pages:
            windows[who].goto(address)
            axe(windows[who])
            shoot(windows[who], name)
        page = windows["thu"]
        page.goto("/so-lieu/bao-cao/phai-lap/")
        page.click("tr[data-owed=ii06a]:has-text('Quý IV') a.btn")
        if page.locator("main button:has-text('Chốt số liệu')").count():
            page.click("main button:has-text('Chốt số liệu')")
        axe(page)
        shoot(page, "reports-kept")
