"""The journeys sit at the same desk as the tests of its pages."""

from tests.web.desk.conftest import desk

__all__ = ["desk"]
