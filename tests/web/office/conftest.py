"""The office as an administrator sees it, at a fixed time."""

import pytest

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from tests.web.desk.conftest import Desk, desk
from tests.world import FOUNDED, NOW, PASSWORD

__all__ = ["desk"]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Return the office of Lê Quản Trị, administrator of the commune."""
    system = Actor.system("kiểm thử")
    person = identity.create_person(actor=system, at=NOW, login="quantri", full_name="Lê Quản Trị", password=PASSWORD)
    unit = desk.world.office.id
    identity.appoint(actor=system, at=NOW, person=person, unit_id=unit, role="administrator", title="Quản trị", since=FOUNDED)
"""The office as its administrator sees it: the desk's browser with somebody else at it."""

import pytest

from tests.web.desk.conftest import Desk, desk  # noqa: F401 (a fixture is found by its name)


@pytest.fixture
def office(desk: Desk) -> Desk:  # noqa: F811 (the fixture above)
    """Return the office of Phan Văn Quý, administrator."""
    return desk.sign_in("quantri")
