"""Published terms and fees are read when they are certain, and left to a person when they are not."""

import unicodedata

import pytest

from cchc.procedures.api import FeeAbsence, FeePer, TermAbsence, read_fee, read_term


@pytest.mark.parametrize(
    ("raw", "limit"),
    [
        ("7 Ngày làm việc", "7wd"),
        ("07 (bảy) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", "7wd"),
        ("5\u00a0Ngày\u00a0làm việc", "5wd"),
        (unicodedata.normalize("NFD", "5 Ngày làm việc"), "5wd"),
        ("5 ngay lam viec", "5wd"),
        ("Không quá 30 ngày", "30d"),
        ("3 Giờ", "3wh"),
        ("8 giờ làm việc", "8wh"),
        ("2 Tháng", "2m"),
        ("Ngay trong ngày", "0wd"),
        ("Trong ngày làm việc", "0wd"),
        ("Giải quyết ngay trong ngày tiếp nhận hồ sơ", "0wd"),
        ("Ngay sau khi nhận đủ hồ sơ", "0wd"),
    ],
)
def test_a_certain_term_is_read(raw: str, limit: str) -> None:
    assert read_term(raw).limit == limit


@pytest.mark.parametrize(
    "raw",
    [
        "1",
        "120",
        "5-7 ngày",
        "1,5 ngày làm việc",
        "0 ngày làm việc",
        "2 tuần",
        "ba ngày",
        "07 ngày làm việc và 3 ngày",
        "ngày",
        "theo quy định",
    ],
)
def test_an_uncertain_term_is_never_guessed(raw: str) -> None:
    read = read_term(raw)
    assert (read.limit, read.absence) == ("", TermAbsence.UNREADABLE)
    assert read.why.endswith(".")


def test_no_term_has_its_reason() -> None:
    assert read_term("Không quy định").absence is TermAbsence.NOT_SET
    assert read_term("Không phải trả kết quả cho người nộp thuế").absence is TermAbsence.NO_RESULT
    silent = read_term("Không có thông tin")
    assert silent.absence is TermAbsence.NOT_PUBLISHED
    assert silent.why


@pytest.mark.parametrize(
    ("raw", "note", "amount"),
    [
        ("Miễn phí", "", 0),
        ("Miễn phí", "Không quy định.", 0),
        ("100,000 VNĐ", "", 100_000),
        ("100.000 đồng", "", 100_000),
        ("4,500,000 Việt Nam Đồng", "Lệ phí: 4.500.000 Đồng (bốn triệu năm trăm nghìn Việt Nam đồng)", 4_500_000),
        ("150,000 Ðồng", "", 150_000),
        ("230,000 Việt Nam Đồng", "Kiểm tra: 230.000/lần", 230_000),
        ("500000đ", "theo Thông tư số 106/2017/TT-BTC ngày 06/10/2017", 500_000),
    ],
)
def test_a_certain_amount_is_read(raw: str, note: str, amount: int) -> None:
    assert read_fee(raw, note=note).amount == amount


@pytest.mark.parametrize(
    ("raw", "note", "absence"),
    [
        ("Không có thông tin", "", FeeAbsence.NOT_PUBLISHED),
        ("", "", FeeAbsence.NOT_PUBLISHED),
        ("Miễn phí", "Mức lệ phí (nếu có) theo quyết định của Hội đồng nhân dân cấp tỉnh.", FeeAbsence.LOCAL),
        ("150,000 VNĐ", "Mức lệ phí cụ thể do HĐND tỉnh quyết định", FeeAbsence.LOCAL),
        ("Miễn phí", "- Dưới 5 tấn: 50.000 đồng/giấy; - Trên 15 tấn: 150.000 đồng/giấy.", FeeAbsence.UNREADABLE),
        ("5,000 Việt Nam Đồng", "Nộp qua cổng thu 7.000 đồng/lần", FeeAbsence.UNREADABLE),
        ("100,000 VNĐ", "100.000 đồng; cấp lại 50.000 đồng", FeeAbsence.UNREADABLE),
        ("150 VNĐ", "150.000 đồng/lần/thẻ", FeeAbsence.UNREADABLE),
        ("10 USD", "/bản", FeeAbsence.UNREADABLE),
        ("Theo biểu phí", "", FeeAbsence.UNREADABLE),
    ],
)
def test_an_uncertain_amount_is_never_guessed(raw: str, note: str, absence: FeeAbsence) -> None:
    read = read_fee(raw, note=note)
    assert (read.amount, read.absence) == (None, absence)
    assert read.why.endswith(".")


def test_what_an_amount_is_for_is_read_from_the_note() -> None:
    assert (read_fee("10,000 VNĐ", note="10.000 đồng/người/lần").per, read_fee("8,000 VNĐ").per) == (FeePer.PERSON, FeePer.CASE)
    item = read_fee("70,000 VNĐ", note="70.000 đồng/Giấy chứng nhận")
    assert (item.per, item.per_text) == (FeePer.ITEM, "giấy chứng nhận")


def test_pages_with_tiers_and_a_cap_are_read_from_the_sentence() -> None:
    text = "Tại xã: 2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không quá 200.000 đồng/bản."
    read = read_fee("2,000 Việt Nam Đồng", note="/trang", description=text)
    assert (read.per, read.tiers, read.cap) == (FeePer.PAGE, ((1, 2000), (3, 1000)), 200_000)
