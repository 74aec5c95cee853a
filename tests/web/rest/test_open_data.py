"""Open data: one number in every form, small cells nowhere, files that stay, and descriptions that machines can read."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from cchc.web.rest.datasets import COLUMNS, last_month
from cchc.web.rest.opendata import _cells
from tests.web.rest.conftest import Rest

ASKED = {"don-vi": "18313", "tu": "2026-11-01", "den": "2026-11-20", "theo": "field"}
CSV, JSON = "/so-lieu-mo/cases.received.csv", "/so-lieu-mo/cases.received.json"


def table(answer: Any) -> list[dict[str, str]]:
    """Read a file as a spreadsheet program does."""
    assert answer.status_code == 200, answer.content.decode()
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_a_file_says_of_what_and_until_when(rest: Rest) -> None:
    answer = rest.get(CSV, **ASKED)
    content = answer.content
    assert content.startswith(b"\xef\xbb\xbfunit,unit_name,from,to,by,key,key_name,value,hidden\r\n18313,")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert (answer["Content-Type"], answer["As-Of"]) == ("text/csv; charset=utf-8", "2026-11-20")
    rows = table(answer)
    assert rows[0] == {
        "unit": "18313",
        "unit_name": "Xã Vũ Quang",
        "from": "2026-11-01",
        "to": "2026-11-20",
        "by": "",
        "key": "",
        "key_name": "",
        "value": "12",
        "hidden": "false",
    }


def test_small_cells_are_hidden_in_every_door_alike(rest: Rest) -> None:
    period = Period(date(2026, 11, 1), date(2026, 11, 21))
    (truth,) = figures.figure_tables(["cases.received"], unit_id=rest.world.commune.id, period=period, by=[Dimension.FIELD])
    real = {str(line.key[0]): int(line.number) for line in truth.lines}
    (small,) = [key for key, number in real.items() if number < 5]
    (beside,) = [key for key, number in real.items() if number == 5]
    query = {"unit": "18313", "from": "2026-11-01", "to": "2026-11-20"}
    doors = (
        {line["key"]: line["value"] for line in rest.json("/api/figures/cases.received/values", by="field", **query)["lines"]},
        {row["key"]: int(row["value"]) if row["value"] else None for row in table(rest.get(CSV, **ASKED))},
        {row["key"]: row["value"] for row in rest.json(JSON, **ASKED)["rows"]},
    )
    for door in doors:
        # The one small cell, and the one by which it could be had from the total.
        assert {key: door[key] for key in real} == {**real, small: None, beside: None}
    # Asked for by itself, it is as hidden as in the table; the one beside it too.
    for field in (small, beside):
        alone = rest.json("/api/figures/cases.received/values", field=field, **query)
        assert alone["total"] == {"value": None, "hidden": True}
        assert rest.json("/api/figures/cases.received/values", field=field, by="channel", **query)["lines"][0]["value"] is None
    assert rest.json("/api/figures/cases.received/values", field="Lĩnh vực thử", **query)["total"]["value"] == 6


def test_every_figure_can_be_had_in_every_form(rest: Rest) -> None:
    for number, item in enumerate(figures.measures()):
        # Each from an address of its own: one reader may not ask for so many in a minute.
        rest.client.defaults["REMOTE_ADDR"] = f"10.0.0.{number + 1}"
        key = item.figure.key
        # There are more figures than questions a minute from one address.
        cache.clear()
        rows = table(rest.get(f"/so-lieu-mo/{key}.csv", **{"don-vi": "18313", "theo": "tong"}))
        told = rest.json(f"/so-lieu-mo/{key}.json", **{"don-vi": "18313", "theo": "tong"})["rows"]
        assert [row["value"] for row in rows] == ["" if row["value"] is None else str(row["value"]) for row in told], key
        assert [row["hidden"] for row in rows] == [str(row["hidden"]).lower() for row in told]
        described = rest.json(f"/so-lieu-mo/{key}/datapackage.json")
        assert [field["name"] for field in described["resources"][0]["schema"]["fields"]] == list(rows[0])


def test_without_more_it_is_the_last_whole_month_of_all_that_own_facts(rest: Rest) -> None:
    assert last_month(rest.at.date()) == Period(date(2026, 10, 15), date(2026, 11, 15))
    rows = table(rest.get(CSV))
    assert {(row["unit"], row["from"], row["to"]) for row in rows} == {("42", "2026-10-15", "2026-11-14")}
    assert {row["key"]: row["value"] for row in rows} == {"": "13", "18313": "", "18322": ""}
    assert [row["hidden"] for row in rows] == ["false", "true", "true"]


def test_what_has_not_changed_is_not_sent_again(rest: Rest) -> None:
    for path in (CSV, JSON, "/so-lieu-mo/cases.received/datapackage.json", "/so-lieu-mo/catalog.jsonld"):
        first = rest.get(path, **ASKED)
        assert first["ETag"].startswith('"')
        assert "public" in first["Cache-Control"]
        again = rest.client.get(path, ASKED, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    tag = rest.get(CSV, **ASKED)["ETag"]
    rest.office.receive("9.500002", at=rest.at)
    figures.refresh()
    changed = rest.client.get(CSV, ASKED, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert table(changed)[0]["value"] == "13"


def test_no_cell_is_a_formula_and_numbers_stay_numbers() -> None:
    for start in ("=", "+", "-", "@", "\t", "\r"):
        assert _cells([f"{start}1+1"]) == [f"'{start}1+1"]
    assert _cells([-3, 1.5, None, True, date(2026, 11, 20), "a=1"]) == [-3, 1.5, "", "true", "2026-11-20", "a=1"]


def test_a_name_with_commas_and_quotes_comes_back_whole(rest: Rest) -> None:
    from cchc.cases.models import Spell  # noqa: PLC0415 (models need Django to be set up)

    nasty = '=Đất đai, "nhà ở"\nvà xây dựng'
    Spell.objects.filter(field="Lĩnh vực thử").update(field=nasty)
    figures.rebuild()
    rows = table(rest.get(CSV, **ASKED))
    assert [row["value"] for row in rows if row["key"] == f"'{nasty}"] == ["6"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"don-vi": "99999"}, 404),
        ({"tu": "2026-11-01"}, 422),
        ({"tu": "2026-11-20", "den": "2026-11-01"}, 422),
        ({"tu": "x", "den": "y"}, 422),
        ({"theo": "sex"}, 422),
    ],
)
def test_what_cannot_be_answered_is_refused(rest: Rest, query: dict[str, str], status: int) -> None:
    for path in (CSV, JSON, "/so-lieu-mo/"):
        assert rest.get(path, **query).status_code == status
    assert rest.get("/so-lieu-mo/khong.co.csv").status_code == 404


def test_the_page_lists_every_figure_with_its_ground_and_links_that_work(rest: Rest) -> None:
    page = BeautifulSoup(rest.get("/so-lieu-mo/", **ASKED).content, "html.parser")
    for item in figures.measures():
        entry = page.find(id=item.figure.key)
        for words in (item.figure.definition, item.figure.formula, item.figure.clause, item.figure.doubt):
            assert words in entry.text
        assert len(entry.select("a[href]")) == 3
    link = page.find(id="cases.received").select_one("a[href]")["href"]
    assert table(rest.client.get(link))[0]["value"] == "12"
    assert page.select_one('footer a[href="/so-lieu-mo/"]')
    assert "15/10/2026" in BeautifulSoup(rest.get("/so-lieu-mo/").content, "html.parser").main.text


def test_machines_find_every_data_set_its_licence_and_its_files(rest: Rest, settings: Any) -> None:
    answer = rest.get("/so-lieu-mo/catalog.jsonld")
    assert answer["Content-Type"].startswith("application/ld+json")
    found = json.loads(answer.content)
    assert found["@type"] == "dcat:Catalog"
    assert [item["dct:identifier"] for item in found["dcat:dataset"]] == [item.figure.key for item in figures.measures()]
    files = [part for item in found["dcat:dataset"] for part in item["dcat:distribution"]]
    assert {part["dct:license"]["@id"] for part in files} == {"https://creativecommons.org/licenses/by/4.0/"}
    for part in files[:2]:
        assert rest.client.get(part["dcat:downloadURL"]["@id"].removeprefix("http://testserver")).status_code == 200
    settings.OPEN_DATA_LICENCE = "Riêng"
    package = rest.json("/so-lieu-mo/cases.received/datapackage.json")
    assert package["licenses"] == [{"name": "Riêng", "title": "Riêng"}]
    assert {field["name"]: field["type"] for field in package["resources"][0]["schema"]["fields"]} == {
        name: kind for name, kind, _about in COLUMNS
    }
    assert package["name"] == "cases.received"
