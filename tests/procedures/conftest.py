"""A small catalogue in the test's own transaction."""

from collections.abc import Callable
from datetime import date

import pytest

from cchc.kernel.actor import Actor
from cchc.procedures import api
from tests.procedures.drafts import AT, SYSTEM, draft


@pytest.fixture
def publish(db: None) -> Callable[..., api.VersionView]:
    """Return a function that publishes a draft from a day, as the system unless an actor is named."""

    def publishing(made: api.VersionDraft | None = None, *, on: date = date(2026, 1, 1), actor: Actor = SYSTEM) -> api.VersionView:
        return api.publish_version(actor=actor, at=AT, draft=made or draft(), valid_from=on)

    return publishing
