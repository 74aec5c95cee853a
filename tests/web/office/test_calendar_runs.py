"""The runs after a changed calendar: which promises moved, which stayed, who was told and who must be phoned."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from cchc.cases import api as cases
from cchc.cases.subscriptions import calendar_changed
from cchc.cases.tasks import settle_promises
from cchc.jobs import api as jobs
from cchc.kernel.local import local_date
from cchc.worktime import api as worktime
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.world import MARITAL_STATUS, NOW, World, citizen, intake

RUNS = "/office/calendar/runs/"


def received(world: World, **of_party: str) -> cases.CaseRow:
    """Receive a case of an applicant with this telephone and address."""
    party = cases.PartyForm(**{**citizen().__dict__, **of_party})
    code = cases.receive(actor=world.counter, at=NOW, intake=intake(MARITAL_STATUS, owner=party))
    return cases.case(code=code, actor=world.counter, at=NOW).row


def closed(office: Desk, day: date) -> int:
    """Close a day through the page, let the news arrive, and return the run that it opened."""
    form = {"day": f"{day:%d/%m/%Y}", "kind": "holiday", "for_date": "", "name": "Nghỉ", "source": "Thông báo 9", "confidence": "sure"}
    office.done("/office/calendar/days/new/", {**form, "do": "save"})
    calendar_changed(worktime.CalendarChanged(day=day, version=worktime.load_calendar().version))
    return cases.settlements(actor=office.world.actors["quantri"])[0].id


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the job run an hour after the edit."""
    monkeypatch.setattr("cchc.cases.tasks.timezone.now", lambda: NOW + timedelta(hours=1))


def test_open_for_who_may_edit_the_calendar_and_for_nobody_else(office: Desk) -> None:
    assert "Chưa lần nào phải tính lại" in text_of(office.page(RUNS).select_one(".empty"))
    office.page(f"{RUNS}999/", status=404)
    run = closed(office, date(2026, 12, 9))
    for address in (RUNS, f"{RUNS}{run}/", f"{RUNS}{run}/moved.csv"):
        assert office.client.get(address).status_code == 200
        office.sign_in("nhan").page(address, status=403)
        office.sign_in("quantri")


def test_a_run_that_waits_says_so_and_leads_on(office: Desk) -> None:
    run = closed(office, date(2026, 12, 9))
    page = office.page(f"{RUNS}{run}/")
    told = text_of(page)
    assert "Chờ chạy" in told
    assert "Đã xếp hàng, chưa bắt đầu." in told
    assert "Việc nền đang đứng lại" in told
    assert page.select_one("#lan-tinh[hx-get]")
    assert "chờ chạy" in text_of(office.page("/office/calendar/"))


@pytest.mark.usefixtures("at_noon")
def test_what_moved_and_what_stayed_who_was_told_and_who_must_be_phoned(office: Desk) -> None:
    world = office.world
    by_mail, by_phone = received(world, email="ngoc@example.vn"), received(world)
    stays = cases.receive(actor=world.counter, at=NOW - timedelta(days=1), intake=intake(MARITAL_STATUS))
    due = local_date(by_mail.due_at)
    assert local_date(cases.case(code=stays, actor=world.counter, at=NOW).row.due_at) != due
    run = closed(office, due)
    settle_promises(run)
    page = office.page(f"{RUNS}{run}/")
    facts = dict(zip(*[[text_of(cell) for cell in page.select(f"dl.facts {tag}")] for tag in ("dt", "dd")], strict=True))
    assert (facts["Lời hẹn dời"], facts["Lời hẹn giữ nguyên"], facts["Đã báo người nộp"], facts["Phải gọi điện"]) == ("2", "1", "1", "1")
    assert "Quản trị hệ thống" in facts["Người đổi"]
    assert "Thông báo 9" in facts["Đổi lịch"]
    assert "lời hẹn đã in giữ nguyên nếu vẫn là ngày làm việc" in facts["Quy tắc"]
    assert not page.select("[hx-get]#lan-tinh")
    rows = {text_of(row.select_one("td")): text_of(row) for row in page.select("table tbody tr")}
    assert set(rows) == {by_mail.code, by_phone.code}
    assert "Đã gửi tin" in rows[by_mail.code]
    assert "Phải gọi điện" in rows[by_phone.code]
    assert f"{due:%d/%m/%Y}" in rows[by_mail.code]
    narrowed = office.page(f"{RUNS}{run}/", told="no")
    assert [text_of(row.select_one("td")) for row in narrowed.select("table tbody tr")] == [by_phone.code]
    assert f"{2} lời hẹn dời, {1} giữ nguyên; {1} người phải gọi điện" in text_of(office.page("/office/calendar/"))
    settle_promises(run)
    assert text_of(office.page(f"{RUNS}{run}/").select_one("table")) == text_of(page.select_one("table"))


@pytest.mark.usefixtures("at_noon")
def test_the_list_goes_into_a_sheet(office: Desk) -> None:
    row = received(office.world)
    run = closed(office, local_date(row.due_at))
    settle_promises(run)
    answer = office.client.get(f"{RUNS}{run}/moved.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[0] == ["Mã hồ sơ", "Thủ tục", "Đã hẹn", "Hẹn mới", "Báo người nộp"]
    assert [line[0] for line in lines[1:]] == [row.code]
    assert lines[1][4] == "phải gọi điện"
    assert len(list(csv.reader(io.StringIO(office.client.get(f"{RUNS}{run}/moved.csv?told=yes").content.decode())))) == 1


@pytest.mark.usefixtures("at_noon")
def test_the_moved_of_another_agency_are_counted_and_not_named(office: Desk) -> None:
    world = office.world
    code = cases.receive(actor=world.stranger, at=NOW, intake=intake(MARITAL_STATUS))
    run = closed(office, local_date(cases.case(code=code, actor=world.stranger, at=NOW).row.due_at))
    settle_promises(run)
    page = office.page(f"{RUNS}{run}/")
    assert code not in text_of(page)
    assert "Bảng gồm hồ sơ của cơ quan mình" in text_of(page)
    assert code not in office.client.get(f"{RUNS}{run}/moved.csv").content.decode()


@pytest.mark.usefixtures("at_noon")
def test_a_run_cut_off_says_how_far_it_came_and_that_it_goes_on(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [received(office.world) for _ in range(3)]
    run = closed(office, local_date(rows[0].due_at))
    with monkeypatch.context() as change:
        change.setattr("cchc.cases.operations.settling.tell_applicant", broken_after(2))
        with pytest.raises(RuntimeError):
            settle_promises(run)
    half = jobs.run(cases.SETTLE_TASK, str(run))
    assert half
    assert "RuntimeError" in half.error
    told = text_of(office.page(f"{RUNS}{run}/"))
    assert "Đang tính lại" in told
    assert "Dừng giữa chừng" in told
    settle_promises(run)
    page = office.page(f"{RUNS}{run}/")
    assert len(page.select("table tbody tr")) == 3
    assert "bắt đầu 2 lần" in text_of(page)
    over = jobs.run(cases.SETTLE_TASK, str(run))
    assert over
    assert (over.is_running, over.result, over.tries, over.label) == (False, {"moved": 3}, 2, "Tính lại lời hẹn theo lịch")


def broken_after(times: int) -> Callable[..., bool]:
    """Return a way to tell people that breaks after so many."""
    left = times

    def tell(**_words: Any) -> bool:
        nonlocal left
        if not left:
            raise RuntimeError("mất điện")
        left -= 1
        return False

    return tell


def test_the_run_is_seen_among_the_jobs_by_its_name(office: Desk) -> None:
    run = closed(office, date(2026, 12, 9))
    settle_promises(run)
    told = text_of(office.page("/office/jobs/"))
    assert told.count("Tính lại lời hẹn theo lịch") == 2
    for words in (
        "Nhắc việc sắp đến hạn",
        "Niêm phong nhật ký hằng ngày",
        "Dọn tệp không hồ sơ nào giữ",
        "Chuyển việc của đơn vị đã kết thúc",
    ):
        assert words in told
    assert "cchc." not in told


@pytest.mark.usefixtures("at_noon")
def test_asks_no_more_for_more_moved(office: Desk) -> None:
    def count(address: str) -> int:
        with FirstReader() as queries:
            office.page(address)
        return len(queries)

    row = received(office.world)
    run = closed(office, local_date(row.due_at))
    settle_promises(run)
    counted = []
    for _turn in range(2):
        for address in (RUNS, f"{RUNS}{run}/"):
            count(address)
        counted.append([count(RUNS), count(f"{RUNS}{run}/")])
        for _more in range(3):
            received(office.world)
        run = closed(office, local_date(received(office.world).due_at))
        settle_promises(run)
    assert len(office.page(f"{RUNS}{run}/").select("table tbody tr")) == 9
    assert counted[0] == counted[1]
