"""The API and the open data of a small office, at a fixed time, with a key for each of the cast."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from cchc.cases import api as cases
from cchc.figures import api as figures
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from tests import databases, world
from tests.cases.office import Office, enlarge, moment
from tests.world import CERTIFIED_COPY, MARITAL_STATUS, NOW

SYSTEM = Actor.system("thử")
NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}
# Where the files of the office are: six of one field, five of another, one alone.
_MORE = {CERTIFIED_COPY: {"quantities": {"pages": 1, "copies": 1}}}
FILES = ("9.500002",) * 6 + (MARITAL_STATUS,) * 5 + (CERTIFIED_COPY,)


@dataclass
class Rest:
    """A program that reads. ``keys`` are secrets by who holds them; ``codes`` and ``foreign`` the files here and elsewhere."""

    client: Client
    office: Office
    at: datetime = NOW
    keys: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    foreign: str = ""

    @property
    def world(self) -> world.World:
        """The cast."""
        return self.office.world

    def get(self, path: str, key: str = "", **query: Any) -> Any:
        """Ask, with somebody's key or with none."""
        headers = {"Authorization": f"Bearer {self.keys[key]}"} if key else {}
        return self.client.get(path, query, headers=headers)

    def json(self, path: str, key: str = "", **query: Any) -> Any:
        """Ask and return what is answered, which must be a success."""
        answer = self.get(path, key, **query)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def issue(self, who: str, login: str, *, at: datetime = NOW, until: date = date(2027, 6, 1)) -> str:
        """Issue a key for somebody's post, and return its secret."""
        post = self.world.people[login].id
        self.keys[who] = identity.issue_key(actor=SYSTEM, at=at, post_id=post, name=f"Khóa của {login}", until=until)
        return self.keys[who]


@pytest.fixture(scope="session")
def furnished(template_database: str, django_db_blocker: Any) -> Iterator[tuple[str, Rest]]:
    """Furnish a database of its own once for all tests here: the office takes seconds to build, and each test rolls back what it did."""
    name = f"cchc_test_{os.getpid()}_rest"
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.entered(name), transaction.atomic():
        made = build()
    yield name, made
    databases.drop(name)


@pytest.fixture
def rest(
    furnished: tuple[str, Rest], client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, django_db_blocker: Any
) -> Iterator[Rest]:
    """Return the office on the Friday of the world: twelve files here, one elsewhere, counted; a key for each kind of reader."""
    settings.API_PER_ADDRESS = settings.API_PER_KEY = 1_000_000
    name, built = furnished
    made = replace(built, client=client, keys=dict(built.keys), codes=list(built.codes))
    monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: made.at))
    with django_db_blocker.unblock(), databases.entered(name), transaction.atomic():
        cache.clear()
        yield made
        transaction.set_rollback(True)


def build() -> Rest:
    """Let the office work for a few days, and issue the keys."""
    made = Rest(client=Client(), office=enlarge(world.build()))
    for place, code in enumerate(FILES):
        made.codes.append(made.office.receive(code, at=moment(3 + place % 4, 9, place), **_MORE.get(code, {})))
    finish(made, made.codes[0])
    made.foreign = cases.receive(actor=made.world.actors["tan"], at=moment(3, 10), intake=world.intake("9.500002"))
    figures.refresh()
    for who, login in (("counter", "nhan"), ("reader", "thu"), ("stranger", "tan"), ("administrator", "quantri")):
        made.issue(who, login)
    made.issue("revoked", "nhan")
    identity.revoke_key(actor=SYSTEM, at=NOW, prefix=made.keys["revoked"][:13])
    made.issue("expired", "nhan", at=NOW - timedelta(days=10), until=NOW.date())
    return made


def finish(rest: Rest, code: str) -> None:
    """Bring a file to its result."""
    office = rest.office
    cases.forward(actor=office.actor("nhan"), at=moment(4), code=code, unit_id=office.world.office.id)
    cases.assign(actor=office.actor("lan"), at=moment(4, 10), code=code, post_id=office.post("phuc"))
    cases.submit(actor=office.actor("phuc"), at=moment(5), code=code, post_id=office.post("khai"))
    cases.approve(actor=office.actor("khai"), at=moment(5, 10), code=code, number="")
