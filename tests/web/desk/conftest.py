"""The desk as somebody of the cast sees it, at a fixed time."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cchc.identity.models import Person
from tests.world import NOW, World


@dataclass
class Desk:
    """A signed-in browser without script. ``at`` is the time on the wall."""

    client: Client
    world: World
    at: datetime = NOW

    def sign_in(self, login: str) -> "Desk":
        """Sit somebody else down."""
        self.client.force_login(Person.objects.get(login=login))
        return self

    def page(self, url: str, *, status: int = 200, **query: str) -> BeautifulSoup:
        """Open a page and return it parsed."""
        return self._parsed(self.client.get(url, query), status)

    def send(self, url: str, data: dict[str, Any], *, status: int = 422) -> BeautifulSoup:
        """Send a form that comes back, and return the page parsed."""
        return self._parsed(self.client.post(url, data), status)

    def done(self, url: str, data: dict[str, Any]) -> str:
        """Send a form that is taken, and return where it leads."""
        answer = self.client.post(url, data)
        assert answer.status_code == 302, text_of(BeautifulSoup(answer.content, "html.parser"))
        return str(answer["Location"])

    @staticmethod
    def _parsed(answer: Any, status: int) -> BeautifulSoup:
        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == status, text_of(page)
        return page


def text_of(node: Any) -> str:
    """Return the words of a node with single spaces."""
    return " ".join(node.get_text(" ").split())


@pytest.fixture
def desk(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the desk of Lê Thị Thanh Nhàn at counter 3, on the Friday of the world."""
    made = Desk(client=client, world=world)
    monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: made.at))
    return made.sign_in("nhan")
