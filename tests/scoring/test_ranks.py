"""Places are shared by equal points."""

from decimal import Decimal

import pytest

from cchc.scoring.api import RankMethod, ranks

POINTS = [Decimal("80.10"), Decimal("91.5"), None, Decimal("80.1"), Decimal(0), Decimal("91.50")]


@pytest.mark.parametrize(
    ("method", "expected"),
    [(RankMethod.COMPETITION, [3, 1, None, 3, 5, 1]), (RankMethod.DENSE, [2, 1, None, 2, 3, 1])],
)
def test_ties_share_a_place(method, expected):
    assert ranks(POINTS, method) == expected


def test_the_usual_way_leaves_a_gap_after_a_tie():
    assert ranks([Decimal(2), Decimal(2), Decimal(1)]) == [1, 1, 3]
    assert ranks([]) == []
