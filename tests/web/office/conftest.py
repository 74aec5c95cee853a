"""The office as its administrator sees it: the desk's browser with somebody else at it."""

import pytest

from tests.web.desk.conftest import Desk, desk

__all__ = ["desk"]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Return the office of Phan Văn Quý, administrator."""
    return desk.sign_in("quantri")
