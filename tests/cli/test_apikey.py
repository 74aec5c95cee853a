"""``cchc apikey``: a key is issued in a line, listed without its secret, and revoked."""

import json
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from cchc.identity import api as identity
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def _at_the_time_of_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc.cli.management.commands.apikey.timezone", SimpleNamespace(now=lambda: NOW))


def ask(*words: str) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("apikey", *words, stdout=out)
    return out.getvalue()


def test_a_key_from_its_birth_to_its_end(world: World) -> None:
    made = json.loads(ask("create", "--login", "nhan", "--name", "Kết nối báo cáo", "--days", "30", "--json"))
    assert (made["post"], made["last_day"]) == ("Công chức tiếp nhận, quầy 3 @ H27.112.01", "2026-12-19")
    holder = identity.holder_of_key(made["secret"], at=NOW)
    assert holder.actor.post_id == world.people["nhan"].id
    listed = ask("list")
    assert made["secret"] not in listed
    assert made["secret"][:13] in listed
    assert "dùng 20/11/2026" in listed
    assert "thu hồi" in ask("revoke", made["secret"][:13])
    assert json.loads(ask("list", "--json"))[0]["state"] == "revoked"


def test_nothing_to_list(world: World) -> None:
    assert ask("list").strip() == "Chưa có khóa API nào."


@pytest.mark.parametrize(
    "words",
    [
        ("create", "--name", "Thử"),
        ("create", "--login", "nhan"),
        ("create", "--login", "khong-co", "--name", "Thử"),
        ("create", "--login", "nhan", "--unit", "H27.113", "--name", "Thử"),
        ("create", "--login", "nhan", "--name", "Thử", "--days", "0"),
        ("create", "--login", "nhan", "--name", "Thử", "--days", "9999"),
        ("revoke",),
        ("revoke", "cchc_00000000"),
    ],
)
def test_what_is_not_possible_is_refused(world: World, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        ask(*words)
    assert stop.value.code == 2
    assert capsys.readouterr().err.strip().endswith(".")
