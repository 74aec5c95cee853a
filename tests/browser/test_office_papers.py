"""The room of paper templates in a browser: sound at both widths, tried and kept without script."""

from collections.abc import Callable
from typing import Any

import pytest

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from tests.world import World


@pytest.fixture
def editing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody edit forms."""
    real = identity.actor_for

    def able(*args: Any, **kwargs: Any) -> Actor:
        actor = real(*args, **kwargs)
        return Actor(**{**vars(actor), "rights": actor.rights | {"documents:template:edit"}})

    monkeypatch.setattr("cchc.web.ui.middleware.identity.actor_for", able)


@pytest.mark.usefixtures("editing")
def test_every_page_is_sound(
    open_page: Callable[..., Any],
    sign_in: Callable[..., None],
    axe: Callable[[Any], None],
    shoot: Callable[[Any, str], Any],
    look: Callable[[Any, str, str], None],
    viewport: dict[str, int],
) -> None:
    window = open_page(viewport=viewport)
    sign_in(window, "nhan")
    for name, address in {
        "home": "/office/",
        "index": "/office/papers/",
        "form": "/office/papers/apology_extension/",
        "revision": "/office/papers/apology_extension/revision/",
    }.items():
        look(window, address, f"office-papers-{name}")
    window.click("button[value=preview]")
    window.wait_for_selector("#xem-thu img")
    shoot(window, "office-papers-preview")
    axe(window)
    window.fill("#f-layout_source", "#khong_co")
    window.click("button[value=keep]")
    window.wait_for_selector("#p-layout_source")
    shoot(window, "office-papers-error")
    axe(window)
