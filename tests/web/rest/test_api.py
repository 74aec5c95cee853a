"""The API: what everybody may ask, in which shape it says no, and that the numbers are those of the screens."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from cchc.figures import api as figures
from cchc.kernel.figures import Dimension
from cchc.kernel.period import Period
from tests.cases.office import moment, publish
from tests.queries import FirstReader
from tests.web.rest.conftest import NOVEMBER, Rest

RECEIVED = "/api/figures/cases.received/values"


def test_figures_are_listed_with_their_definition(rest: Rest) -> None:
    items = rest.json("/api/figures")["items"]
    assert [item["key"] for item in items] == [item.figure.key for item in figures.measures()]
    one = rest.json("/api/figures/cases.on_time_share")
    assert one == next(item for item in items if item["key"] == "cases.on_time_share")
    assert (one["measure"], one["zero"], one["formula"]) == ("%", "none", "[(8) + (9)] : [(7) + (13)]")


def test_values_are_those_of_the_figure_as_numbers(rest: Rest) -> None:
    answer = rest.json(RECEIVED, unit="18313", by="field", **NOVEMBER)
    assert answer["total"] == {"value": 12, "hidden": False}
    assert (answer["unit"], answer["from"], answer["to"]) == ({"code": "18313", "name": "Xã Vũ Quang"}, "2026-11-01", "2026-11-20")
    assert {line["key"]: line["value"] for line in answer["lines"] if not line["hidden"]} == {"Lĩnh vực thử": 6}
    share = rest.json("/api/figures/cases.online_share/values", unit="H27.112", **NOVEMBER)["total"]
    assert share == {"value": 0.0, "hidden": False}


def test_days_to_come_are_not_counted_and_as_of_leaves_out_the_rest(rest: Rest) -> None:
    assert rest.json(RECEIVED, unit="18313", **NOVEMBER)["to"] == "2026-11-20"
    early = rest.json(RECEIVED, unit="18313", as_of="2026-11-04", **NOVEMBER)
    assert (early["as_of"], early["total"]["value"]) == ("2026-11-04", 6)


def test_every_cut_adds_up_or_hides(rest: Rest) -> None:
    for by in Dimension:
        answer = rest.json(RECEIVED, unit="42", by=by.value, **NOVEMBER)
        shown = sum(line["value"] for line in answer["lines"] if not line["hidden"])
        assert answer["total"]["value"] == 13
        assert answer["lines"]
        assert shown == 13 or any(line["hidden"] for line in answer["lines"])
        assert all(line["name"] for line in answer["lines"])


def test_units_bear_their_names_and_parents_of_the_day(rest: Rest) -> None:
    provinces = rest.json("/api/units")["items"]
    assert len(provinces) == 34
    assert all(item["parent"] is None for item in provinces)
    below = rest.json("/api/units", under="42")["items"]
    assert {"18313", "18322"} <= {item["code"] for item in below if item["parent"] == "42"}
    assert {item["kind"] for item in rest.json("/api/units", under="42", kind="one_stop")["items"]} == {"one_stop"}


def test_a_unit_of_another_day_is_another_unit(rest: Rest) -> None:
    before, now = (rest.json("/api/units/018", on="2025-06-30"), rest.get("/api/units/018"))
    assert (before["name"], before["until"]) == ("Huyện Gia Lâm", "2025-07-01")
    assert now.status_code == 404


def test_procedures_are_walked_by_their_code(rest: Rest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc.web.rest.procedures.SIZE", 7)
    seen: list[str] = []
    after = ""
    for _page in range(6):
        page = rest.json("/api/procedures", after=after)
        seen += [item["code"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == sorted(set(seen))
    assert len(seen) > 7
    found = rest.json("/api/procedures", q="tinh trang hon nhan")
    assert found["items"][0]["code"] == "1.004873"
    one = rest.json("/api/procedures/1.004873")
    assert one["terms"]
    assert one["case_types"][0]["papers"]


def test_what_is_out_of_force_is_gone(rest: Rest) -> None:
    from cchc.procedures import api as procedures  # noqa: PLC0415 (models need Django to be set up)
    from tests.web.rest.conftest import SYSTEM  # noqa: PLC0415 (as above)

    procedures.repeal_procedure(actor=SYSTEM, at=rest.at, code="9.500002", on=date(2026, 11, 20), decision="Quyết định thử")
    answer = rest.get("/api/procedures/9.500002")
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "gone")


REFUSALS = (
    ("/api/figures/khong.co", {}, 404, "key"),
    ("/api/figures/khong.co/values", {"unit": "18313", **NOVEMBER}, 404, "key"),
    (RECEIVED, {"unit": "99999", **NOVEMBER}, 404, "code"),
    (RECEIVED, {"unit": "18313", "from": "2026-11-30", "to": "2026-11-01"}, 422, "to"),
    (RECEIVED, {"unit": "18313", "from": "20261101", "to": "2026-11-30"}, 422, "from"),
    (RECEIVED, {"unit": "18313", "from": "0", "to": "2026-11-30"}, 422, "from"),
    (RECEIVED, {"unit": "18313", "from": "2026-12-01", "to": "2026-12-31"}, 422, "from"),
    (RECEIVED, {"unit": "18313", "from": "1900-01-01", "to": "2026-12-31"}, 422, "from"),
    (RECEIVED, {"unit": "18313", "from": "2010-01-01", "to": "2026-12-31"}, 422, "to"),
    (RECEIVED, {"unit": "18313", "by": "sex", **NOVEMBER}, 422, "by"),
    (RECEIVED, {"unit": "18313", "asof": "2026-11-04", **NOVEMBER}, 422, "asof"),
    (RECEIVED, {**NOVEMBER}, 422, "unit"),
    ("/api/figures/cases.taken/values", {"unit": "18313", "by": "level", **NOVEMBER}, 422, "by"),
    ("/api/units", {"under": "99999"}, 404, "code"),
    ("/api/procedures/9.999999", {}, 404, "procedure"),
    ("/api/khong-co/", {}, 404, ""),
)


def test_it_says_no_in_one_shape(rest: Rest) -> None:
    for path, query, status, field in REFUSALS:
        answer = rest.get(path, **query)
        assert answer.status_code == status, answer.content.decode()
        error = answer.json()["error"]
        assert set(error) == {"code", "message", "field"}
        assert error["field"] == field, path
        assert error["message"].endswith((".", "/api/."))


def test_it_only_reads(rest: Rest) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(rest.client, method)("/api/figures")
        assert (answer.status_code, answer["Allow"], answer.json()["error"]["code"]) == (405, "GET, HEAD", "method_not_allowed")
    assert rest.client.head("/api/figures").status_code == 200


def test_who_asks_too_often_waits(rest: Rest, settings: Any) -> None:
    settings.API_PER_ADDRESS = 3
    answers = [rest.get("/api/figures") for _ in range(4)]
    assert [item.status_code for item in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1].json()["error"]["code"] == "too_many"
    # A key is counted by itself, from wherever it comes.
    settings.API_PER_KEY = 2
    assert [rest.get("/api/cases", "counter").status_code for _ in range(3)] == [200, 200, 429]
    assert rest.get("/api/cases", "reader").status_code == 200
    # Who tries keys is stopped as well.
    wrong = rest.client.get("/api/cases", headers={"Authorization": "Bearer cchc_00000000_" + "a" * 43})
    assert wrong.status_code == 429


def test_answers_for_everybody_may_be_kept_and_others_never(rest: Rest) -> None:
    assert "public" in rest.get("/api/figures")["Cache-Control"]
    private = rest.get("/api/cases", "counter")
    assert "no-store" in private["Cache-Control"]
    assert not private.has_header("Access-Control-Allow-Origin")


def test_the_page_for_people_tells_every_door_and_asks_nobody_else(rest: Rest) -> None:
    document = rest.json("/api/openapi.json")
    page = BeautifulSoup(rest.get("/api/").content, "html.parser")
    shown = {code.text.removeprefix("GET ") for code in page.select("main li code")}
    assert shown == set(document["paths"])
    sources = [tag.get("src") or tag.get("href") for tag in page.select("script, link")]
    assert sources
    assert all(str(source).startswith("/") for source in sources)
    with_key = {path for path, item in document["paths"].items() if "security" in item["get"]}
    assert with_key == {"/api/cases", "/api/cases/{code}", "/api/search/cases", "/api/figures/{key}/cases", "/api/logs/cases.xes"}


def test_the_document_is_not_sent_again(rest: Rest) -> None:
    first = rest.get("/api/openapi.json")
    assert rest.client.get("/api/openapi.json", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert json.loads(first.content)["openapi"].startswith("3.")


def test_the_number_of_queries_does_not_grow(rest: Rest) -> None:
    def asked(path: str, key: str = "", **query: Any) -> tuple[int, int]:
        with FirstReader() as queries:
            rest.json(path, key, **query)
        return len(queries), len(rest.json(path, key, **query).get("items", ()))

    lists = [("/api/cases", "counter", {}), ("/api/search/cases", "counter", {"q": "ngoc"}), ("/api/procedures", "", {})]
    lists += [("/api/figures/cases.received/cases", "counter", {"unit": "18313", **NOVEMBER}), ("/api/units", "", {"under": "42"})]
    # The first use of a key in a day is written down.
    rest.json("/api/cases", "counter")
    before = [asked(path, key, **query) for path, key, query in lists]
    for number in range(3):
        rest.office.receive("9.500003", at=moment(6, 9, number))
    publish("9.500077", "3wd")
    after = [asked(path, key, **query) for path, key, query in lists]
    assert [count for count, _rows in after] == [count for count, _rows in before]
    assert all(now > then for (_count, now), (_other, then) in zip(after[:2], before[:2], strict=True))
    assert after[3][1] == before[3][1] + 3
    assert asked("/api/units", under="18313")[0] <= before[4][0]


def test_it_agrees_with_the_figures_of_the_house(rest: Rest) -> None:
    period = Period(date(2026, 11, 1), date(2026, 11, 21))
    for item in figures.measures():
        table = figures.figure_table(item.figure.key, unit_id=rest.world.commune.id, period=period)
        total = rest.json(f"/api/figures/{item.figure.key}/values", unit="18313", **NOVEMBER)["total"]
        if not total["hidden"]:
            assert total["value"] == (None if table.total.value is None else pytest.approx(float(table.total.value)))
        else:
            assert total["value"] is None
            assert 0 < (table.total.number if table.total.of is None else table.total.of) < 5
