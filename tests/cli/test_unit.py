"""``cchc unit``: one question about a unit, one answer."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def ask(*words: str) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("unit", *words, stdout=out)
    return out.getvalue()


def test_successors_of_an_old_district_as_one_json_document() -> None:
    answer = json.loads(ask("018", "--successors", "--json"))
    assert (answer["full_name"], answer["until"]) == ("Huyện Gia Lâm", "2025-07-01")
    assert [item["code"] for item in answer["successors"]] == ["00136", "00145", "00541", "00562", "00565", "00577"]
    split = answer["successors"][0]["brought_by"][0]
    assert (split["code"], split["share"], split["share_known"]) == ("00553", None, False)


def test_words() -> None:
    assert "18313  Xã Vũ Quang, Tỉnh Hà Tĩnh" in ask("18313", "--on", "2026-11-23")
    assert "Huyện Vũ Quang, Tỉnh Hà Tĩnh" in ask("18313", "--on", "2025-06-30")
    assert ask("00565", "--on", "2026-11-23", "--predecessors").count("←") == 8
    assert "01  Thành phố Hà Nội" in ask("00565", "--on", "2026-11-23", "--ancestors")


def test_a_name_lists_its_bearers_and_chooses_none() -> None:
    found = json.loads(ask("Gia Lâm", "--on", "2026-11-23", "--json"))["found"]
    assert [(item["code"], item["path"]) for item in found][:2] == [("00565", ["Thành phố Hà Nội"]), ("14389", ["Tỉnh Ninh Bình"])]


@pytest.mark.parametrize("words", [("99999",), ("018", "--on", "2026-11-23")])
def test_an_unknown_code_is_a_sentence_and_a_code(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        ask(*words)
    assert stop.value.code == 2
    assert "đơn vị" in capsys.readouterr().err
