"""A real browser over a real server: Chromium by Playwright, a database of the test's own, an eye for errors and for axe's."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc.kernel.local import VIETNAM

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "build" / "test" / "axe.min.js"
SHOTS = ROOT / "build" / "test" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


class Clock:
    """The time that every request is given. It runs; a test sets it, so that days pass between two presses of a button."""

    def __init__(self, start: datetime) -> None:
        """Begin at a moment."""
        self.set(start)

    def set(self, moment: datetime) -> None:
        """Go on from another moment."""
        self._moment, self._since = moment, time.monotonic()

    def now(self) -> datetime:
        """Return the time, in the place of ``django.utils.timezone.now``."""
        return self._moment + timedelta(seconds=time.monotonic() - self._since)

    def to(self, when: str) -> None:
        """Go on from a minute of the year of the cast, as people write it: ``clock.to("23/11 08:30")``."""
        self.set(datetime.strptime(f"2026 {when}", "%Y %d/%m %H:%M").replace(tzinfo=VIETNAM))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here, so that it can be left out by ``-m "not browser"``."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str:
    """Return the browser: ``$CHROMIUM`` or the system's; nothing when there is none."""
    given = os.environ.get("CHROMIUM", "")
    return given or next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), "")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Launch the browser once. Without one the tests are reported as not run, and fail where it is required (CI)."""
    path = chromium_path()
    if not path:
        (pytest.fail if os.environ.get("CCHC_BROWSER_REQUIRED") else pytest.skip)("NOT RUN: no Chromium here; install it or set CHROMIUM.")
    # The driver runs an event loop in this thread; Django must not take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only where there is a browser)

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open a new window: ``open_page(viewport=NARROW, script=False)``. Errors on its console fail the test at the end.

    An error there is a broken script or an offence against the content policy; answers of 4xx, which the browser also reports
    there, are not.
    """
    contexts, errors = [], []

    def open_one(*, viewport: dict[str, int] | None = None, script: bool = True) -> Any:
        context = chromium.new_context(
            viewport=viewport or WIDE, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", base_url=live_server.url, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                errors.append(message.text) if message.type == "error" and "Failed to load resource" not in message.text else None
            ),
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the live server, which runs in this process, a clock of the test's own, from the cast's moment on.

    Everything takes its time from ``timezone.now``; only the journal's ``recorded_at`` stays the database's own.
    """
    from django.utils import timezone  # noqa: PLC0415 (needs Django to be set up)

    from tests.world import NOW  # noqa: PLC0415 (models need Django to be set up)

    hand = Clock(NOW)
    monkeypatch.setattr(timezone, "now", hand.now)
    return hand


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """Open one wide window."""
    return open_page()


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Sign a person in through the page: ``sign_in(page, "nhan")``."""
    from tests.world import PASSWORD  # noqa: PLC0415 (models need Django to be set up)

    def enter(page: Any, login: str, password: str = PASSWORD) -> None:
        page.goto("/dang-nhap/")
        page.fill("#f-login", login)
        page.fill("#f-password", password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/dang-nhap/" not in url and "/lam-viec/" not in url)

    return enter


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """Fail when axe finds something serious or critical on the page. ``page.evaluate`` works under the content policy; a tag would not."""
    if not AXE.exists():
        pytest.fail(f"{AXE.relative_to(ROOT)} is missing: make setup puts it there.")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Any) -> None:
        page.evaluate(source)
        # What passes need not be described, which takes as long as finding what does not.
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
        bad = [
            f"{item['id']} ({item['impact']}): {item['help']}: {'; '.join(node['html'][:160] for node in item['nodes'][:3])}"
            for item in found
            if item["impact"] in {"serious", "critical"}
        ]
        assert bad == [], f"{page.url}:\n" + "\n".join(bad)

    return check


@pytest.fixture
def shoot() -> Callable[[Any, str], Path]:
    """Keep a picture of the whole page under build/test/screenshots, and fail when the page scrolls sideways.

    Where nobody will look (``CI``) no picture is drawn: it takes as long as the page itself.
    """

    def keep(page: Any, name: str) -> Path:
        SHOTS.mkdir(parents=True, exist_ok=True)
        width = page.viewport_size["width"]
        path = SHOTS / f"{name}-{width}.png"
        if "CI" not in os.environ:
            page.screenshot(path=path, full_page=True)
        real = page.evaluate("document.documentElement.scrollWidth")
        assert real <= width, f"{page.url} is {real} px wide in a window of {width}"
        return path

    return keep


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """Return a window of the office, then one of a telephone: a test that takes it is run in both."""
    return dict(request.param)


@pytest.fixture
def look(shoot: Callable[[Any, str], Path], axe: Callable[[Any], None]) -> Callable[[Any, str, str], None]:
    """Open a page, keep its picture, and fail when it scrolls sideways or axe finds something: ``look(page, "/desk/", "desk-inbox")``."""

    def see(page: Any, address: str, name: str) -> None:
        page.goto(address)
        shoot(page, name)
        axe(page)

    return see
