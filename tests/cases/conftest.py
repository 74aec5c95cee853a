"""The larger office, for the lives of cases."""

import pytest

from tests.cases.office import Office


@pytest.fixture
def office(large_office: Office) -> Office:
    """Return the world with a second division and more procedures."""
    return large_office
