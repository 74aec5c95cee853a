"""Contesting a number and answering it, the own figures of an officer and the look of the head: with a mouse, in both widths."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Clock
from tests.cases.office import Office
from tests.figures.test_officers import worked


@pytest.fixture
def office(crowded_office: Office, clock: Clock) -> Office:
    """Return the office with its files, on the day of the cast."""
    worked(crowded_office, 30)
    return crowded_office


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    office: Office,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    viewport: dict[str, int],
) -> None:
    def seen(page: Any, name: str) -> None:
        shoot(page, f"people-{name}")
        axe(page)

    head = open_page(viewport=viewport)
    sign_in(head, "lan")
    head.goto("/so-lieu/so/cases.received/?don-vi=18313")
    head.click("#kien-nghi a.btn")
    head.click("main form button[type=submit]")
    assert "Ghi rõ số nào chưa đúng" in head.inner_text("main")
    seen(head, "contest")
    head.fill("#f-reason", "Thiếu ba hồ sơ ngày 05/11, mã H27.112-261105-0001 đến 0003: đã nhận tại quầy nhưng chưa thấy trong số.")
    head.click("main form button[type=submit]")
    assert "đang được kiến nghị" in head.inner_text("#kien-nghi")
    seen(head, "figure")
    head.goto("/so-lieu/")
    seen(head, "board")
    reform = open_page(viewport=viewport)
    sign_in(reform, "thu")
    reform.goto("/so-lieu/kien-nghi/")
    seen(reform, "contests")
    reform.click("tr[data-contest] a")
    reform.click("label:has-text('Giữ nguyên số liệu')")
    reform.fill("#f-answer", "Đã đối chiếu sổ theo dõi ngày 05/11: ba hồ sơ ấy của xã khác.")
    seen(reform, "answer")
    reform.click("main form button[type=submit]")
    assert "Không có kiến nghị nào chờ trả lời" in reform.inner_text("main")
    head.goto("/desk/officer-figures/")
    seen(head, "looking")
    head.select_option("#f-post_id", str(office.post("phuc")))
    head.fill("#f-purpose", "Phân công lại việc của quý IV")
    head.click("main form button[type=submit]")
    assert "Lần xem này đã ghi sổ" in head.inner_text("main")
    seen(head, "look")
    officer = open_page(viewport=viewport)
    sign_in(officer, "phuc")
    officer.goto("/desk/")
    seen(officer, "inbox")
    officer.goto("/desk/my-figures/")
    assert "Phân công lại việc của quý IV" in officer.inner_text("[data-look]")
    seen(officer, "own")
    counter = open_page(viewport=viewport)
    sign_in(counter, "nhan")
    counter.goto("/desk/intake/?procedure=1.004873")
    seen(counter, "intake")


def test_a_contest_is_taken_back(
    open_page: Callable[..., Any],
    office: Office,
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    viewport: dict[str, int],
) -> None:
    head = open_page(viewport=viewport)
    sign_in(head, "lan")
    head.goto("/so-lieu/so/cases.ii06.done/?don-vi=18313")
    head.click("#kien-nghi a.btn")
    head.fill("#f-reason", "Thừa một hồ sơ đã rút.")
    head.click("main form button[type=submit]")
    head.click("[data-contest] a:has-text('Rút kiến nghị')")
    head.click("main form button[type=submit]")
    assert "Ghi vì sao rút" in head.inner_text("main")
    shoot(head, "people-withdrawal")
    axe(head)
    head.fill("#f-reason", "Đối chiếu lại: số đúng.")
    head.click("main form button[type=submit]")
    assert "Đã rút kiến nghị" in head.inner_text("[data-contest]")
    shoot(head, "people-withdrawn")
    axe(head)
