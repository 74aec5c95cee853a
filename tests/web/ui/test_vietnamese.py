"""How days, numbers and money are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cchc.web.ui import vietnamese


def test_an_instant_is_a_moment_in_viet_nam() -> None:
    assert vietnamese.moment_text(datetime(2026, 12, 2, 9, 0, tzinfo=UTC)) == "16:00 thứ Tư 02/12/2026"
    assert vietnamese.day_text(datetime(2026, 12, 1, 17, 30, tzinfo=UTC)) == "02/12/2026"
    assert vietnamese.day_long(date(2026, 11, 22)) == "Chủ nhật 22/11/2026"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1234.5, None, "1.234,5"),
        (1234, None, "1.234"),
        (Decimal("98.25"), 1, "98,3"),
        (0, 2, "0,00"),
        (1234567, 0, "1.234.567"),
        (-1200.5, 1, "-1.200,5"),
    ],
)
def test_numbers_have_dots_between_thousands_and_a_comma(value: float, places: int | None, text: str) -> None:
    assert vietnamese.number_text(value, places) == text


def test_money_does_not_break_before_its_sign() -> None:
    assert vietnamese.money_text(72000) == "72.000\u00a0đ"


@pytest.mark.parametrize(
    ("number", "shown"), [("042169000208", "042 169 ••• 208"), ("0987 000 115", "0987 ••• 115"), ("12345", "•••"), ("", "•••")]
)
def test_the_middle_of_a_number_is_hidden(number: str, shown: str) -> None:
    assert vietnamese.masked(number).replace("\u00a0", " ") == shown


def test_an_identity_number_is_written_in_threes() -> None:
    assert vietnamese.grouped("042169000208").replace("\u00a0", " ") == "042 169 000 208"
    assert vietnamese.grouped("04216") == "04216"
