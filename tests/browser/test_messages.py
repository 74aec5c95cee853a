"""Messages, jobs and reminders in a browser: sound at both widths, with much to show and with nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cchc.jobs import api as jobs
from cchc.kernel.actor import Actor
from cchc.notifications import api as notifications
from tests.jobs.test_queue import put
from tests.web.office.test_messages import NGOC, PHONE_ONLY, keep
from tests.world import World


def furnish(world: World) -> dict[str, str]:
    """Make messages in every state, jobs that failed, long work, reminders; return the pages."""
    system, now = Actor.system("kiểm thử"), timezone.now()
    with transaction.atomic():
        messages = [keep(world, number, PHONE_ONLY if number % 3 == 0 else NGOC) for number in range(1, 8)]
        notifications.mark_told(actor=system, at=now, message_id=messages[2].id, how="Gọi điện, gặp người nộp")
        for message in messages[3:5]:
            notifications.send(message_id=message.id, at=now, is_last=False)
        failed = put("failed")
        jobs.note_fault(
            job_id=failed, at=now, error=RuntimeError("Thiếu phông chữ Tinos (4 kiểu) trong build/fonts. Chạy «make setup» để cài.")
        )
        put("doing", beat=now)
        put("doing", beat=now - timedelta(minutes=5), task="cchc.kernel.deliver")
        put("succeeded")
    run = jobs.begin(name="cchc.cases.settle", key="57", total=2000, at=now)
    jobs.advance(run.id, done=740, at=now)
    for number, urgent in ((1, False), (2, True), (3, False)):
        for post in ("nhan", "phuc"):
            text = f"Hồ sơ H27.112-261120-{number:04} của Đỗ Thị Bích Ngọc: còn 4 giờ làm việc đến 16:00 thứ Hai 23/11/2026"
            notifications.remind(at=now, post_id=world.people[post].id, kind="due", key=f"{number}", text=text, url="/desk/", urgent=urgent)
    return {
        "messages": "/office/messages/",
        "messages-narrowed": "/office/messages/?status=failed",
        "message-phone": f"/office/messages/{messages[5].id}/",
        "message-printed": f"/office/messages/{messages[3].id}/",
        "jobs": "/office/jobs/",
        "jobs-none": "/office/jobs/?status=cancelled",
        "home": "/office/",
    }


def test_every_page_is_sound(
    open_page: Callable[..., Any],
    world: World,
    sign_in: Callable[..., None],
    look: Callable[[Any, str, str], None],
    viewport: dict[str, int],
) -> None:
    office = furnish(world)
    for login, pages in (
        ("quantri", office),
        ("nhan", {"notices": "/desk/notices/", "bell": "/desk/"}),
        ("thu", {"notices-none": "/desk/notices/"}),
    ):
        window = open_page(viewport=viewport)
        window.goto("/dang-nhap/")
        sign_in(window, login)
        for name, address in pages.items():
            look(window, address, f"office-{name}" if login == "quantri" else f"desk-{name}")


def test_an_officer_phones_says_so_and_runs_a_failed_job_again(page: Any, world: World, sign_in: Callable[..., None]) -> None:
    pages = furnish(world)
    sign_in(page, "quantri")
    page.goto(pages["message-phone"])
    page.fill("#f-how", "Gọi điện, gặp bà Hòa")
    page.get_by_role("button", name="Ghi là đã báo").click()
    page.wait_for_selector("text=Đã ghi là người nhận đã được báo.")
    page.goto("/office/jobs/?status=failed")
    page.get_by_role("button", name="Chạy lại").click()
    page.wait_for_selector("text=Đã xếp hàng chạy lại")


def test_the_bell_leads_to_what_waits(page: Any, world: World, sign_in: Callable[..., None]) -> None:
    furnish(world)
    sign_in(page, "nhan")
    page.locator(".topbar__bell").click()
    page.wait_for_url("**/desk/notices/")
    page.get_by_role("button", name="Đánh dấu đã xem hết").click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".topbar__bell .tag").count() == 0
