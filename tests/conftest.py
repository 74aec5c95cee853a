"""The strict harness. A test that passes here has touched no network, warned of nothing, and left nothing behind."""

import copy
import importlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import hypothesis
import pytest
from django.http import HttpResponseBase
from django.test import Client, TestCase

from tests import databases
from tests.queries import renew_stamps

# Loaded before any test sets the clock: it keeps the ``timezone.now`` that it finds, and would go on by that test's clock for ever.
importlib.import_module("django.core.cache.backends.db")
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
    """A database in which a scene stands already, and what the builders returned there, by scene."""

    name: str
    built: dict[str, Any]


# Each scene is built on the one before it, by the function named: the cast, the larger office, its files, the tiers above it.
SCENES = {
    "world": "tests.world:build",
    "large_office": "tests.cases.office:enlarge",
    "crowded_office": "tests.web.board.crowd:crowd",
    "tiers": "tests.reports.acting:tiers",
}


class Stages:
    """The stages of this worker. Each is built once, when first wanted: building takes as long as many a test."""

    def __init__(self, template: str, blocker: Any) -> None:
        self._template, self._blocker = template, blocker
        self._built: dict[str, Stage] = {}

    def of(self, scene: str) -> Stage:
        """Return the stage of a scene."""
        if scene not in self._built:
            place = [*SCENES].index(scene)
            before = [*SCENES][:place][-1:]
            base = self.of(before[0]) if before else Stage(self._template, {})
            name, built = f"cchc_test_{os.getpid()}_{scene}", copy.deepcopy(base.built)
            databases.clone(base.name, name)
            module, _, function = SCENES[scene].partition(":")
            with self._blocker.unblock(), databases.entered(name):
                built[scene] = getattr(importlib.import_module(module), function)(*(built[earlier] for earlier in before))
            self._built[scene] = Stage(name, built)
        return self._built[scene]

    def drop(self) -> None:
        """Drop all of them."""
        for stage in self._built.values():
            databases.drop(stage.name)


@pytest.fixture(scope="session")
def stages(template_database: str, django_db_blocker: Any, django_db_setup: None) -> Iterator[Stages]:
    """Give the scenes that stand ready for the tests of this worker."""
    made = Stages(template_database, django_db_blocker)
    yield made
    made.drop()


def _scene(request: pytest.FixtureRequest) -> str | None:
    """Return the fullest scene that a test asks for."""
    return next((scene for scene in reversed(SCENES) if scene in request.fixturenames), None)


@pytest.fixture
def _on_stage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that wants a scene happen where it stands; it is rolled back there as anywhere."""
    scene = _scene(request)
    if scene is None:
        yield
        return
    place, blocker = request.getfixturevalue("stages").of(scene), request.getfixturevalue("django_db_blocker")
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
    scene = _scene(request)
    databases.clone(request.getfixturevalue("stages").of(scene).name if scene else template_database, name)
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
def _built(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Give what the scenes' builders returned, to this test alone, in a database that is as if they had just been built."""
    request.getfixturevalue("fresh_database" if "fresh_database" in request.fixturenames else "db")
    scene = _scene(request)
    assert scene is not None, "a scene is asked for by its name"
    return copy.deepcopy(request.getfixturevalue("stages").of(scene).built)


@pytest.fixture
def world(_built: dict[str, Any]) -> Any:
    """Give the named cast."""
    return _built["world"]


@pytest.fixture
def large_office(_built: dict[str, Any]) -> Any:
    """Give the larger office of the cast, with a second division and more procedures."""
    return _built["large_office"]


@pytest.fixture
def crowded_office(_built: dict[str, Any]) -> Any:
    """Give the larger office with its files, counted on one's fingers."""
    return _built["crowded_office"]


@pytest.fixture
def tiers(_built: dict[str, Any]) -> Any:
    """Give the larger office with its files, the other commune with its people, and the province above both."""
    return _built["tiers"]
