"""Prints and exports: any list on paper with its filters in words; tables whose cells are never formulas."""

import csv
import io

import pytest
from openpyxl import load_workbook

from cchc.cases import api as cases
from cchc.web.desk.printing import safe
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.test_day import words
from tests.web.desk.test_filters import price
from tests.world import NOW, World, citizen, intake

pytestmark = pytest.mark.django_db
PERIOD = "from=01/11/2026&to=20/11/2026"


def receive(world: World, name: str = "Đỗ Thị Bích Ngọc") -> str:
    return cases.receive(actor=world.counter, at=NOW, intake=intake(owner=citizen(name)))


@pytest.mark.parametrize("query", ["list=inbox&scope=unit&step=forward", "list=search", "list=figure&figure=cases.received_today"])
def test_a_list_on_paper_holds_the_cases_of_the_screen(desk: Desk, query: str) -> None:
    code = receive(desk.world)
    text = words(desk.client.get(f"/desk/lists/paper/?{query}").content)
    assert code in text
    assert "Đỗ Thị Bích Ngọc" in text


def test_filters_stand_on_it_in_words(desk: Desk) -> None:
    receive(desk.world)
    assert "Bước: Chuyển xử lý" in words(desk.client.get("/desk/lists/paper/?list=inbox&step=forward").content)


def test_results_on_paper(desk: Desk) -> None:
    assert "KẾT QUẢ CHỜ TRẢ" in words(desk.client.get("/desk/lists/paper/?list=results").content)


def test_a_list_nobody_knows_is_not_found(desk: Desk) -> None:
    desk.page("/desk/lists/paper/?list=x", status=404)
    desk.page("/desk/lists/table/", status=404)
    desk.page("/desk/lists/paper/?list=figure&figure=x", status=404)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "  =1", "\n=1"])
def test_a_cell_never_starts_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_a_cell_that_is_no_formula_stays() -> None:
    assert [safe(text) for text in ("Đỗ Thị", "12", "", None, "a=b")] == ["Đỗ Thị", "12", "", "", "a=b"]


def test_the_screens_list_as_csv(desk: Desk) -> None:
    code = receive(desk.world)
    content = desk.client.get("/desk/lists/table/?list=inbox").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0][0] == "Mã hồ sơ"
    assert rows[1][0] == code


def test_the_register_on_screen_paper_and_in_files(desk: Desk) -> None:
    code = receive(desk.world)
    page = desk.page(f"/desk/register/?{PERIOD}")
    assert [link.text for link in page.select("a.code")] == [code]
    text = words(desk.client.get(f"/desk/register/paper/?{PERIOD}").content)
    assert code in text
    assert "từ ngày 01/11/2026 đến ngày 20/11/2026" in text
    book = load_workbook(io.BytesIO(desk.client.get(f"/desk/register/workbook/?{PERIOD}").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][1] == code
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert code in desk.client.get(f"/desk/register/table/?{PERIOD}").content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=20/11/2026&to=01/11/2026", "Ngày cuối kỳ phải từ ngày đầu kỳ"),
        ("from=31/02/2026", "Không có ngày 31/02/2026"),
        ("from=x", "Ngày phải viết"),
    ],
)
def test_a_period_that_cannot_be_is_told_and_kept(desk: Desk, query: str, sentence: str) -> None:
    page = desk.page(f"/desk/register/?{query}", status=422)
    assert sentence in text_of(page.main)
    desk.page(f"/desk/register/paper/?{query}", status=422)


def test_another_communes_register_is_empty_of_ours(desk: Desk) -> None:
    code = receive(desk.world)
    desk.sign_in("tan")
    assert code not in text_of(desk.page(f"/desk/register/?{PERIOD}").main)
    assert code not in words(desk.client.get("/desk/lists/paper/?list=search").content)


def test_the_price_of_the_register_does_not_grow(desk: Desk) -> None:
    receive(desk.world)
    before = price(desk, f"/desk/register/?{PERIOD}")
    for _ in range(10):
        receive(desk.world)
    assert price(desk, f"/desk/register/?{PERIOD}") == before
