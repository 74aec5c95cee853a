"""A form that keeps what was typed."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from cchc.cases.terms import ResultChannel
from cchc.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from cchc.web.ui.forms import Entry, query_text


def entry(text: str) -> Entry:
    return Entry(QueryDict(text))


@pytest.mark.parametrize("typed", ["02/12/2026", "2/12/2026", "02-12-2026", "2.12.2026", "2026-12-02", " 02/12/2026 "])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    given = Entry({"born": typed})
    assert given.day("born") == date(2026, 12, 2)
    assert given.ok


@pytest.mark.parametrize("typed", ["31/02/2026", "00/01/2026", "32/13/2026", "12/2026", "hôm qua", "29/02/2025", "01/01/0000"])
def test_an_impossible_day_is_refused_at_its_field_and_kept(typed: str) -> None:
    given = Entry({"born": typed})
    assert given.day("born") is None
    assert given.problem("born")
    assert given.value("born") == typed


def test_text_is_stored_in_one_form() -> None:
    given = Entry({"name": "  Ðỗ  Thi\u0323 Bi\u0301ch "})
    assert given.text("name") == "Đỗ Thị Bích"
    assert given.text("none", required="Nhập tên.") == ""
    assert given.problem("none") == "Nhập tên."


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("1.200", 1200), ("x", None), ("-3", None), ("１２", None), ("9" * 400, None)])
def test_a_whole_number_is_read_or_refused(typed: str, number: int | None) -> None:
    given = Entry({"copies": typed})
    assert given.whole("copies", most=100_000) == number
    assert given.ok is (number is not None)


def test_a_word_outside_the_vocabulary_is_refused() -> None:
    given = entry("channel=counter&other=dove")
    assert given.chosen("channel", ResultChannel) is ResultChannel.COUNTER
    assert given.chosen("other", ResultChannel) is None
    assert given.problem("other")


@pytest.mark.django_db
class TestCatching:
    def test_refusals_become_problems_at_their_fields(self) -> None:
        given = entry("")
        with given.catching({"citizen_id": "owner_number"}):
            raise Invalid({"citizen_id": "Thiếu một chữ số.", "name": "Nhập họ và tên."})
        assert given.problems == {"owner_number": "Thiếu một chữ số.", "name": "Nhập họ và tên."}

    def test_a_refusal_of_the_whole_stands_at_the_head(self) -> None:
        given = entry("")
        with given.catching():
            raise Refused("Sai hết.")
        assert given.problem("") == "Sai hết."

    def test_a_missing_right_is_not_the_forms_matter(self) -> None:
        with pytest.raises(NotAllowed), entry("").catching():
            raise NotAllowed("cases:case:read", "Không có quyền.")

    def test_a_thing_that_is_not_there_goes_on_unless_a_field_names_it(self) -> None:
        with pytest.raises(NotFound), entry("").catching():
            raise NotFound("Không có.")
        given = entry("")
        with given.catching():
            raise NotFound("Không có thủ tục này.", field="procedure")
        assert given.problem("procedure")

    def test_somebody_faster_answers_409(self) -> None:
        given = entry("")
        with given.catching():
            raise Conflict("Hồ sơ vừa được chuyển.")
        answer = given.answer(RequestFactory().get("/"), "ui/problems.html", {"general": "", "places": [], "heading": "", "conflict": True})
        assert answer.status_code == 409

    def test_wrong_answers_are_422(self) -> None:
        given = entry("")
        given.refuse("x", "Sai.")
        assert (
            given.answer(
                RequestFactory().get("/"), "ui/problems.html", {"general": "", "places": [], "heading": "", "conflict": False}
            ).status_code
            == 422
        )


def test_a_search_word_is_cleaned_and_cut() -> None:
    request = RequestFactory().get("/", {"q": "khai\x00 \n sinh" + "x" * 500})
    assert query_text(request).startswith("khai sinh")
    assert len(query_text(request)) <= 200
