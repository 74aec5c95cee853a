"""A title answers a query in spite of missing accents and slips of the finger."""

import pytest

from cchc.procedures.rules.ranking import is_near, match


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("shin", "sinh", True),
        ("knah", "khan", True),
        ("dnag", "dang", True),
        ("hon", "hom", True),
        ("ket", "khai", False),
        ("chung", "trung", False),
        ("nghia", "ngha", True),
        ("tu", "te", False),
    ],
)
def test_words_are_near_when_one_slip_parts_them(one: str, other: str, *, near: bool) -> None:
    assert is_near(one, other) is near


def test_marks_stand_where_the_words_are_in_the_title_with_accents() -> None:
    title = "Cấp Giấy xác nhận tình trạng hôn nhân"
    marks = match(query="xac nhan hon nhan", title=title).marks
    assert [title[start:end] for start, end in marks] == ["xác nhận", "hôn nhân"]
    death = "Đăng ký khai tử"
    assert [death[start:end] for start, end in match(query="Ðăng k", title=death).marks] == ["Đăng k"]


def test_words_together_and_in_order_score_more_than_words_apart() -> None:
    assert match(query="khai sinh", title="Đăng ký khai sinh").score > match(query="khai sinh", title="Đăng ký khai tử, sinh viên").score
    assert match(query="khai sinh", title="Đăng ký khai sinh").score > match(query="khai sinh", title="Đăng ký lại khai sinh").score


def test_a_code_is_worth_more_than_words() -> None:
    assert match(query="1.00487", title="Gì cũng được", code="1.004873").score > match(query="a b", title="a b").score


def test_what_shares_nothing_scores_nothing() -> None:
    assert match(query="đất đai", title="Kết hôn").score == 0
    assert match(query="", title="Kết hôn").score == 0
