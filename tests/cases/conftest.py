"""The larger office, for the lives of cases."""

import pytest

from tests.cases.office import Office, enlarge
from tests.world import World


@pytest.fixture
def office(world: World) -> Office:
    """Return the world with a second division and more procedures."""
    return enlarge(world)
