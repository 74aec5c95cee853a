"""Reports on the screen: what is owed, locking, the acts of both agencies, what changed, the inbox above, the consolidated form."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from cchc.figures import api as figures
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from cchc.reports import api as reports
from tests.reports.acting import LATE, OPEN, Tiers, locked, sent, view
from tests.reports.acting import QUARTER as QUARTER_DAYS
from tests.web.board.test_board import rows, signed, soup

pytestmark = pytest.mark.django_db
CODE = "18313-ii06a-2026-q4"
ROOM = "/so-lieu/bao-cao/"
REPORT = f"{ROOM}ban/{CODE}/"
QUARTER = {"tu": "2026-09-15", "den": "2026-12-14"}


@pytest.fixture
def tiers(tiers: Tiers, monkeypatch: pytest.MonkeyPatch) -> Tiers:
    """Return the province with its communes, the day after the cut-off."""
    monkeypatch.setattr(timezone, "now", lambda: OPEN)
    return tiers


def posted(client: Client, address: str, status: int = 302, **data: str) -> BeautifulSoup:
    answer = client.post(address, data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return soup(client, answer["Location"].partition("#")[0]) if status == 302 else BeautifulSoup(answer.content, "html.parser")


def test_what_is_owed_leads_to_locking_and_to_the_report(client: Client, tiers: Tiers) -> None:
    page = soup(signed(client, "thu"), f"{ROOM}phai-lap/")
    row = next(row for row in page.select("[data-owed=ii06a]") if "Quý IV năm 2026" in row.get_text())
    assert "16/12/2026" in row.get_text()
    assert "còn 1 ngày" in row.get_text()
    assert "Chưa chốt" in row.get_text()
    form = soup(client, row.a["href"])
    assert "Quý IV năm 2026 (từ ngày 15/9/2026 đến ngày 14/12/2026)" in form.get_text()
    kept = posted(client, row.a["href"])
    assert "Đã chốt số liệu. Xem lại" in kept.get_text()
    assert kept.select_one("tr.total").get_text(" ", strip=True) == "Tổng số 10 0 10 0 5 5 0 0 5 0 5"
    again = soup(client, f"{ROOM}phai-lap/")
    row = next(row for row in again.select("[data-owed=ii06a]") if "Quý IV năm 2026" in row.get_text())
    assert (row.a["href"], "Đã chốt số liệu, chờ ký" in row.get_text()) == (REPORT, True)


def test_locked_a_second_time_the_page_says_who_did_it(client: Client, tiers: Tiers) -> None:
    locked(tiers)
    page = posted(signed(client, "thu"), f"{ROOM}chot/?bieu=ii06a&tu=2026-09-15&den=2026-12-14", status=409)
    assert "đã chốt số liệu, chờ ký (Đặng Thị Thu" in page.get_text()


def test_the_journey_of_both_agencies(client: Client, tiers: Tiers) -> None:
    locked(tiers)
    signed(client, "khai")
    wrong = posted(client, f"{REPORT}ky/", status=422, seq="1", kind="for_head", head_title="", letter="12/BC-UBND")
    assert "cần chức vụ của người đứng đầu" in wrong.select_one("#p-head_title").get_text()
    assert wrong.select_one("#f-letter")["value"] == "12/BC-UBND"
    page = posted(client, f"{REPORT}ky/", seq="1", kind="for_head", head_title="Chủ tịch", letter="12/BC-UBND")
    assert "Đã ký, chưa gửi" in page.get_text()
    signed(client, "thu")
    assert "Tỉnh Hà Tĩnh" in soup(client, f"{REPORT}gui/").get_text()
    assert "Đã gửi, chờ tiếp nhận" in posted(client, f"{REPORT}gui/", seq="1").get_text()
    signed(client, "hanh")
    assert "Ghi lý do" in posted(client, f"{REPORT}tra-lai/", status=422, seq="1", reason=" ").select_one("#p-reason").get_text()
    page = posted(client, f"{REPORT}tra-lai/", seq="1", reason="Xem lại cột 4")
    assert "Bị trả lại để sửa" in page.get_text()
    assert "Xem lại cột 4" in page.get_text()
    assert not page.select("a.btn--main:-soup-contains('Chốt lại')")
    again = soup(signed(client, "thu"), REPORT).select_one("a.btn--main")
    assert again.get_text() == "Chốt lại"
    posted(client, again["href"])
    reports.sign_report(actor=tiers.actor("khai"), at=OPEN, code=CODE, seq=2)
    posted(client, f"{REPORT}gui/", seq="2")
    signed(client, "hanh")
    page = posted(client, f"{REPORT}tiep-nhan/", seq="2")
    assert [item.b.get_text() for item in page.select(".hist li")][:4] == [
        "Đã tiếp nhận",
        "Đã gửi, chờ tiếp nhận",
        "Đã ký, chưa gửi",
        "Đã chốt số liệu, chờ ký",
    ]
    former = soup(client, REPORT, lan="1")
    assert former.select_one("a.chip[aria-current]").get_text() == "Lần 1"
    assert not former.select("a.btn--main")


def test_who_may_not_is_told_and_offered_nothing(client: Client, tiers: Tiers) -> None:
    sent(tiers)
    assert client.get(REPORT).status_code == 302
    signed(client, "yen")
    assert client.get(REPORT).status_code == 404
    assert client.post(f"{REPORT}tiep-nhan/", {"seq": "1"}).status_code == 403
    signed(client, "thu")
    assert "Trả lại để sửa" not in soup(client, REPORT).get_text()
    assert client.post(f"{REPORT}tra-lai/", {"seq": "1", "reason": "x"}).status_code == 403
    assert view(tiers, CODE).state is reports.State.SENT


def test_differences_are_explained_on_the_page_and_kept_when_refused(client: Client, tiers: Tiers) -> None:
    locked(tiers)
    page = soup(signed(client, "thu"), REPORT)
    assert "So với quý III năm 2026" in page.get_text()
    assert page.select_one("label[for=f-x0]").get_text().startswith("Hồ sơ")
    kept = posted(client, f"{REPORT}giai-trinh/", seq="1", x0="Mở thêm quầy")
    assert kept.select_one("#f-x0").get_text(strip=True) == "Mở thêm quầy"
    long = posted(client, f"{REPORT}giai-trinh/", status=422, seq="1", x0="dài " * 600, x1="ngắn")
    assert "Giải trình dài quá" in long.get_text()
    assert long.select_one("#f-x1").get_text(strip=True) == "ngắn"
    reports.sign_report(actor=tiers.actor("khai"), at=OPEN, code=CODE, seq=1)
    page = soup(client, REPORT)
    assert not page.select("textarea")
    assert "Giải trình: Mở thêm quầy" in page.get_text()


def test_late_facts_are_shown_beside_the_locked_numbers(client: Client, tiers: Tiers) -> None:
    locked(tiers)
    assert "Không có số nào khác số đã chốt." in soup(signed(client, "thu"), REPORT).get_text()
    tiers.office.receive("9.500002", at=datetime(2026, 11, 19, 9, tzinfo=VIETNAM))
    figures.refresh()
    page = soup(client, REPORT)
    assert [cell.get_text(strip=True) for cell in page.select("[data-gap]")[0].find_all("td")][1:] == ["7", "8", "+1"]
    assert page.select_one("tr.total").get_text(" ", strip=True).startswith("Tổng số 10 0 10")


def test_files_hold_the_locked_numbers(client: Client, tiers: Tiers) -> None:
    sent(tiers)
    tiers.office.receive("9.500002", at=datetime(2026, 11, 19, 9, tzinfo=VIETNAM))
    figures.refresh()
    signed(client, "thu")
    answer = client.get(f"{REPORT}tep/", {"dang": "json"})
    assert answer.json()["totals"]["cells"]["received"] == 10
    for kind, start in (("xlsx", b"PK"), ("docx", b"PK")):
        assert client.get(f"{REPORT}tep/", {"dang": kind}).content.startswith(start)
    assert b"".join(client.get(f"{REPORT}tep/", {"dang": "pdf"}).streaming_content).startswith(b"%PDF")
    assert client.get(f"{REPORT}tep/", {"dang": "exe"}).status_code == 404


def test_the_inbox_says_who_has_sent_and_who_is_late(client: Client, tiers: Tiers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: LATE)
    sent(tiers, at=LATE)
    page = soup(signed(client, "hanh"), f"{ROOM}nhan/")
    counts = [page.select_one(f"[data-{name}]").get_text() for name in ("received", "waiting", "missing", "late")]
    assert counts == ["0", "1", "68", "69"]
    shown = rows(page, "Báo cáo theo đơn vị")
    assert next(iter(shown)) == "Xã Vũ Quang"
    assert shown["Xã Vũ Quang"][:3] == ["Đã gửi, chờ tiếp nhận", "16/12/2026", "17/12/2026muộn 1 ngày"]
    assert shown["Xã Mai Hoa"][:3] == ["Chưa chốt", "16/12/2026", "quá hạn 1 ngày"]
    assert "Đã nhắc 1 đơn vị." in posted(client, f"{ROOM}nhan/nhac/").get_text()
    assert signed(client, "thu").get(f"{ROOM}nhan/").status_code == 200
    assert signed(client, "khai").get(f"{ROOM}nhan/").status_code == 403


def test_a_form_that_is_not_owed_is_locked_sent_and_found_above(client: Client, tiers: Tiers) -> None:
    page = soup(signed(client, "thu"), ROOM, bieu="payment", **QUARTER)
    kept = posted(client, page.select_one("a.btn--main")["href"])
    code = "18313-payment-2026-q4"
    assert "Kết quả thanh toán trực tuyến" in kept.h1.get_text()
    assert code in [link["href"].rstrip("/").rpartition("/")[2] for link in soup(client, f"{ROOM}phai-lap/").select("ul.changes a")]
    reports.sign_report(actor=tiers.actor("khai"), at=OPEN, code=code, seq=1)
    posted(client, f"{ROOM}ban/{code}/gui/", seq="1")
    inbox = soup(signed(client, "hanh"), f"{ROOM}nhan/", bieu="payment")
    assert rows(inbox, "Báo cáo theo đơn vị")["Xã Vũ Quang"][:3] == ["Đã gửi, chờ tiếp nhận", "", "15/12/2026"]
    assert inbox.select_one("[data-waiting]").get_text() == "1"


def test_the_register_is_shown_to_its_agency_and_not_locked(client: Client, tiers: Tiers) -> None:
    page = soup(signed(client, "thu"), ROOM, bieu="register", **QUARTER)
    assert "Cộng: 10 hồ sơ." in page.get_text()
    assert not page.select("a.btn--main")


def test_the_consolidated_form_names_who_is_missing_and_is_locked(client: Client, tiers: Tiers) -> None:
    sent(tiers)
    reports.receive_report(actor=tiers.actor("hanh"), at=OPEN, code=CODE, seq=1)
    page = soup(signed(client, "hanh"), f"{ROOM}tong-hop/")
    assert "Có 1 báo cáo đã tiếp nhận của 69 đơn vị." in page.get_text()
    assert "68 đơn vị chưa có báo cáo được tiếp nhận" in page.get_text()
    lock = soup(client, page.select_one("a.btn--main")["href"])
    assert lock.select_one("input[name=basis][checked]")["value"] == "reports"
    kept = posted(client, page.select_one("a.btn--main")["href"], basis="reports")
    assert "Tổng hợp từ báo cáo đã tiếp nhận" in kept.get_text()
    assert [link["href"] for link in kept.select("ul.changes a")] == [REPORT]


def test_the_number_of_queries_does_not_grow(client: Client, tiers: Tiers, django_assert_max_num_queries: Callable[..., Any]) -> None:
    pages = (("thu", f"{ROOM}phai-lap/"), ("hanh", f"{ROOM}nhan/"))
    sent(tiers)
    before = {}
    for who, address in pages:
        signed(client, who)
        with django_assert_max_num_queries(22) as seen:
            client.get(address)
        before[address] = len(seen.captured_queries)
    sent(tiers, "yen", "bao")
    year = Period(date(2025, 12, 15), date(2026, 12, 15))
    for key, period in (("ii06", year), ("payment", QUARTER_DAYS), ("feedback", QUARTER_DAYS)):
        reports.lock_report(actor=tiers.actor("thu"), at=OPEN, key=key, period=period)
    for who, address in pages:
        signed(client, who)
        with django_assert_max_num_queries(before[address]):
            client.get(address)


def test_a_period_that_is_none_is_not_found(client: Client, tiers: Tiers) -> None:
    signed(client, "hanh")
    for query in ({"tu": "2026-11-01", "den": "2026-11-11"}, {"tu": "x", "den": "y"}, {"tu": "2026-12-14", "den": "2026-09-15"}):
        assert client.get(f"{ROOM}nhan/", query).status_code == 404


def test_the_draft_offers_to_lock_once_the_period_has_ended(client: Client, tiers: Tiers, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(client, "thu")
    assert "Chốt số liệu kỳ này" in soup(client, ROOM, **QUARTER).get_text()
    monkeypatch.setattr(timezone, "now", lambda: OPEN.replace(day=14))
    assert "Chốt được từ 15/12/2026, gửi chậm nhất 16/12/2026." in soup(client, ROOM, **QUARTER).get_text()
    locked(tiers)
    assert "Mở báo cáo đã chốt" in soup(client, ROOM, **QUARTER).get_text()
