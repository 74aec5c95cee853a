"""The room of jobs: is anybody working, what failed and why, and once more."""

from datetime import timedelta

import pytest
from django.db import connection

from cchc.jobs import api as jobs
from tests.jobs.test_queue import put
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import NOW

pytestmark = pytest.mark.django_db


def test_an_empty_queue_and_no_worker_are_told(office: Desk) -> None:
    with connection.cursor() as cursor:
        # The units of the cast were news for figures.
        cursor.execute("DELETE FROM procrastinate_jobs")
    page = office.page("/office/jobs/")
    assert "Chưa có việc nền nào" in text_of(page.select_one(".empty"))
    assert "Không có trình chạy việc nền nào hoạt động" in text_of(page.select_one(".headrow"))
    assert "cchc serve" in text_of(page.select_one(".alert--error"))
    planned = text_of(page.select_one("section[aria-labelledby=dinhky]"))
    assert "Nhận lại việc bỏ dở 5 phút một lần chưa chạy lần nào" in planned
    assert "Chuyển việc của đơn vị đã kết thúc phút thứ 5 mỗi giờ" in planned
    assert "3 giây một lần" in planned
    assert "* *" not in planned, "a timetable is told in words"
    assert "Dọn tin nhắc cũ hằng ngày lúc 02:30 chưa chạy lần nào" in planned


def test_a_living_worker_is_told(office: Desk) -> None:
    put("doing", beat=NOW - timedelta(seconds=20))
    page = office.page("/office/jobs/")
    assert "đang hoạt động (1)" in text_of(page.select_one(".headrow"))
    assert not page.select(".alert--error")


def test_a_failed_job_says_why_and_runs_again(office: Desk) -> None:
    failed = put("failed")
    jobs.note_fault(job_id=failed, at=NOW, error=ValueError("Thiếu phông chữ"))
    page = office.page("/office/jobs/")
    row = text_of(page.select_one("tbody tr"))
    assert "Vẽ giấy tờ thành PDF" in row
    assert "Bị lỗi" in row
    assert "Thiếu phông chữ" in row
    url = f"/office/jobs/{failed}/retry/"
    assert page.select_one(f"form[action='{url}'] button")
    assert office.done(url, {}) == "/office/jobs/"
    assert "Chờ làm" in text_of(office.page("/office/jobs/").select_one("tbody tr"))
    assert "không còn ở trạng thái lỗi" in text_of(office.send(url, {}, status=409))


def test_what_is_not_there_is_not_found(office: Desk) -> None:
    assert office.client.post("/office/jobs/999999999/retry/").status_code == 404


def test_statuses_are_counted_and_narrow(office: Desk) -> None:
    put("failed")
    put()
    page = office.client.get("/office/jobs/?status=todo")
    assert "Bị lỗi (1)" in page.content.decode()
    assert page.content.decode().count("<b>Vẽ giấy tờ") == 1
    assert "Không có việc nào ở tình trạng này" in office.client.get("/office/jobs/?status=cancelled").content.decode()


def test_long_work_shows_how_far_it_is(office: Desk) -> None:
    run = jobs.begin(name="cchc.cases.settle", key="57", total=2000, at=NOW)
    jobs.advance(run.id, done=500, at=NOW)
    row = text_of(office.page("/office/jobs/").select_one("section[aria-labelledby=dai] tbody tr"))
    assert "500 trên 2.000" in row
    assert "đang chạy" in row


def test_others_are_told_which_right_is_missing(office: Desk) -> None:
    office.sign_in("nhan")
    assert "Xem và chạy lại việc nền" in text_of(office.page("/office/jobs/", status=403))
    assert office.client.post(f"/office/jobs/{put('failed')}/retry/").status_code == 403


def test_the_price_does_not_grow_with_the_list(office: Desk) -> None:
    def price() -> int:
        with FirstReader() as spent:
            office.page("/office/jobs/")
        return len(spent)

    put("failed")
    office.page("/office/jobs/")
    before = price()
    for _ in range(55):
        put("failed")
    assert price() == before
