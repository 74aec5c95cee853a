"""The page of bottlenecks: who sees it, what it draws, and that each number opens as many files as it says."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from tests.cases.office import FIVE, Office, moment
from tests.cases.test_bottlenecks import straight
from tests.web.board.test_board import rows, signed, soup

pytestmark = pytest.mark.django_db
TODAY = moment(27, 15)
PAGE = "/so-lieu/diem-nghen/"
TIMES = "Thời gian từng bước, giờ làm việc"


@pytest.fixture
def office(large_office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the office with files of five steps and one of none."""
    monkeypatch.setattr(timezone, "now", lambda: TODAY)
    straight(large_office, day=2)
    straight(large_office, day=9, back=True)
    straight(large_office, day=16, until="work")
    large_office.processing("9.500002", at=datetime(2026, 11, 16, 9, tzinfo=TODAY.tzinfo))
    return large_office


def numbers(page: BeautifulSoup) -> list[tuple[str, int]]:
    """Return the address and the number of every count that can be opened; of a share the count beneath it."""
    found = []
    for link in page.select("main a[href*='/diem-nghen/ho-so/']"):
        text = link.get_text(strip=True)
        under = link.find_next_sibling("span")
        count = under.get_text().split("/")[0] if text.endswith("%") and under else re.match(r"\d+", text)[0]  # type: ignore[index]
        found.append((link["href"], int(count)))
    return found


def test_each_step_with_its_times_and_its_term(client: Client, office: Office) -> None:
    page = soup(signed(client, "thu"), PAGE, **{"thu-tuc": FIVE})
    assert page.select_one("[data-files]").get_text() == "3"
    table = rows(page, TIMES)
    assert list(table) == ["Tiếp nhận", "Thẩm định", "Kiểm tra thực địa", "Ký", "Trả kết quả"]
    assert table["Thẩm định"][:3] == ["3", "4", "1"]
    assert table["Ký"][6:8] == ["4,04 giờ làm việc", "0 %0/2"]
    assert len(page.select(".flow svg")) == 5
    assert len(page.select(".flow .budget")) == 4
    assert rows(page, "Bước nào trả lại bước nào")["Kiểm tra thực địa"] == ["Thẩm định", "1", "1"]
    assert [len(way.select("li")) for way in page.select(".way")] == [5, 7]


def test_each_number_opens_as_many_files(client: Client, office: Office) -> None:
    signed(client, "thu")
    for query in ({"thu-tuc": FIVE}, {}):
        found = numbers(soup(client, PAGE, **query))
        assert len(found) >= 15
        for address, number in found:
            listed = soup(client, address)
            mine = int(listed.select_one("[data-mine]").get_text())
            assert len(listed.select("[data-case]")) == mine
            # One file may pass a step late twice; everywhere else a number is a number of files.
            late = parse_qs(urlsplit(address).query)["phan"] == ["qua-han"]
            assert (0 < mine <= number or mine == number) if late else mine == number, address


def test_a_list_says_what_it_is_of(client: Client, office: Office) -> None:
    page = soup(signed(client, "thu"), PAGE, **{"thu-tuc": FIVE})
    address = next(address for address, _number in numbers(page) if "phan=tra-lai" in address)
    listed = soup(client, address)
    assert listed.h1.get_text() == "Bị trả lại: Kiểm tra thực địa → Thẩm định"
    assert listed.select_one("[data-case] a")["href"].startswith("/desk/cases/")
    soup(client, "/so-lieu/diem-nghen/ho-so/", status=404, phan="khong-co")


def test_without_a_published_process_it_says_what_to_do(client: Client, office: Office) -> None:
    page = soup(signed(client, "thu"), PAGE, **{"thu-tuc": "9.500002"})
    assert "Thủ tục này chưa công bố quy trình nội bộ" in page.get_text()
    assert list(rows(page, TIMES)) == ["Chuyển xử lý", "Phân công", "Thẩm tra"]
    assert "Kỳ này chưa có hồ sơ nào" in soup(client, PAGE, **{"linh-vuc": "không có"}).get_text()


def test_too_many_files_are_asked_for_in_parts(client: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc.cases.queries.bottlenecks.MOST_FILES", 3)
    page = soup(signed(client, "thu"), PAGE)
    assert "4 hồ sơ: quá nhiều để đọc từng bước" in page.get_text()
    assert len(page.select("select[name=thu-tuc] option")) == 3
    refused = client.get("/so-lieu/diem-nghen/ho-so/", {"phan": "tat-ca"})
    assert refused.status_code in {409, 422}
    assert "Quá nhiều hồ sơ" in refused.content.decode()
    assert soup(client, PAGE, **{"thu-tuc": FIVE}).select_one("[data-files]").get_text() == "3"


def test_the_log_that_it_offers_has_the_same_files(client: Client, office: Office) -> None:
    page = soup(signed(client, "thu"), PAGE)
    answer = client.get(page.select_one("a[href*='nhat-ky-ho-so.xes']")["href"])
    assert b"".join(answer.streaming_content).count(b"<trace>") == int(page.select_one("[data-files]").get_text()) == 4


def test_it_is_for_who_reads_the_files_of_the_unit(client: Client, office: Office) -> None:
    assert client.get(PAGE).status_code == 302
    for login, query, status in (("thu", {}, 200), ("quantri", {}, 403), ("tan", {"don-vi": "18313"}, 403), ("thu", {"don-vi": "42"}, 403)):
        signed(client, login)
        for address in (PAGE, "/so-lieu/diem-nghen/ho-so/"):
            assert client.get(address, {"phan": "tat-ca", **query}).status_code == status, (login, query)


def test_it_is_linked_from_where_one_looks_and_only_for_who_may(client: Client, office: Office) -> None:
    def linked(address: str) -> bool:
        return bool(soup(client, address).select(f"a[href^='{PAGE}']"))

    addresses = ("/so-lieu/don-vi/18313/", "/so-lieu/so/cases.received/?don-vi=18313")
    assert not any(linked(address) for address in addresses)
    signed(client, "thu")
    assert all(linked(address) for address in (*addresses, "/so-lieu/dieu-hanh/"))
    signed(client, "tan")
    assert not any(linked(address) for address in addresses)


def test_the_number_of_queries_does_not_grow(client: Client, office: Office, django_assert_max_num_queries: Any) -> None:
    signed(client, "thu")
    for address in (f"{PAGE}?thu-tuc={FIVE}", "/so-lieu/diem-nghen/ho-so/?phan=tat-ca"):
        client.get(address)
        with django_assert_max_num_queries(40) as before:
            client.get(address)
        for number in range(3):
            office.processing(FIVE, at=moment(20, 9, number))
        with django_assert_max_num_queries(len(before.captured_queries)):
            client.get(address)
