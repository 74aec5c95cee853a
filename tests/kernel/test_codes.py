"""Agency identifiers in both notations, in numeric order."""

import pytest

from cchc.kernel.codes import agency_key, is_agency_code, legacy, modern


@pytest.mark.parametrize(("old", "new"), [("000.00.16.H40", "H40.16"), ("000.00.00.H40", "H40"), ("012.07.16.H40", "H40.16.07.012")])
def test_the_two_notations(old: str, new: str) -> None:
    assert modern(old) == new
    assert legacy(new) == old
    assert modern(new) == new


@pytest.mark.parametrize("wrong", ["", "40.H16", "H4.16", "h40.16", "000.00.16", "H40..1", "H40." + "1" * 40])
def test_what_is_no_code_is_said_to_be_none(wrong: str) -> None:
    assert not is_agency_code(wrong)
    with pytest.raises(ValueError, match="Mã định danh"):
        modern(wrong)


def test_order_is_numeric() -> None:
    codes = ["H44.100", "H44.13", "H44", "H44.13.2", "H44.13.10", "G09"]
    assert sorted(codes, key=agency_key) == ["G09", "H44", "H44.13", "H44.13.2", "H44.13.10", "H44.100"]
