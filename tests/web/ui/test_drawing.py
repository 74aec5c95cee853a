"""A part of a page is drawn once for everybody to whom it looks the same, and anew when what it rests on changes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from cchc.kernel.standing import standing
from cchc.web.ui.drawing import drawn
from tests.queries import renew_stamps

pytestmark = pytest.mark.django_db
TEMPLATE = "board/_legend.html"


@pytest.fixture(autouse=True)
def _empty() -> None:
    caches["drawings"].clear()


def request(path: str = "/so-lieu/", *, language: str = "vi", day: int = 20) -> HttpRequest:
    made: Any = RequestFactory().get(path)
    made.LANGUAGE_CODE, made.at = language, datetime(2026, 11, day, 3, tzinfo=UTC)
    return made  # type: ignore[no-any-return]


class Painter:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> Mapping[str, Any]:
        self.asked += 1
        return {"scale": SimpleNamespace(ranges=("5–9", "10–19"), dark=20)}

    def times(self, *requests: HttpRequest, given: Mapping[str, Any] | None = None) -> int:
        before = self.asked
        for item in requests:
            with standing(), translation.override(item.LANGUAGE_CODE):  # type: ignore[attr-defined]
                drawn(item, TEMPLATE, given or {}, self, rests_on=("figures",))
        return self.asked - before


def test_it_is_drawn_once_until_something_changes() -> None:
    painter = Painter()
    assert painter.times(request(), request()) == 1
    renew_stamps()
    assert painter.times(request(), request()) == 1


def test_another_address_day_language_or_reader_is_another_drawing() -> None:
    painter = Painter()
    assert painter.times(request(), request("/so-lieu/?tu=2026-11-01"), request(day=21), request(language="en"), request()) == 4
    assert painter.times(request(), given={"whole": True}) == 1
    assert painter.times(request(), given={"whole": False}) == 1
    assert painter.times(request(), given={"whole": True}) == 0


def test_what_is_drawn_is_in_the_language_of_its_reader() -> None:
    painter = Painter()
    with standing(), translation.override("vi"):
        vietnamese = drawn(request(), TEMPLATE, {}, painter, rests_on=("figures",))
    with standing(), translation.override("en"):
        english = drawn(request(language="en"), TEMPLATE, {}, painter, rests_on=("figures",))
    assert "từ 20" in vietnamese
    assert "từ 20" not in english
