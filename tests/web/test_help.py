"""Help: every screen has a text or inherits one, texts are found by their words, and nothing typed is left to read them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cchc.web.ui.help import INHERITED, TOPICS, topic_for
from tests.web.desk.conftest import Desk, desk, text_of  # noqa: F401 (a fixture is found by its name)
from tests.world import World

FOLDER = Path(settings.BASE_DIR) / "src" / "cchc" / "web" / "templates" / "help"
# Pages around the texts.
FRAMES = {"frame", "contents_page", "topic_page"}


def screens(patterns: list[Any], space: str = "") -> Iterator[str]:
    """Give the names of the addresses of desk, office, portal and rest."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from screens(pattern.url_patterns, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and pattern.name and space in {"desk", "office", "portal", "rest"}:
            yield f"{space}:{pattern.name}"


ALL = sorted(set(screens(get_resolver().url_patterns)))


@pytest.mark.parametrize("name", ALL)
def test_a_screen_has_a_text_or_inherits_one(name: str) -> None:
    assert topic_for(name), name


@pytest.mark.parametrize(
    ("screen", "text"),
    [
        ("desk:intake_supplement", "desk.intake"),
        ("desk:forwarding", "desk.forwarding"),
        ("desk:consultation_answer", "desk.consultations"),
        ("desk:batch_sending_back", "desk.batch"),
        ("desk:payment_confirmation", "desk.payment_confirmation"),
        ("office:rule_reference", "office.rules"),
        ("office:calendar_run_csv", "office.calendar_runs"),
        ("office:calendar_swap_new", "office.calendar"),
        ("office:home", "office"),
        ("office:phrase_withdrawal", "office.phrases"),
        ("office:a_room_to_come", "office"),
        ("portal:home", "portal.procedures"),
    ],
)
def test_a_screen_without_its_own_inherits_from_its_room(screen: str, text: str) -> None:
    found = topic_for(screen)
    assert found
    assert found.name == text


def test_no_help_is_invented_for_what_is_no_screen() -> None:
    assert topic_for("account_login") is None
    assert topic_for("") is None


def test_texts_and_table_of_contents_agree() -> None:
    files = {path.name.removesuffix(".html") for path in FOLDER.iterdir()} - FRAMES
    assert files == {topic.name for topic in TOPICS}
    assert set(INHERITED.values()) <= files


@pytest.mark.django_db
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_text_reads_for_anybody(client: Client, topic: Any) -> None:
    answer = client.get(topic.url)
    assert answer.status_code == 200
    text = BeautifulSoup(answer.content, "html.parser").select_one("#help")
    assert len(text_of(text)) > 150
    assert text.find_parent(lang="vi")


@pytest.mark.django_db
def test_texts_are_found_by_their_words_without_accents(client: Client) -> None:
    def found(q: str) -> set[str]:
        page = BeautifulSoup(client.get("/tro-giup/", {"q": q}).content, "html.parser")
        return {str(link["href"]).split("/")[2] for link in page.select(".helptoc a")}

    assert found("") == {topic.name for topic in TOPICS}
    assert "desk.intake" in found("giay hen")
    assert found("giấy hẹn") == found("giay hen")
    assert found("qwxzz") == set()
    assert client.get("/tro-giup/khong-co/").status_code == 404


@pytest.mark.django_db
def test_the_bar_leads_to_the_help_of_the_screen(desk: Desk, world: World) -> None:  # noqa: F811 (the fixture above)
    for url, name in (("/desk/", "desk.inbox"), ("/desk/intake/", "desk.intake"), ("/tro-giup/desk.case/", "")):
        link = desk.page(url).select_one("a[data-help]")
        assert link["href"] == (f"/tro-giup/{name}/" if name else "/tro-giup/")
