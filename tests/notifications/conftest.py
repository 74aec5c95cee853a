"""A mail server for whoever asks, and the settings that lead to it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notifications.mailbox import Mailbox, mail_server


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """Serve mail on loopback, and send there."""
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.DEFAULT_FROM_EMAIL = "Một cửa xã Vũ Quang <motcua@vuquang.example>"
        yield box
