"""The room of people: found, opened, appointed, closed, brought in from Excel."""

import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.identity.models import Person
from tests.identity.rosters import one, roster
from tests.queries import FirstReader
from tests.web.desk.conftest import Desk, text_of
from tests.web.office.people_forms import new_person
from tests.world import NOW, PASSWORD, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the office as Phan Văn Quý, administrator of Vũ Quang, sees it."""
    made = Desk(client=client, world=world)
    monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: made.at))
    return made.sign_in("quantri")


def address(office: Desk, login: str, rest: str = "") -> str:
    return f"/office/people/{office.world.people[login].person_id}/{rest}"


def upload(office: Desk, content: bytes, *, status: int = 200) -> object:
    return office.send("/office/people/import/", {"file": SimpleUploadedFile("ds.xlsx", content)}, status=status)


def test_the_office_lists_the_room_and_only_who_may_enters(office: Desk) -> None:
    assert "Người và vị trí" in text_of(office.page("/office/").select_one("main"))
    assert "Sửa thông tin người dùng" in text_of(office.sign_in("lan").page("/office/people/", status=403))


def test_filters_live_in_the_address(office: Desk) -> None:
    page = office.page("/office/people/", q="thi nhan", role="counter_officer")
    assert [link.text for link in page.select("tbody td:first-child a")] == ["Lê Thị Thanh Nhàn"]
    assert page.select_one("input[name=q]")["value"] == "thi nhan"
    assert page.select_one("select[name=role] option[selected]")["value"] == "counter_officer"
    assert "Không có ai khớp" in text_of(office.page("/office/people/", q="khong co ai"))
    assert len(office.page("/office/people/", unit="x", role="la", start="-5").select("tbody tr")) == 6


def test_the_price_does_not_grow_with_the_list(office: Desk) -> None:
    def price() -> int:
        with FirstReader() as spent:
            office.page("/office/people/")
        return len(spent)

    before = price()
    for number in range(70):
        identity.create_person(actor=office.world.actors["quantri"], at=NOW, login=f"n{number}", full_name="Nguyễn Văn Đông", password=None)
    page = office.page("/office/people/")
    assert len(page.select("tbody tr")) == 50
    assert len(office.page(f"/office/people/{page.select_one('.pager a[rel=next]')['href']}").select("tbody tr")) == 26
    assert price() == before


def test_a_new_person_gets_a_post_and_a_password_shown_once(office: Desk) -> None:
    page = office.send("/office/people/new/", new_person(office.world), status=200)
    login, password = (item.text for item in page.select("dd .code"))
    person = Person.objects.get(login=login)
    assert (login, person.check_password(password)) == ("anh.nth", True)
    assert "Công chức xử lý hồ sơ" in text_of(office.page(f"/office/people/{person.pk}/"))
    assert password not in office.client.get(f"/office/people/{person.pk}/").content.decode()


def test_what_was_typed_stays_and_nothing_is_written(office: Desk) -> None:
    count = Person.objects.count()
    page = office.send("/office/people/new/", new_person(office.world, login="NHAN", last="19/11/2026"))
    assert "đã có người dùng" in text_of(page.select_one("#p-login"))
    assert page.select_one("#f-full_name")["value"] == "Nguyễn Thị Hồng Ánh"
    page = office.send("/office/people/new/", new_person(office.world, last="19/11/2026"))
    assert page.select_one("#p-last")
    foreign = str(office.world.other_commune.id)
    office.send("/office/people/new/", new_person(office.world, unit=foreign), status=403)
    assert Person.objects.count() == count


def test_another_offices_person_is_not_there(office: Desk) -> None:
    office.page(address(office, "tan"), status=404)
    for rest in ("password/", "opening/"):
        office.send(address(office, "tan", rest), {}, status=404)
    office.send(address(office, "tan", "closing/"), {"reason": "x"}, status=404)
    office.send(
        address(office, "tan", "posts/"),
        {"unit": str(office.world.office.id), "role": "signer", "title": "X", "since": "20/11/2026"},
        status=404,
    )


def test_a_one_time_password_leads_to_its_change_and_nowhere_else(office: Desk) -> None:
    other = Client()
    other.login(username="nhan", password=PASSWORD)
    page = office.send(address(office, "nhan", "password/"), {}, status=200)
    password = page.select("dd .code")[1].text
    assert other.get("/desk/")["Location"].startswith("/dang-nhap/")
    new = Client()
    assert new.post("/dang-nhap/", {"login": "nhan", "password": password}).status_code == 302
    for url in ("/desk/", "/office/", "/office/absence/"):
        assert new.get(url)["Location"] == "/mat-khau/"
    assert new.get("/desk/", headers={"HX-Request": "true"})["HX-Redirect"] == "/mat-khau/"
    assert "chỉ dùng được một lần" in new.get("/mat-khau/").content.decode()
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert "phải khác mật khẩu dùng một lần" in new.post("/mat-khau/", same).content.decode()
    mine = "song-ngan-sau-2026"
    assert new.post("/mat-khau/", {"oldpassword": password, "password1": mine, "password2": mine}).status_code == 302
    assert new.get("/desk/").status_code == 200
    assert password not in str([(entry.public, entry.private) for entry in audit.entries(f"person:{Person.objects.get(login='nhan').pk}")])


def test_posts_are_given_and_ended_and_the_journal_says_so(office: Desk) -> None:
    form = {"unit": str(office.world.office.id), "role": "unit_head", "title": "Phó Chánh Văn phòng", "since": "01/12/2026", "last": ""}
    office.done(address(office, "nhan", "posts/"), form)
    assert "đã giữ vị trí này" in text_of(office.send(address(office, "nhan", "posts/"), form).select_one("#p-since"))
    number = office.world.people["nhan"].id
    page = office.send(address(office, "nhan", f"posts/{number}/ending/"), {"until": "01/01/2020"})
    assert "sớm nhất là 20/11/2026" in text_of(page.select_one("#p-until"))
    office.done(address(office, "nhan", f"posts/{number}/ending/"), {"until": "01/12/2026"})
    shown = text_of(office.page(address(office, "nhan")))
    assert "đến hết 30/11/2026" in shown
    assert "Thôi giữ vị trí" in shown
    office.page(address(office, "nhan", f"posts/{office.world.people['lan'].id}/ending/"), status=404)


def test_the_last_administrator_is_told_and_stays(office: Desk) -> None:
    own = office.world.people["quantri"]
    page = office.send(address(office, "quantri", f"posts/{own.id}/ending/"), {"until": "01/12/2026"})
    assert "người cuối cùng của Xã Vũ Quang" in text_of(page.select_one(".alert--error"))


def test_an_account_is_closed_with_a_reason_and_opened_again(office: Desk) -> None:
    assert "lý do" in text_of(office.send(address(office, "nhan", "closing/"), {"reason": " "}).select_one("#p-reason"))
    office.done(address(office, "nhan", "closing/"), {"reason": "Đi học"})
    assert "Đã khóa" in text_of(office.page(address(office, "nhan")))
    assert not Client().login(username="nhan", password=PASSWORD)
    office.done(address(office, "nhan", "opening/"), {})
    assert Client().login(username="nhan", password=PASSWORD)


def test_name_and_mail_are_edited(office: Desk) -> None:
    page = office.send(address(office, "nhan", "details/"), {"full_name": "Lê Nhàn", "email": "sai"})
    assert page.select_one("details[open] #p-email")
    assert page.select_one("#f-full_name")["value"] == "Lê Nhàn"
    office.done(address(office, "nhan", "details/"), {"full_name": "Lê Nhàn", "email": "nhan@hatinh.gov.vn"})
    assert text_of(office.page(address(office, "nhan")).h1) == "Lê Nhàn"


def test_a_substitute_is_named_for_who_did_not(office: Desk) -> None:
    lan = office.world.people["lan"]
    form = {
        "to_post_id": str(office.world.people["phuc"].id),
        "since": "23/11/2026",
        "last": "27/11/2026",
        "reason": "Ốm",
    }
    office.done(address(office, "lan", f"posts/{lan.id}/absence/"), form)
    page = office.page(address(office, "lan"))
    assert "Nguyễn Hữu Phúc" in text_of(page)
    ending = page.select_one("form[action*=absence]")
    back = office.done(ending["action"], {"person": ending.select_one("input[name=person]")["value"]})
    assert back == address(office, "lan")


def test_a_list_is_looked_at_taken_once_and_its_passwords_come_as_a_sheet(office: Desk) -> None:
    content = roster(one(), one("Đinh Văn Bình"))
    before = Person.objects.count()
    page = upload(office, content)
    assert Person.objects.count() == before
    token = page.select_one("input[name=token]")["value"]  # type: ignore[attr-defined]
    done = office.send("/office/people/import/confirming/", {"token": token}, status=200)
    assert Person.objects.count() == before + 2
    sheet = office.client.post("/office/people/import/passwords/", {"sheet": done.select_one("input[name=sheet]")["value"]})
    rows = list(load_workbook(io.BytesIO(sheet.content)).active.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["Nguyễn Thị Hồng Ánh", "Đinh Văn Bình"]
    assert all(Person.objects.get(login=row[3]).check_password(row[4]) for row in rows)
    assert "no-store" in sheet["Cache-Control"]
    office.send("/office/people/import/confirming/", {"token": token})
    assert "Không có gì mới" in text_of(upload(office, content))
    assert Person.objects.count() == before + 2


def test_wrong_rows_and_files_are_told_and_nothing_is_offered(office: Desk) -> None:
    page = upload(office, roster(one(unit="lạ")))
    assert not page.select("input[name=token]")  # type: ignore[attr-defined]
    assert "Không có đơn vị «lạ»" in text_of(page)
    assert "không phải bảng tính" in text_of(upload(office, b"xin chao", status=422))
    assert "Chọn tệp" in text_of(office.send("/office/people/import/", {}))
    office.send("/office/people/import/passwords/", {"sheet": "gia:mao"}, status=422)


def test_another_administrators_list_cannot_be_taken(office: Desk) -> None:
    token = upload(office, roster(one())).select_one("input[name=token]")["value"]  # type: ignore[attr-defined]
    identity.appoint(
        actor=office.world.actors["quantri"],
        at=NOW,
        person=Person.objects.get(login="thu"),
        unit_id=office.world.office.id,
        role="administrator",
        title="Quản trị",
        since=NOW.date(),
    )
    office.sign_in("thu")
    posts = identity.posts_of(office.world.people["thu"].person_id, on=NOW.date())
    office.done("/vi-tri/", {"post": str(posts[-1].id)})
    assert "Tải tệp lên lại" in text_of(office.send("/office/people/import/confirming/", {"token": token}))
