"""The office as its administrator sees it: the desk's browser with somebody else at it."""

import pytest

from tests.web.desk.conftest import Desk, desk  # noqa: F401 (a fixture is found by its name)


@pytest.fixture
def office(desk: Desk) -> Desk:  # noqa: F811 (the fixture above)
    """Return the office of Phan Văn Quý, administrator."""
    return desk.sign_in("quantri")
