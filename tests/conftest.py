"""The strict harness. A test that passes here has touched no network, warned of nothing, and left nothing behind."""

import copy
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client, TestCase

from tests import databases

hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")


NEEDS_DATABASE = {"db", "fresh_database", "live_server", "transactional_db"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take ``--no-database``."""
    parser.addoption("--no-database", action="store_true", help="leave out every test that needs a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what ``--no-database`` leaves out."""
    if config.getoption("--no-database"):
        needing = [
            item for item in items if NEEDS_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
        ]
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


# --- The database ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Database:
    """A clone of the template that belongs to one test. ``url`` is a DATABASE_URL for processes that the test starts."""

    name: str
    url: str


@pytest.fixture(scope="session")
def template_database(django_test_environment: None, django_db_blocker: Any) -> str:
    """Return the name of the migrated and seeded template. The runner has built it already; without it, do it now."""
    with django_db_blocker.unblock():
        return databases.ensure_template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """Give this worker its clone of the template, in the place of pytest-django's own database."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"cchc_test_{os.getpid()}_{worker}"
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.entered(name), django_db_blocker.block():
        yield
    databases.drop(name)


_fresh = 0


@dataclass(frozen=True)
class Stage:
    """A database in which the named cast stands already, and what ``world.build`` returned there."""

    name: str
    world: Any


@pytest.fixture(scope="session")
def stage(template_database: str, django_db_blocker: Any, django_db_setup: None) -> Iterator[Stage]:
    """Build the cast once for all tests of this worker: it takes as long as many a test."""
    from tests import world as cast  # noqa: PLC0415 (models need Django to be set up)

    name = f"cchc_test_{os.getpid()}_stage"
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.entered(name):
        built = cast.build()
    yield Stage(name, built)
    databases.drop(name)


@pytest.fixture
def _on_stage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that wants the cast happen where it stands; it is rolled back there as anywhere."""
    if "world" not in request.fixturenames:
        yield
        return
    place, blocker = request.getfixturevalue("stage"), request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), databases.entered(place.name), blocker.block():
        yield


@pytest.fixture
def _django_db_helper(_on_stage: None, _django_db_helper: None) -> None:
    """Extend pytest-django's fixture: the database is chosen before its transaction begins."""


@pytest.fixture
def fresh_database(template_database: str, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give the test a clone of its own, seen by every thread: for live servers and for several connections at once.

    Nothing is rolled back and nothing is truncated; the clone is dropped.
    """
    global _fresh  # noqa: PLW0603 (one number per process is all that is kept)
    _fresh += 1
    name = f"cchc_test_{os.getpid()}_fresh{_fresh}"
    databases.clone(request.getfixturevalue("stage").name if "world" in request.fixturenames else template_database, name)
    with django_db_blocker.unblock(), databases.entered(name):
        yield Database(name=name, url=databases.url(name))
    databases.drop(name)


@pytest.fixture
def transactional_db(fresh_database: Database) -> None:
    """Replace pytest-django's fixture, whose flush the append-only tables would refuse."""


@pytest.fixture(autouse=True)
def _no_flush(request: pytest.FixtureRequest) -> None:
    """Refuse what would make Django flush a database after the test, or use two databases at once."""
    marker = request.node.get_closest_marker("django_db")
    own = "fresh_database" in request.fixturenames
    if (marker and (marker.args or marker.kwargs)) or (own and (marker or "db" in request.fixturenames)):
        pytest.fail(
            "Ask either for db or for fresh_database, not both; django_db(transaction=True) would flush, which append-only tables refuse."
        )


@pytest.fixture
def live_server(fresh_database: Database) -> Iterator[Any]:
    """Serve the pages on a port of 127.0.0.1 from the test's own clone; ``.url`` is the address."""
    from pytest_django.live_server_helper import LiveServer  # noqa: PLC0415 (needs Django to be set up)

    server = LiveServer("127.0.0.1")
    with server._live_server_modified_settings:
        yield server
    server.stop()


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """Replace pytest-django's helper: the fixture above does all of it."""


# --- Counting queries --------------------------------------------------------------------------------------------------


def renew_stamps() -> None:
    """Let nothing held stand any longer: the next reader is the first one."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE editions_stamp SET stamp = gen_random_uuid()")


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries: Any) -> Any:
    """Extend pytest-django's fixture: what is counted is the page of a first reader, and never what is held for the next."""
    return _of_a_first_reader(django_assert_num_queries)


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries: Any) -> Any:
    """Extend pytest-django's fixture likewise."""
    return _of_a_first_reader(django_assert_max_num_queries)


def _of_a_first_reader(counting: Any) -> Any:
    @contextmanager
    def count(*args: Any, **kwargs: Any) -> Iterator[Any]:
        renew_stamps()
        with counting(*args, **kwargs) as captured:
            yield captured

    return count


# --- The client --------------------------------------------------------------------------------------------------------

DATA_BLOCKS = {"application/json", "application/ld+json"}


class _InlineCode(HTMLParser):
    """Find what a strict Content-Security-Policy would refuse: inline scripts, handlers and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or re.match(r"on[a-z]|hx-on", name) or re.match(r"\s*javascript:", value or "", re.IGNORECASE):
                self.found.append(f'<{tag} {name}="{value}">')


def inline_code(html: str) -> list[str]:
    """Return the inline scripts, event handlers and styles of a page; JSON data blocks are not scripts."""
    parser = _InlineCode()
    parser.feed(html)
    return parser.found


class StrictClient(Client):
    """Django's client; it runs commit hooks as a browser would see them, and looks at every page for inline code."""

    def request(self, **request: Any) -> HttpResponseBase:
        """Ask, run what was to happen on commit, and check the answer."""
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = super().request(**request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            found = inline_code(response.content.decode(response.charset))
            assert not found, f"{request.get('PATH_INFO')} holds inline code: {', '.join(found)}"
        return response


@pytest.fixture
def client() -> StrictClient:
    """Return the strict client."""
    return StrictClient()


# --- The cast ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Any:
    """Give the named cast, in a database that is as if it had just been built."""
    request.getfixturevalue("fresh_database" if "fresh_database" in request.fixturenames else "db")
    return copy.deepcopy(request.getfixturevalue("stage").world)
