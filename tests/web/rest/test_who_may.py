"""Who may open which door with which key, and that nobody sees a file of another agency. One table, every row and every column."""

from datetime import timedelta
from typing import Any

import pytest

from cchc.cases import api as cases
from cchc.identity import api as identity
from cchc.identity.models import ApiKey, Person
from tests.cases.office import moment
from tests.web.rest.conftest import NOVEMBER, SYSTEM, Rest
from tests.world import NOW, intake

OF_COMMUNE = {"unit": "18313", **NOVEMBER}
WHO = ("", "counter", "reader", "administrator", "stranger", "revoked", "expired")
# Every door, with what each of WHO is answered.
DOORS: tuple[tuple[str, str, dict[str, str], tuple[int, ...]], ...] = (
    ("values", "/api/figures/cases.received/values", OF_COMMUNE, (200,) * 7),
    ("list", "/api/cases", {}, (401, 200, 200, 403, 200, 401, 401)),
    ("detail", "/api/cases/{own}", {}, (401, 200, 200, 403, 403, 401, 401)),
    ("detail elsewhere", "/api/cases/{foreign}", {}, (401, 403, 403, 403, 200, 401, 401)),
    ("search by name", "/api/search/cases", {"q": "bich ngoc"}, (401, 200, 200, 403, 200, 401, 401)),
    ("search by code", "/api/search/cases", {"q": "{own}"}, (401, 200, 200, 403, 200, 401, 401)),
    ("search by number", "/api/search/cases", {"q": "042198000317"}, (401, 200, 200, 403, 200, 401, 401)),
    ("behind", "/api/figures/cases.received/cases", OF_COMMUNE, (401, 200, 200, 403, 200, 401, 401)),
    ("behind of the province", "/api/figures/cases.received/cases", {"unit": "42", **NOVEMBER}, (401, 200, 200, 403, 200, 401, 401)),
    ("log", "/api/logs/cases.xes", OF_COMMUNE, (401, 200, 200, 403, 403, 401, 401)),
    ("log of the province", "/api/logs/cases.xes", {"unit": "42", **NOVEMBER}, (401, 403, 403, 403, 403, 401, 401)),
)


def body(answer: Any) -> str:
    """Return what was sent, whole."""
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_each_door_answers_each_reader_as_the_table_says_and_shows_nothing_of_others(rest: Rest) -> None:
    own, names = set(rest.codes), {"own": rest.codes[0], "foreign": rest.foreign}
    shown_somewhere: set[str] = set()
    for name, path, query, wanted in DOORS:
        asked = {key: value.format(**names) for key, value in query.items()}
        found = {}
        for who in WHO:
            answer = rest.get(path.format(**names), who, **asked)
            text = body(answer)
            found[who] = answer.status_code
            seen = {code for code in (*own, rest.foreign) if code in text.replace(asked.get("q", "\0"), "")}
            if answer.status_code != 200:
                assert not seen, (name, who)
                assert answer.json()["error"]["message"]
            elif path.startswith("/api/figures/cases.received/values") or "xes" in path:
                assert not seen, (name, who)
            else:
                assert seen <= ({rest.foreign} if who == "stranger" else own), (name, who)
                shown_somewhere |= seen
        assert tuple(found.values()) == wanted, name
    # The table would be kept by doors that show nothing, too.
    assert shown_somewhere == {*own, rest.foreign}


def test_a_session_opens_no_door_of_the_api(rest: Rest) -> None:
    rest.client.force_login(Person.objects.get(login="nhan"))
    assert rest.get("/api/cases").status_code == 401
    # And a key opens no page of the desk.
    rest.client.logout()
    assert rest.get("/desk/", "counter").status_code == 302


def test_without_a_key_it_says_how_to_send_one(rest: Rest) -> None:
    answer = rest.get("/api/cases")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer" in answer.json()["error"]["message"]
    for header in ("Bearer", "Bearer ", "Basic abc", "Bearer không", f"Bearer {rest.keys['counter']}x", rest.keys["counter"]):
        wrong = rest.client.get("/api/cases", headers={"Authorization": header})
        assert wrong.status_code == 401, header


def test_a_file_is_told_without_what_the_page_keeps_for_a_look_of_its_own(rest: Rest) -> None:
    told = rest.json(f"/api/cases/{rest.codes[0]}", "counter")
    view = cases.case(code=rest.codes[0], actor=rest.office.actor("nhan"), at=NOW)
    assert told["party"] == {"name": "Đỗ Thị Bích Ngọc", "kind": "citizen", "identity_masked": "042 198 ••• 317"}
    assert told["stage"] == "finished"
    assert len(told["history"]) == len(view.ledger)
    for secret in (view.secret, "042198000317", "0912000342", "Thôn 4"):
        assert secret not in str(told)


def test_a_key_acts_as_its_post_and_no_longer_than_it_is_held(rest: Rest) -> None:
    post = rest.world.people["nhan"]
    person = Person.objects.get(login="nhan")
    # Another post of the same person gives the key nothing, nor does standing in for somebody.
    identity.appoint(
        actor=SYSTEM, at=NOW, person=person, unit_id=rest.world.other_commune.id, role="reform_officer", title="Kiêm", since=NOW.date()
    )
    assert rest.get(f"/api/cases/{rest.foreign}", "counter").status_code == 403
    identity.end_post(actor=SYSTEM, at=NOW, post_id=post.id, until=NOW.date() + timedelta(days=1))
    assert rest.get("/api/cases", "counter").status_code == 200
    rest.at = NOW + timedelta(days=1)
    answer = rest.get("/api/cases", "counter")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


def test_a_closed_account_and_a_lost_right_shut_the_door_at_once(rest: Rest) -> None:
    identity.close_account(actor=SYSTEM, at=NOW, person_id=Person.objects.get(login="thu").pk, reason="Nghỉ việc")
    assert rest.get("/api/cases", "reader").status_code == 403
    identity.edit_role(actor=SYSTEM, at=NOW, code="counter_officer", name="Quầy", rights=["cases:case:receive"])
    assert rest.get("/api/cases", "counter").status_code == 403


def test_a_key_ends_with_its_last_day(rest: Rest) -> None:
    rest.issue("short", "nhan", until=NOW.date() + timedelta(days=1))
    assert rest.get("/api/cases", "short").status_code == 200
    rest.at = NOW + timedelta(days=1)
    assert rest.get("/api/cases", "short").status_code == 401
    assert "hết hạn từ 21/11/2026" in rest.get("/api/cases", "short").json()["error"]["message"]


def test_the_day_of_the_last_use_is_kept(rest: Rest) -> None:
    rest.get("/api/cases", "counter")
    key = ApiKey.objects.get(prefix=rest.keys["counter"][:13])
    assert (key.last_used, ApiKey.objects.get(prefix=rest.keys["expired"][:13]).last_used) == (NOW.date(), None)


@pytest.mark.parametrize(
    ("path", "query"),
    [("/api/cases", {}), ("/api/search/cases", {"q": "ngoc"}), ("/api/figures/cases.received/cases", OF_COMMUNE)],
)
def test_pages_walk_every_file_once_while_others_come_in(
    rest: Rest, monkeypatch: pytest.MonkeyPatch, path: str, query: dict[str, str]
) -> None:
    monkeypatch.setattr("cchc.cases.queries.lists.PAGE", 5)
    monkeypatch.setattr("cchc.cases.figures.records.SHOWN", 5)
    seen: list[str] = []
    after, pages = {}, 0
    while True:
        page = rest.json(path, "counter", **query, **after)
        seen += [item["code"] for item in page["items"]]
        pages += 1
        # Between two pages somebody files at the counter, here and elsewhere.
        rest.office.receive("9.500003", at=moment(6, 9, pages))
        cases.receive(actor=rest.world.actors["tan"], at=moment(6, 9, pages), intake=intake("9.500003"))
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert pages == 3
    assert len(seen) == len(set(seen))
    assert set(seen) == set(rest.codes)
