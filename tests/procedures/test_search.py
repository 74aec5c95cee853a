"""A procedure is found without accents, with typing errors, by its code, by the name people use."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.procedures import api
from tests.procedures.drafts import draft

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def codes(text: str, **more: object) -> list[str]:
    return [hit.code for hit in api.search(text, on=DAY, **more)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("xac nhan hon nhan", "1.004873"),
        ("XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "1.004873"),
        ("giay doc than", "1.004873"),
        ("1.00487", "1.004873"),
        ("khai shin", "1.001193"),
        ("khai sinh", "1.001193"),
        ("Ðăng ký khai tử", "1.000656"),
        ("dang ki ket hon", "1.000894"),
        ("dnag ky ket hon", "1.000894"),
        ("sao y", "2.000815"),
        ("chung thuc chu ky trong giay to", "2.000884"),
        ("thuong chu", "1.004222"),
        ("trich luc ho tich", "2.000635"),
        ("tạm trú", "1.004194"),
        ("hoa giai tranh chap dat dai", "1.012812"),
        ("hộ nghèo", "1.011607"),
    ],
)
def test_what_people_type_finds_what_they_mean_first(text: str, code: str) -> None:
    assert codes(text)[0] == code


def test_nonsense_finds_nothing_and_wildcards_are_letters() -> None:
    assert codes("zzzz qqqq") == []
    assert codes("%") == codes("")
    assert codes("_____ %%%") == codes("")


def test_a_hit_says_what_the_officer_must_see() -> None:
    hit = api.search("xac nhan hon nhan", on=DAY)[0]
    assert (hit.field.code, hit.term_text, hit.immediate, hit.can_receive) == ("ho-tich", "3 ngày làm việc", False, True)
    assert [piece for piece, marked in hit.marked_title if marked] == ["xác nhận", "hôn nhân"]
    assert "".join(piece for piece, _ in hit.marked_title) == hit.title
    birth = api.search("1.001193", on=DAY)[0]
    assert (birth.term_text, birth.immediate) == ("Trong ngày", True)


def test_level_and_field_narrow_the_search() -> None:
    assert set(codes("dang ky", field="ho-tich", limit=50)) < set(codes("dang ky", limit=50))
    assert "1.008907" in codes("hoa giai", level=api.Level.PROVINCE)
    assert "1.008907" not in codes("hoa giai", level=api.Level.COMMUNE)
    by_code = {field.code: field for field in api.fields(on=DAY, level=api.Level.COMMUNE)}
    assert by_code["ho-tich"].count >= 10
    assert by_code["ho-tich"].count == len(codes("", field="ho-tich", level=api.Level.COMMUNE, limit=500))


def test_what_is_out_of_force_or_not_listed_is_not_found(publish: Callable[..., api.VersionView]) -> None:
    publish(draft("9.1", "Vớt lục bình ngày xưa", is_listed=False))
    publish(draft("9.2", "Vớt lục bình sau này"), on=date(2027, 1, 1))
    publish(draft("9.3", "Vớt lục bình"))
    assert codes("vot luc binh") == ["9.3"]


def test_the_number_of_queries_does_not_grow_with_what_is_found() -> None:
    counts = []
    for text in ("1.004873", "dang ky", "khai shin"):
        with CaptureQueriesContext(connection) as queries:
            api.search(text, on=DAY)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_hits_for_codes_keep_their_order() -> None:
    assert [hit.code for hit in api.hits_for(["2.000815", "0.0", "1.001193"], on=DAY)] == ["2.000815", "1.001193"]
