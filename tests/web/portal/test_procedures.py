"""Procedures for citizens."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cchc.procedures import api as procedures
from cchc.web.portal.procedures import amount_text
from tests.world import BIRTH, CERTIFIED_COPY, MARITAL_STATUS, NOW

pytestmark = pytest.mark.django_db


def get(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("words", ["đăng ký khai sinh", "dang ky khai sinh", "khai sihn", "1.001193", "KHAI SINH", "khai si\u0301nh"])
def test_search_forgives_accents_and_slips(client: Client, words: str) -> None:
    page = get(client, f"/thu-tuc/?q={words}")
    assert f"/thu-tuc/{BIRTH}/" in [link["href"] for link in page.select(".results a")][:3]


def test_nothing_found_teaches_the_next_step(client: Client) -> None:
    page = get(client, "/thu-tuc/?q=zzqqxx")
    assert "Không tìm thấy" in page.select_one(".empty").text
    assert "zzqqxx" in page.select_one("input[name=q]")["value"]


def test_strange_words_break_nothing(client: Client) -> None:
    for words in ("%00", "'; DROP TABLE", "%25%25", "🙂", "x" * 5000, "(((", "\\"):
        assert client.get("/thu-tuc/", {"q": words}).status_code == 200
        assert client.get("/thu-tuc/goi-y/", {"q": words}).status_code == 200


def test_without_words_the_fields_are_listed(client: Client) -> None:
    page = get(client, "/thu-tuc/")
    first = page.select_one(".jobs a")
    listed = get(client, f"/thu-tuc/{first['href']}")
    assert listed.select(".results a")


def test_suggestions_are_list_items_and_no_page(client: Client) -> None:
    html = client.get("/thu-tuc/goi-y/?q=khai+sinh").content.decode()
    assert "<html" not in html
    assert f'data-href="/thu-tuc/{BIRTH}/"' in html


@pytest.mark.parametrize("code", [BIRTH, CERTIFIED_COPY, MARITAL_STATUS])
def test_a_procedure_is_told_whole(client: Client, code: str) -> None:
    version = procedures.version_for(code, on=NOW.date())
    page = get(client, f"/thu-tuc/{code}/")
    told = " ".join(page.main.text.split())
    parts = [
        version.title,
        *(paper.name for case in version.case_types for paper in case.papers),
        *(basis.number for basis in version.legal_bases),
    ]
    parts += [result.name for result in version.results] + [step.name for step in version.steps] + [version.service_level.label]
    parts += [term.text[1:] for term in version.terms] + [fee.name for fee in version.fees]
    assert [part for part in parts if " ".join(part.split()) not in told] == []


def test_the_page_of_a_procedure_costs_a_constant_number_of_queries(client: Client, django_assert_num_queries: object) -> None:
    for code in (CERTIFIED_COPY, BIRTH):
        with django_assert_num_queries(8):  # type: ignore[operator]
            client.get(f"/thu-tuc/{code}/")


def test_a_result_list_costs_a_constant_number_of_queries(client: Client, django_assert_max_num_queries: object) -> None:
    for words in ("khai", "đăng ký", "chứng thực bản sao"):
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            client.get("/thu-tuc/", {"q": words})


def test_a_code_that_does_not_exist(client: Client) -> None:
    answer = client.get("/thu-tuc/9.999999/")
    assert answer.status_code == 404
    assert "Không có thủ tục mã 9.999999" in answer.content.decode()


def test_the_fee_of_certified_copies_in_words(client: Client) -> None:
    [fee] = procedures.version_for(CERTIFIED_COPY, on=NOW.date()).fees
    assert amount_text(fee).replace("\u00a0", " ") == "2.000 đ một trang, từ trang 3: 1.000 đ, tối đa 200.000 đ"
