"""A list of people is taken whole or not at all, and once."""

import io
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.identity.models import Person
from cchc.identity.rules import roster as rules
from cchc.kernel.actor import Actor
from cchc.kernel.errors import NotAllowed, Refused
from tests.identity.rosters import HEADINGS, one, roster
from tests.world import NOW, World

Verdict = identity.RosterVerdict


@pytest.fixture
def admin(world: World) -> Actor:
    return world.actors["quantri"]


def check(world: World, content: bytes) -> identity.Roster:
    return identity.check_people(actor=world.actors["quantri"], at=NOW, content=content, unit_id=world.commune.id)


def take(world: World, content: bytes) -> identity.RosterResult:
    return identity.import_people(actor=world.actors["quantri"], at=NOW, content=content, unit_id=world.commune.id)


def problems(world: World, *row: object) -> dict[str, str]:
    (found,) = check(world, roster(row)).rows
    return {key: sentence for key, _heading, sentence in found.problems}


def test_sound_rows_become_accounts_with_posts_and_passwords_that_open(world: World) -> None:
    before = Person.objects.count()
    content = roster(one(), one("Đinh Văn Bình", unit="Văn phòng hđnd và ubnd xã Vũ Quang"), [], one("Lê Thị Thanh Nhài", login="NHAI"))
    seen = check(world, content)
    assert [(row.login, row.verdict) for row in seen.rows] == [("anh.nth", Verdict.NEW), ("binh.dv", Verdict.NEW), ("nhai", Verdict.NEW)]
    assert [row.number for row in seen.rows] == [2, 3, 5]
    assert Person.objects.count() == before
    result = take(world, content)
    assert (len(result.given), result.posts, result.known) == (3, 0, 0)
    for row in result.given:
        person = Person.objects.get(login=row.login)
        assert person.check_password(row.password)
        assert person.must_change_password
        assert identity.posts_of(person.pk, on=NOW.date())[0].unit_id == world.office.id
        entries = audit.entries(f"person:{person.pk}")
        assert [entry.act for entry in entries] == ["person_created", "appointed"]
        assert row.password not in str([(entry.public, entry.private) for entry in entries])
        assert row.password not in repr(row)


def test_the_same_list_again_adds_nothing(world: World) -> None:
    content = roster(one(), one("Đinh Văn Bình", login="binh"))
    take(world, content)
    count = Person.objects.count()
    again = take(world, content)
    assert (again.given, again.posts, again.known, Person.objects.count()) == ((), 0, 2, count)


def test_a_known_sign_in_name_with_another_post_adds_the_post(world: World) -> None:
    result = take(world, roster(one("Lê Thị Thanh Nhàn", login="nhan")))
    assert (result.given, result.posts) == ((), 1)
    assert len(identity.posts_of(world.people["nhan"].person_id, on=NOW.date())) == 2


def test_two_rows_with_one_sign_in_name_are_one_person(world: World) -> None:
    result = take(world, roster(one(login="anh"), one(login="anh", role="Lãnh đạo phòng, ban")))
    assert (len(result.given), result.posts) == (1, 1)


def test_where_a_name_leaves_it_open_the_list_is_asked(world: World) -> None:
    assert "Đã có người cùng họ tên (nhan)" in problems(world, *one("Lê Thị Thanh Nhàn"))["login"]
    assert "một người khác họ tên" in problems(world, *one("Người Khác", login="nhan"))["login"]
    assert "ở cơ quan khác" in problems(world, *one("Hồ Sỹ Tân", login="tan"))["login"]
    twice = check(world, roster(one(), one(role="Lãnh đạo phòng, ban"))).rows[1]
    assert "Trùng họ tên với hàng 2" in twice.problems[0][2]
    same = check(world, roster(one(), one())).rows[1]
    assert "giống hàng 2" in same.problems[0][2]


def test_every_wrong_cell_is_told_in_its_row(world: World) -> None:
    found = problems(world, "", "có dấu", "thu", "H27.113.01", "Vua", "X" * 121, "31/02/2026", "1/1/26")
    assert set(found) == {"full_name", "login", "email", "unit", "role", "title", "since", "until"}
    assert "31/02/2026" in found["since"]
    assert "H27.113.01" in found["unit"]
    with pytest.raises(Refused, match="Còn 1 hàng cần sửa"):
        take(world, roster(one(), one("Đinh Văn Bình", unit="lạ")))
    assert not Person.objects.filter(login="anh.nth").exists()


def test_days_are_read_as_typed_or_as_excel_keeps_them(world: World) -> None:
    rows = check(world, roster([*one()[:6], date(2026, 12, 1), "31.12.2026"])).rows
    assert (rows[0].since, rows[0].until) == (date(2026, 12, 1), date(2027, 1, 1))
    assert "sớm hơn" in problems(world, *one()[:6], "02/12/2026", "01/12/2026")["until"]


def test_a_formula_is_told_and_never_believed(world: World) -> None:
    assert "công thức" in problems(world, '=HYPERLINK("http://x","Nguyễn Văn A")', *one()[1:])["full_name"]
    assert "chỉ gồm chữ" in problems(world, "+84 912", *one()[1:])["full_name"]


def test_what_is_no_list_is_refused_with_the_way_out(world: World) -> None:
    sound = roster(one())
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as book:
        book.writestr("xl/bomb.xml", b"0" * (61 * 1024 * 1024))
    for content, words in (
        (b"", "rỗng"),
        (b"Ho va ten,Don vi", "không phải bảng tính XLSX"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "kiểu cũ"),
        (sound[:-200], "bị hỏng"),
        (sound[: len(sound) // 2], "bị hỏng"),
        (packed.getvalue(), "giải nén"),
        (roster(one(), headings=["A", "B"]), "không có cột «Họ và tên»"),
        (roster(), "chưa có ai"),
        (roster([""] * 8), "chưa có ai"),
    ):
        with pytest.raises(Refused, match=words) as error:
            check(world, content)
        assert error.value.field == "file"


def test_any_zip_that_is_no_workbook_is_refused(world: World) -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as book:
        book.writestr("a.txt", "x")
    with pytest.raises(Refused, match="bị hỏng"):
        check(world, packed.getvalue())


def test_a_list_too_long_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rules.MOST_ROWS == 5000
    monkeypatch.setattr("cchc.identity.operations.roster_file.MOST_ROWS", 3)
    with pytest.raises(Refused, match="dài quá 3 hàng"):
        check(world, roster(*[one(f"Người {word}") for word in ("Một", "Hai", "Ba", "Tư")]))


def test_the_header_may_stand_below_a_title_and_columns_may_be_moved(world: World) -> None:
    order = [3, 0, 4, 5, 1, 2, 7, 6]
    book = roster(["DANH SÁCH"], [HEADINGS[place].upper() for place in order], [one()[place] for place in order], headings=["UBND XÃ"])
    assert check(world, book).rows[0].verdict is Verdict.NEW


def test_looking_costs_the_same_however_long_the_list(world: World) -> None:
    def price(*rows: list[str]) -> int:
        with CaptureQueriesContext(connection) as spent:
            check(world, roster(*rows))
        return len(spent)

    assert price(one()) == price(*[one(f"Người {chr(65 + a)}{chr(97 + b)}") for a in range(10) for b in range(10)])


def test_only_who_may_appoint_in_the_agency_looks(world: World) -> None:
    with pytest.raises(NotAllowed):
        identity.check_people(actor=world.head, at=NOW, content=roster(one()), unit_id=world.commune.id)
    with pytest.raises(NotAllowed):
        identity.check_people(actor=world.actors["quantri"], at=NOW, content=roster(one()), unit_id=world.other_commune.id)


def test_the_template_names_the_agencys_units_and_roles_and_its_example_row_is_refused(world: World, admin: Actor) -> None:
    content = identity.people_template(actor=admin, at=NOW, unit_id=world.commune.id)
    book = load_workbook(io.BytesIO(content))
    codes = [row[0].value for row in book["Danh mục"].iter_rows(min_row=2)]
    assert {"H27.112", "H27.112.01", "H27.112.02"} <= set(codes)
    assert "H27.113" not in codes
    (example,) = check(world, content).rows
    assert example.verdict is Verdict.WRONG


def test_the_sheet_of_passwords_holds_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(identity.password_sheet((identity.Given("Nguyễn A", "a", "=1+1", "X", "mat-khau"),)))).active
    assert sheet["B2"].data_type == "s"
    assert sheet["E2"].value == "mat-khau"
