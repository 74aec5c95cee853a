"""The public board and the leaders' page: what is shown, what is hidden, who sees the files."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cchc.cases.models import Spell
from cchc.editions.models import Stamp
from cchc.figures import api as figures
from cchc.identity.models import Person
from cchc.kernel.actor import Actor
from cchc.kernel.figures import Audience
from cchc.kernel.local import VIETNAM
from cchc.organisations import api as organisations
from cchc.scoring import api as scoring
from tests.cases.office import Office
from tests.queries import FirstReader
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 20, 14, 32, tzinfo=VIETNAM)
COMMUNE, OTHER = "18313", "18322"


@pytest.fixture
def office(crowded_office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the office with its files, on the day of the cast."""
    monkeypatch.setattr(timezone, "now", lambda: TODAY)
    return crowded_office


def soup(client: Client, address: str, status: int = 200, **query: str) -> BeautifulSoup:
    answer = client.get(address, query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return BeautifulSoup(answer.content, "html.parser")


def rows(page: BeautifulSoup, caption: str) -> dict[str, list[str]]:
    """Return the cells of the table with that caption, by the name of the row."""
    table = next(table for table in page.select("table") if table.caption and table.caption.get_text() == caption)
    return {
        row.find("th").get_text(strip=True): [cell.get_text(strip=True).replace("\xa0", " ") for cell in row.find_all("td")]
        for row in table.select("tbody tr")
    }


def signed(client: Client, login: str) -> Client:
    client.force_login(Person.objects.get(login=login))
    return client


def test_before_the_first_file_there_is_a_page_that_says_so(client: Client, world: World) -> None:
    assert "Chưa có số liệu nào" in soup(client, "/so-lieu/").get_text()


def test_where_two_provinces_are_counted_the_reader_chooses_one_and_keeps_the_rest_of_the_question(client: Client, office: Office) -> None:
    capital = organisations.unit("01", on=TODAY.date())
    elsewhere = organisations.descendants_on(capital.id, TODAY.date(), kinds=[organisations.UnitKind.COMMUNE])[0]
    Spell.objects.filter(agency_id=organisations.unit(OTHER, on=TODAY.date()).id).update(agency_id=elsewhere.id)
    page = soup(client, "/so-lieu/so/cases.received/", tu="2026-11-01", den="2026-11-20")
    choices = {link.get_text(): link["href"] for link in page.select(".tops a")}
    assert list(choices) == ["Thành phố Hà Nội", "Tỉnh Hà Tĩnh"]
    chosen = soup(client, "/so-lieu/so/cases.received/" + choices["Tỉnh Hà Tĩnh"])
    assert "Kỳ01/11/2026 đến hết 20/11/2026" in chosen.get_text()
    for address in ("/so-lieu/", "/so-lieu/man-hinh/", "/so-lieu/chi-so-766/", "/so-lieu/nhung/cases.received/"):
        assert len(soup(client, address).select(".tops a")) == 2


def test_everybody_sees_units_and_fields(client: Client, office: Office) -> None:
    page = soup(client, "/so-lieu/")
    assert page.h1.get_text() == "Tỉnh Hà Tĩnh"
    assert [item.get_text(strip=True) for item in page.select(".fig__n")][:2] == ["16", "5"]
    units = rows(page, "Số liệu theo đơn vị")
    assert units["Xã Vũ Quang"][1:3] == ["10", "5"]
    assert rows(page, "Số liệu theo lĩnh vực")["Lĩnh vực thử"][:2] == ["ẩn", "5"]


def test_few_files_are_hidden_and_cannot_be_had_by_subtraction(client: Client, office: Office) -> None:
    fields = rows(soup(client, f"/so-lieu/don-vi/{COMMUNE}/"), "Số liệu theo lĩnh vực")
    assert {name: cells[0] for name, cells in fields.items()} == {"Hộ tịch": "< 5", "Lĩnh vực thử": "ẩn"}


def test_the_map_has_a_tile_for_each_commune_of_the_province(client: Client, office: Office) -> None:
    tiles = soup(client, "/so-lieu/").select("svg.tiles a")
    assert len(tiles) == 69
    counted = {tile.title.get_text() for tile in tiles if "none" not in tile.get("class", [])}
    assert counted == {"Xã Vũ Quang: 5 hồ sơ quá hạn", "Xã Mai Hoa: 6 hồ sơ quá hạn"}


def test_a_wrong_day_is_said_at_its_field_and_stays_typed(client: Client, office: Office) -> None:
    page = soup(client, "/so-lieu/", status=422, tu="2026-31-31", den="2026-11-20")
    assert page.select_one("#tu-loi").get_text() == "Không hiểu ngày «2026-31-31». Chọn lại ngày trên lịch."
    assert page.select_one("input[name=tu]")["value"] == "2026-31-31"
    later = soup(client, "/so-lieu/", status=422, tu="2026-11-20", den="2026-11-01")
    assert "Ngày cuối phải từ ngày đầu trở đi." in later.get_text()
    assert "Kỳ này chưa bắt đầu." in soup(client, "/so-lieu/", status=422, tu="2027-01-01", den="2027-02-01").get_text()


def test_what_is_unknown_is_not_found(client: Client, office: Office) -> None:
    soup(client, "/so-lieu/don-vi/khong-co/", status=404)
    soup(client, "/so-lieu/so/cases.khong_co/", status=404)


def test_the_files_are_for_their_agency(client: Client, office: Office) -> None:
    address = "/so-lieu/so/cases.received/"
    assert not soup(client, address).select("[data-case]")
    own = soup(signed(client, "thu"), address)
    assert (own.select_one("[data-counted]").get_text(), own.select_one("[data-mine]").get_text()) == ("16", "10")
    assert len(own.select("[data-case]")) == 10
    other = soup(signed(client, "tan"), address)
    assert len(other.select("[data-case]")) == 6
    assert all(item.get_text().startswith("H27.113") for item in other.select("[data-case] a"))


def test_small_numbers_of_the_own_agency_are_shown_to_it_and_not_those_of_others(client: Client, office: Office) -> None:
    signed(client, "thu")
    query = {"linh-vuc": "Hộ tịch"}
    assert soup(client, "/so-lieu/so/cases.received/", **query, **{"don-vi": COMMUNE}).select_one("[data-total]").get_text() == "3"
    assert soup(client, "/so-lieu/so/cases.ii06.overdue/", **{"don-vi": "01"}).select_one("[data-total]").get_text() == "0"
    signed(client, "tan")
    page = soup(client, "/so-lieu/so/cases.received/", **query, **{"don-vi": COMMUNE})
    assert page.select_one("[data-total]").get_text().replace("\xa0", " ") == "< 5"


def test_a_figure_can_be_cut_by_level(client: Client, office: Office) -> None:
    page = soup(client, "/so-lieu/so/cases.received/", theo="cap")
    assert "Cấp" in [chip.get_text() for chip in page.select("a.chip[aria-current]")]
    assert rows(page, "Số liệu theo thành phần") == {"Cấp xã": ["16"]}
    assert not page.select("tbody th a"), "a level is many units: it opens nothing narrower"


def test_the_leaders_page_is_for_readers_of_files(client: Client, office: Office) -> None:
    assert client.get("/so-lieu/dieu-hanh/").status_code == 302
    page = soup(signed(client, "khai"), "/so-lieu/dieu-hanh/")
    holders = rows(page, "Đơn vị đang giữ nhiều hồ sơ quá hạn nhất")
    assert sum(int(cells[0]) for cells in holders.values()) == int(page.select_one(".board__left .tag").get_text())
    assert rows(page, "Số liệu theo lĩnh vực")["Hộ tịch"][0] == "3"


def test_one_figure_may_stand_in_another_site_and_nothing_else(client: Client, office: Office) -> None:
    inside = client.get("/so-lieu/nhung/cases.received/")
    assert "X-Frame-Options" not in inside
    assert "frame-ancestors *" in inside["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/so-lieu/")["Content-Security-Policy"]


def test_the_wall_asks_for_itself_again(client: Client, office: Office) -> None:
    page = soup(client, "/so-lieu/man-hinh/")
    assert page.select_one("main")["data-again"] == "60"
    assert page.select_one(".wall__numbers b").get_text() == "16"


def test_the_number_of_queries_does_not_grow_with_what_is_shown(
    client: Client, office: Office, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for address, most in (("/so-lieu/", 26), (f"/so-lieu/don-vi/{COMMUNE}/", 25), ("/so-lieu/so/cases.received/?theo=linh-vuc", 16)):
        with django_assert_max_num_queries(most) as before:
            client.get(address)
        for number in range(3):
            office.receive("9.500003", at=TODAY.replace(minute=number))
        figures.refresh()
        with django_assert_max_num_queries(len(before.captured_queries)):
            client.get(address)


def test_a_form_on_the_screen_opens_the_figure_behind_each_number(client: Client, office: Office) -> None:
    page = soup(signed(client, "thu"), "/so-lieu/bao-cao/")
    cells = [cell for cell in page.select(".formtable tbody td.num a") if cell.get_text() == "7"]
    opened = soup(client, cells[0]["href"])
    assert opened.select_one("[data-total]").get_text() == "7"
    assert "Kiểm tra: (3) = (7) + (11)" in page.get_text()
    assert "Kỳ chưa hết: số liệu đến hết ngày 20/11/2026." in page.get_text()


def test_a_form_is_taken_away_as_a_file(client: Client, office: Office) -> None:
    signed(client, "thu")
    for kind, start in (("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")):
        answer = client.get("/so-lieu/bao-cao/tep/", {"bieu": "ii06a", "dang": kind, "tu": "2026-09-15", "den": "2026-12-14"})
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert f"ii06a-{COMMUNE}-20260915-20261120.{kind}" in answer["Content-Disposition"]
    assert client.get("/so-lieu/bao-cao/tep/", {"bieu": "ii06a", "dang": "exe"}).status_code == 404


def test_a_form_of_another_agency_is_not_shown(client: Client, office: Office) -> None:
    assert signed(client, "thu").get("/so-lieu/bao-cao/", {"don-vi": OTHER}).status_code == 404
    assert Client().get("/so-lieu/bao-cao/").status_code == 302


def test_the_index_says_what_it_does_not_measure_and_where_points_are_lost(client: Client, office: Office) -> None:
    page = soup(client, "/so-lieu/chi-so-766/")
    assert "Điểm này chưa phải điểm của Cổng" in page.get_text()
    standings = rows(page, "Điểm theo nhóm của từng đơn vị")
    assert set(standings) == {"Xã Vũ Quang", "Xã Mai Hoa"}
    lost = rows(page, "Điểm mất theo chỉ tiêu")
    assert "Tỷ lệ hồ sơ xử lý trước hạn, đúng hạn" in lost
    # Of 16 files received in November, 11 promises are broken by now: 20 x 5 / 16 points.
    assert lost["Tỷ lệ hồ sơ xử lý trước hạn, đúng hạn"][1] == "6,25"


def scored(office: Office) -> None:
    """Keep the points of the day, with values of the portal for both communes and the province."""
    rows = [
        f"qd766.PAID_ONLINE_DOSSIER,{code},2026-11-01,2026-11-30,{number},40" for code, number in (("42", 30), (COMMUNE, 10), (OTHER, 40))
    ]
    text = "\n".join(["key,unit,from,to,numerator,denominator", *rows])
    figures.import_values(actor=Actor.system("thử"), at=TODAY, content=text.encode(), source="Cổng, 19/11/2026")
    scoring.compute_running(at=TODAY)


def test_points_that_are_kept_say_when_they_were_computed_and_what_it_would_take(client: Client, office: Office) -> None:
    fresh = soup(client, "/so-lieu/chi-so-766/")
    assert "Điểm vừa tính khi mở trang." in fresh.get_text()
    scored(office)
    page = soup(client, "/so-lieu/chi-so-766/")
    assert "Điểm tính lúc 14:32 thứ Sáu 20/11/2026" in page.get_text()
    # 6.25 of 20 for progress, 0 of 6 online, 4.5 of 6 for payment.
    assert page.select_one("[data-total]").get_text() == "10,75"
    lost = rows(page, "Điểm mất theo chỉ tiêu")
    assert next(iter(lost)) == "Tỷ lệ hồ sơ xử lý trước hạn, đúng hạn"
    assert lost["Tỷ lệ hồ sơ thanh toán trực tuyến"] == ["−1,50", "4,50", "6", "30/40 hồ sơcòn thiếu 10 hồ sơ để đạt tối đa"]
    standings = rows(page, "Điểm theo nhóm của từng đơn vị")
    assert (standings["Xã Vũ Quang"][0], standings["Xã Mai Hoa"][0]) == ("1", "2")


def test_each_lost_point_opens_the_cases_behind_it(client: Client, office: Office) -> None:
    scored(office)
    page = soup(signed(client, "thu"), "/so-lieu/chi-so-766/", **{"don-vi": COMMUNE})
    links = {item.get_text(): item["href"] for item in page.select("table th[scope=row] a")}
    behind = soup(client, links["Tỷ lệ hồ sơ xử lý trước hạn, đúng hạn"])
    # Ten received, five of them finished in time: the other five cost the points.
    assert behind.select_one("[data-counted]").get_text() == "5"
    assert len(behind.select("[data-case]")) == 5
    published = soup(client, links["Tỷ lệ hồ sơ thanh toán trực tuyến"])
    assert "25 %" in published.select_one("[data-total]").get_text().replace("\xa0", " ").replace(",00", "")


def test_points_of_few_files_are_for_their_agency_alone(client: Client, office: Office) -> None:
    first = {"tu": "2026-11-05", "den": "2026-11-05"}
    few = {"don-vi": COMMUNE, "tu": "2026-11-05", "den": "2026-11-05"}
    assert soup(client, "/so-lieu/chi-so-766/", **few).select_one("[data-total]") is not None
    office.receive("9.500003", at=TODAY.replace(day=18))
    while figures.refresh():
        pass
    alone = few | {"tu": "2026-11-18", "den": "2026-11-18"}
    page = soup(client, "/so-lieu/chi-so-766/", **alone)
    assert page.select_one("[data-total]") is None
    assert "Điểm không hiện" in page.get_text()
    assert soup(signed(client, "tan"), "/so-lieu/chi-so-766/", **alone).select_one("[data-total]") is None
    assert soup(signed(client, "thu"), "/so-lieu/chi-so-766/", **alone).select_one("[data-total]") is not None
    assert "ẩn" not in " ".join(rows(soup(Client(), "/so-lieu/chi-so-766/", **first), "Điểm theo nhóm của từng đơn vị")["Xã Vũ Quang"])


def test_the_index_is_read_in_as_many_queries_for_many_units_as_for_few(
    client: Client, office: Office, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    scored(office)
    codes = [f"{unit.code}" for unit in organisations.descendants_on(organisations.unit("42", on=TODAY.date()).id, TODAY.date())]

    def published(wanted: list[str]) -> None:
        rows_of = [f"qd766.PUBLISH_ON_TIME,{code},2026-11-01,2026-11-30,3,4" for code in wanted]
        text = "\n".join(["key,unit,from,to,numerator,denominator", *rows_of])
        figures.import_values(actor=Actor.system("thử"), at=TODAY, content=text.encode(), source="thử")
        scoring.compute_running(at=TODAY)

    published(codes[3:6])
    with django_assert_max_num_queries(18) as few:
        client.get("/so-lieu/chi-so-766/")
    published(codes[:40])
    with django_assert_max_num_queries(len(few.captured_queries)):
        page = soup(client, "/so-lieu/chi-so-766/")
    assert len(rows(page, "Điểm theo nhóm của từng đơn vị")) > 30


def test_what_a_page_holds_rests_on_watched_tables_alone(client: Client, office: Office) -> None:
    """What a second reader's page does not ask again is held: it may come from tables that are watched, or whose marks are."""
    watched = {*Stamp.objects.values_list("table", flat=True), "editions_month"}
    # Acts on files leave a mark, which the job works off: what is counted file by file is held until then.
    marked = {"cases_case", "cases_spell", "cases_request", "cases_apology", "cases_party", "cases_feeline", "cases_handover"}
    addresses = ["/so-lieu/", f"/so-lieu/don-vi/{COMMUNE}/", "/so-lieu/man-hinh/", "/so-lieu/dieu-hanh/"]
    addresses += [f"/so-lieu/so/{item.figure.key}/" for item in figures.measures() if item.figure.audience is Audience.PUBLIC]
    addresses += [f"/so-lieu/so/cases.received/?theo={cut}" for cut in ("linh-vuc", "thu-tuc", "hinh-thuc", "thang", "cap")]
    signed(client, "thu")
    client.get("/so-lieu/")
    for address in addresses:
        with FirstReader() as first:
            assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as second:
            client.get(address)
        live = {query["sql"] for query in second.captured_queries}
        held = [query["sql"] for query in first.captured_queries if query["sql"] not in live]
        tables = {name for sql in held for name in re.findall(r"(?:FROM|JOIN) \(?\"?([a-z]+_[a-z]+)\"?", sql)}
        assert held, address
        assert tables <= watched | marked, (address, tables - watched - marked)
