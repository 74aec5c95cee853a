"""Phrases, numbers, QR codes and the shapes of forms; no database."""

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from cchc.documents import api as documents
from cchc.kernel.errors import Invalid
from tests.documents import samples


@pytest.mark.parametrize(
    ("day", "phrase"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
    ],
)
def test_a_date_has_leading_zeros_for_days_and_for_the_first_two_months(day: date, phrase: str) -> None:
    assert documents.date_phrase(day) == phrase
    assert documents.place_and_date(place="Vũ Quang", day=day) == f"Vũ Quang, {phrase}"


def test_a_moment_is_told_as_a_clock_in_viet_nam_shows_it() -> None:
    assert documents.moment_phrase(samples.RECEIVED) == "14 giờ 32 phút, thứ Sáu, ngày 20 tháng 11 năm 2026"
    evening_in_london = datetime.fromisoformat("2026-01-04T18:05:00+00:00")
    assert documents.moment_phrase(evening_in_london) == "01 giờ 05 phút, thứ Hai, ngày 05 tháng 01 năm 2026"
    with pytest.raises(ValueError, match="múi giờ"):
        documents.moment_phrase(datetime(2026, 1, 5, 8, 0))  # noqa: DTZ001 (the naive instant is the point)


def test_days_that_do_not_count_are_listed_with_their_reasons() -> None:
    assert documents.not_counted_phrase(samples.NOT_COUNTED) == "Không tính 21/11, 22/11 và 24/11 (Ngày Văn hóa Việt Nam, nghỉ lễ)."
    assert documents.not_counted_phrase([]) == ""
    assert documents.not_counted_phrase([(date(2026, 11, 24), "nghỉ lễ")]) == "Không tính 24/11 (nghỉ lễ)."


def test_days_in_a_row_with_one_reason_become_a_span() -> None:
    tet = [(date(2026, 2, 16) + timedelta(days=n), "Tết Nguyên đán") for n in range(5)]
    assert documents.not_counted_phrase(tet) == "Không tính từ 16/02 đến 20/02 (Tết Nguyên đán)."
    assert documents.not_counted_phrase(tet[:2]) == "Không tính từ 16/02 đến 17/02 (Tết Nguyên đán)."


def test_many_weekends_are_counted_and_not_listed() -> None:
    weekends = [(date(2026, 11, 7) + timedelta(days=7 * week + n), "") for week in range(4) for n in range(2)]
    phrase = documents.not_counted_phrase([*weekends, (date(2026, 11, 24), "nghỉ lễ")])
    assert phrase == "Không tính 08 ngày nghỉ hằng tuần từ 07/11 đến 29/11 và 24/11 (nghỉ lễ)."


@pytest.mark.parametrize(
    ("number", "series", "text"), [(42, "TN", "0042/TN"), (1, "BS", "0001/BS"), (12345, "TN", "12345/TN"), (7, "", "0007")]
)
def test_a_number_of_a_slip_has_four_digits_or_more(number: int, series: str, text: str) -> None:
    assert documents.format_number(number, series, form=documents.FormKey.RECEIPT) == text


@pytest.mark.parametrize(("number", "text"), [(1, "01/XL"), (9, "09/XL"), (10, "10/XL"), (142, "142/XL")])
def test_a_number_of_a_letter_has_a_zero_only_below_ten(number: int, text: str) -> None:
    assert documents.format_number(number, "XL", form=documents.FormKey.APOLOGY) == text


def test_numbers_start_at_one() -> None:
    with pytest.raises(ValueError, match="từ 1"):
        documents.format_number(0, "TN", form=documents.FormKey.RECEIPT)


def test_a_count_below_ten_cannot_be_made_larger_by_hand() -> None:
    assert documents.count_phrase(1, "bộ") == "01 bộ"
    assert documents.count_phrase(12, "bộ") == "12 bộ"


def test_a_qr_code_needs_no_inline_style_and_says_what_it_was_given() -> None:
    svg = documents.qr_svg(samples.TRACKING, title='Mã "theo dõi" <hồ sơ>')
    assert svg.startswith("<svg ")
    assert "style" not in svg
    assert 'width="' in svg.split(">")[0]
    assert "<hồ sơ>" not in svg
    assert _decoded(samples.TRACKING) == samples.TRACKING


def test_an_empty_qr_code_is_refused() -> None:
    with pytest.raises(ValueError, match="nội dung"):
        documents.qr_svg("")


@pytest.mark.parametrize(
    "data", [samples.RECEIPT, samples.SUPPLEMENT, samples.REFUSAL, samples.GUIDE], ids=lambda data: type(data).__name__
)
def test_a_form_survives_the_way_to_json_and_back(data: documents.FormData) -> None:
    assert documents.from_plain(type(data), documents.to_plain(data)) == data


def test_text_is_kept_composed_printable_and_with_its_line_ends() -> None:
    name = unicodedata.normalize("NFD", "Đỗ  Thị\u202e Bích\x07 Ngọc ").replace("Đ", "Ð")
    plain = documents.to_plain(replace(samples.REFUSAL, person=replace(samples.NGOC, name=name), reason="Một.\r\nHai."))
    kept = documents.from_plain(documents.RefusalData, plain)
    assert kept.person.name == "Đỗ Thị Bích Ngọc"
    assert kept.reason == "Một.\nHai."


def test_wrong_fields_are_named_all_at_once() -> None:
    plain = documents.to_plain(samples.RECEIPT)
    del plain["received"]
    plain["person"]["name"] = "  "
    plain["sets"] = "một"
    plain["papers"][1]["originals"] = -1
    plain["colour"] = "đỏ"
    with pytest.raises(Invalid) as refusal:
        documents.from_plain(documents.ReceiptData, plain)
    assert set(refusal.value.problems) == {"received", "person.name", "sets", "papers.1.originals", "colour"}
    assert refusal.value.problems["sets"] == "«sets» phải là số nguyên."


def _decoded(text: str) -> str:
    """Draw the path of the SVG into a picture and read it as a phone would."""
    svg = documents.qr_svg(text, scale=1)
    width = int(svg.split('width="')[1].split('"')[0])
    picture = Image.new("L", (width * 4, width * 4), 255)
    draw = ImageDraw.Draw(picture)
    x = y = 0.0
    dark = svg.rsplit(' d="', 1)[1].split('"')[0]
    for command, values in _commands(dark):
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        elif command == "h":
            draw.rectangle((x * 4, (y - 0.5) * 4, (x + values[0]) * 4 - 1, (y + 0.5) * 4 - 1), fill=0)
            x += values[0]
    return zxingcpp.read_barcodes(picture)[0].text


def _commands(path: str) -> list[tuple[str, list[float]]]:
    return [
        (letter, [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", rest)])
        for letter, rest in re.findall(r"([Mmh])([^Mmh]*)", path)
    ]
