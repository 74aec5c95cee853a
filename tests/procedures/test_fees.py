"""Fees by page have tiers and a cap; what is not given counts once, and pages must be given."""

import pytest

from cchc.procedures.api import FeePer, Reduction, Tier
from cchc.procedures.rules.fees import Tariff, copy_fee, line

PAGES = Tariff(name="Phí chứng thực", amount=2000, per=FeePer.PAGE, tiers=(Tier(1, 2000), Tier(3, 1000)), cap=200_000)


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(1, 2000), (2, 4000), (3, 5000), (4, 6000), (10, 12_000), (197, 199_000), (198, 200_000), (199, 200_000), (5000, 200_000)],
)
def test_the_fee_for_one_copy_follows_the_tiers_up_to_the_cap(pages: int, fee: int) -> None:
    assert copy_fee(pages=pages, tiers=PAGES.tiers, cap=PAGES.cap) == fee


def test_twelve_copies_of_four_pages_cost_72000() -> None:
    made = line(tariff=PAGES, quantities={"copies": 12, "pages": 4})
    assert made is not None
    assert (made.amount, made.how) == (72_000, "12 bản × (2 × 2.000 đ + 2 × 1.000 đ)")


def test_the_cap_is_of_a_copy_and_not_of_the_sum() -> None:
    made = line(tariff=PAGES, quantities={"copies": 3, "pages": 1000})
    assert made is not None
    assert made.amount == 600_000
    assert "tối đa 200.000 đ" in made.how


@pytest.mark.parametrize("quantities", [{}, {"pages": 0}, {"pages": -1}, {"pages": 2, "copies": 0}, {"pages": 1.5}, {"pages": True}])
def test_impossible_quantities_are_refused(quantities: dict) -> None:
    with pytest.raises(ValueError, match=r"^(Số|Phí)"):
        line(tariff=PAGES, quantities=quantities)


def test_an_optional_payment_is_taken_only_when_asked_for() -> None:
    copies = Tariff(name="Bản sao trích lục", amount=8000, per=FeePer.COPY, is_optional=True)
    assert line(tariff=copies, quantities={}) is None
    made = line(tariff=copies, quantities={"copies": 2})
    assert made is not None
    assert made.amount == 16_000


def test_a_reduction_names_its_reason_and_rounds_in_favour_of_the_office_by_less_than_one_dong() -> None:
    made = line(tariff=Tariff(name="Phí", amount=25_001), quantities={}, reduction=Reduction("Hộ nghèo", 50))
    assert made is not None
    assert (made.amount, made.reduced_by) == (12_501, "Hộ nghèo")
    exempt = line(tariff=Tariff(name="Phí", amount=25_000), quantities={}, reduction=Reduction("Trẻ em", 100))
    assert exempt is not None
    assert exempt.amount == 0
