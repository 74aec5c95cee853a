"""Contesting a number from its page: the form, the mark on the board, the list and the answer."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cchc.figures import api as figures
from cchc.figures.models import Contest
from cchc.kernel.figures import Dimension
from cchc.kernel.local import VIETNAM
from cchc.kernel.period import Period
from tests.cases.office import Office
from tests.web.board.test_board import COMMUNE, OTHER, signed, soup

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
NUMBER = "/so-lieu/so/cases.received/"
FORM = f"{NUMBER}kien-nghi/"


@pytest.fixture
def office(crowded_office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the office with its files, on the day of the cast."""
    monkeypatch.setattr(timezone, "now", lambda: TODAY)
    return crowded_office


def contested(client: Client, who: str = "lan", **query: str) -> None:
    """Send the form as it stands."""
    signed(client, who)
    address = soup(client, NUMBER, **{"don-vi": COMMUNE, **query}).select_one("#kien-nghi a.btn")["href"]
    form = soup(client, address)
    assert form.select_one("[data-total]").get_text() == "10"
    answer = client.post(address, {"reason": "Thiếu ba hồ sơ"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(NUMBER)


def test_everybody_reads_it_at_the_number_and_only_officials_read_the_names(client: Client, office: Office) -> None:
    contested(client)
    own = soup(client, NUMBER, **{"don-vi": COMMUNE}).select_one("[data-contest]").get_text()
    assert "Thiếu ba hồ sơ" in own
    assert "Lan" in own
    everybody = soup(Client(), NUMBER, **{"don-vi": COMMUNE})
    assert "Thiếu ba hồ sơ" in everybody.select_one("[data-contest]").get_text()
    assert "Lan" not in everybody.select_one("[data-contest]").get_text()
    assert not everybody.select("#kien-nghi a.btn")


def test_the_board_marks_it_until_it_is_answered(client: Client, office: Office) -> None:
    contested(client)
    public = Client()
    assert "đang được kiến nghị" in soup(public, f"/so-lieu/don-vi/{COMMUNE}/").select_one(".fig").get_text()
    row = next(row for row in soup(public, "/so-lieu/").select("tbody tr") if "Xã Vũ Quang" in row.get_text())
    assert len(row.select(".tag--gold")) == 1
    signed(client, "thu")
    page = soup(client, "/so-lieu/kien-nghi/")
    assert soup(client, "/so-lieu/dieu-hanh/").select_one("a[href='/so-lieu/kien-nghi/'] .tag").get_text() == "1"
    address = page.select_one("tr[data-contest] a")["href"]
    soup(client, address)
    assert client.post(address, {"verdict": "rejected", "answer": "Đủ 10 hồ sơ theo sổ"}).status_code == 302
    assert "đang được kiến nghị" not in soup(public, f"/so-lieu/don-vi/{COMMUNE}/").get_text()
    assert "Đủ 10 hồ sơ theo sổ" in soup(public, NUMBER, **{"don-vi": COMMUNE}).select_one("[data-contest]").get_text()
    assert "Không có kiến nghị nào chờ trả lời" in soup(client, "/so-lieu/kien-nghi/").get_text()
    assert "Giữ nguyên số liệu" in soup(client, "/so-lieu/kien-nghi/?da-tra-loi=1").get_text()
    assert not soup(client, address).select("form textarea")


def test_what_is_wrong_is_said_at_its_field_and_stays_typed(client: Client, office: Office) -> None:
    signed(client, "lan")
    page = client.post(f"{FORM}?don-vi={COMMUNE}", {"reason": ""})
    assert page.status_code == 422
    assert "Ghi rõ số nào chưa đúng" in page.content.decode()
    contested(client)
    again = client.post(f"{FORM}?don-vi={COMMUNE}", {"reason": "Vẫn thiếu"})
    assert again.status_code == 409
    assert "Vẫn thiếu" in again.content.decode()
    code = Contest.objects.get().code
    signed(client, "thu")
    answer = client.post(f"/so-lieu/kien-nghi/{code}/", {"answer": "Đã xem"})
    assert answer.status_code == 422
    assert "Chọn chấp nhận hay giữ nguyên." in answer.content.decode()
    assert "Đã xem" in answer.content.decode()


def test_it_is_for_those_whom_the_number_counts(client: Client, office: Office) -> None:
    assert Client().get(FORM).status_code == 302
    signed(client, "lan")
    assert not soup(client, NUMBER, **{"don-vi": OTHER}).select("#kien-nghi a.btn")
    assert client.post(f"{FORM}?don-vi={OTHER}", {"reason": "Không phải của tôi"}).status_code == 403
    assert client.get("/so-lieu/kien-nghi/").status_code == 403
    assert not Contest.objects.exists()


def test_the_list_asks_no_more_for_more_contests(
    client: Client, office: Office, django_assert_max_num_queries: Callable[..., Any], django_assert_num_queries: Callable[..., Any]
) -> None:
    def contest(only: dict[Dimension, str]) -> None:
        where = {"unit_id": office.world.commune.id, "period": Period(date(2026, 11, 1), date(2026, 11, 16))}
        figures.contest(actor=office.actor("lan"), at=TODAY, key="cases.received", **where, only=only, reason="Thiếu hồ sơ")

    contest({Dimension.PROCEDURE: "9.500001"})
    signed(client, "thu")
    client.get("/so-lieu/kien-nghi/")
    with django_assert_max_num_queries(20) as before:
        client.get("/so-lieu/kien-nghi/")
    for code in ("9.500002", "9.500003", "9.500004"):
        contest({Dimension.PROCEDURE: code})
    with django_assert_num_queries(len(before)):
        rows = soup(client, "/so-lieu/kien-nghi/").select("tr[data-contest]")
    assert len(rows) == 4


def test_who_contested_finds_the_way_to_take_it_back_at_the_number(client: Client, office: Office) -> None:
    contested(client)
    link = soup(client, NUMBER, **{"don-vi": COMMUNE}).select_one("[data-contest] a")
    address = link["href"]
    assert link.get_text() == "Rút kiến nghị"
    assert not soup(Client(), NUMBER, **{"don-vi": COMMUNE}).select("[data-contest] a")
    refused = client.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert "Ghi vì sao rút" in refused.content.decode()
    signed(client, "nhan")
    assert client.get(address).status_code == 404
    signed(client, "lan")
    answer = client.post(address, {"reason": "Đếm lại thì đủ"})
    assert answer.status_code == 302
    page = soup(client, answer["Location"].partition("#")[0])
    words = page.select_one("[data-contest]").get_text()
    assert "Đã rút kiến nghị" in words
    assert "Lý do rút: Đếm lại thì đủ" in words
    assert not page.select("[data-contest] a")
    assert not soup(client, address).select("form textarea")
    signed(client, "thu")
    assert "Đã rút kiến nghị" in soup(client, "/so-lieu/kien-nghi/?da-tra-loi=1").get_text()
