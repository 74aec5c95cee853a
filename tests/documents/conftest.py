"""Units and forms for the tests of papers."""

from datetime import date

import pytest
from django.conf import settings

from cchc.documents import api as documents
from cchc.kernel.actor import Actor
from cchc.organisations import api as organisations

DAY = date(2026, 11, 20)


@pytest.fixture
def forms(db: None) -> None:
    """Load the forms as they are in the repository now."""
    documents.seed(folder=settings.SEEDS / "reference", progress=lambda _: None)


@pytest.fixture
def unit_id(forms: None) -> int:
    """Return the commune Vũ Quang."""
    return organisations.unit("18313", on=DAY).id


@pytest.fixture
def other_unit_id(forms: None) -> int:
    """Return the commune Mai Hoa."""
    return organisations.unit("18322", on=DAY).id


@pytest.fixture
def officer() -> Actor:
    """Return a counter officer without any special right."""
    return Actor(post="Công chức tiếp nhận @ H27.112")
