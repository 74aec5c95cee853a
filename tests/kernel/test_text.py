"""Vietnamese text: twins compare equal, search needs no accents, order is the dictionary's."""

import unicodedata

import pytest

from cchc.kernel.text import clean, fold, money, one_spelling, vi_key


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Hoà  Bình – Đường", "hoa binh duong"),
        ("ÐƯỜNG Nguyễn Huệ", "duong nguyen hue"),
        (unicodedata.normalize("NFD", "Xác nhận tình trạng hôn nhân"), "xac nhan tinh trang hon nhan"),
        ("  1.004873/TN ", "1 004873 tn"),
        ("", ""),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("twin", "school"),
    [("Hoà", "Hòa"), ("thuỷ", "thủy"), ("Khoẻ", "Khỏe"), ("quý", "quý"), ("hoài", "hoài"), ("loạt", "loạt"), ("Thuý Hoà", "Thúy Hòa")],
)
def test_one_spelling(twin: str, school: str) -> None:
    assert one_spelling(twin) == school


def test_eth_is_mended_and_spaces_are_single() -> None:
    assert clean(" Ðặng  Thị\u00a0Hường ") == "Đặng Thị Hường"


def test_order_is_the_dictionarys() -> None:
    words = ["Yên", "Ánh", "Ân", "An", "Đà", "Da", "Ăn", "Bà", "Ba", "Bả", "Bã", "Bá", "Bạ"]
    assert sorted(words, key=vi_key) == ["An", "Ánh", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Da", "Đà", "Yên"]


def test_money_is_written_with_dots() -> None:
    assert money(72000) == "72.000 đ"
