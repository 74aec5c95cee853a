"""The office's room of API keys: issued with the secret shown once, seen in use, ended with a reason."""

from datetime import timedelta

from django.test import Client

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.web.ui.rooms import ROOMS
from tests.web.desk.conftest import Desk
from tests.world import NOW

URL = "/office/keys/"
LAST = "31/12/2026"


def issue(office: Desk, **changes: str) -> str:
    """Issue a key for the officer of the centre through the form, and return the secret that the page shows."""
    post = office.world.people["nhan"].id
    page = office.send(f"{URL}new/", {"name": "Kho dữ liệu của tỉnh", "post_id": str(post), "last": LAST, **changes}, status=200)
    shown = page.select_one("[data-secret]")
    return shown.get_text() if shown else ""


def test_before_the_first_key_the_page_says_what_keys_are_for(office: Desk) -> None:
    page = office.page(URL)
    assert "Chưa có khóa API nào" in page.get_text()
    assert page.select_one(f"a[href='{URL}new/']")


def test_the_secret_is_shown_once_and_opens_what_the_post_may_see(office: Desk) -> None:
    secret = issue(office)
    assert identity.holder_of_key(secret, at=NOW).actor.post_id == office.world.people["nhan"].id
    listed = office.page(URL).get_text()
    assert secret not in listed
    assert secret[:13] in listed
    assert "Kho dữ liệu của tỉnh" in listed
    assert "31/12/2026" in listed
    assert Client().get("/api/cases", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_the_last_use_is_seen(office: Desk) -> None:
    secret = issue(office)
    assert "chưa dùng" in office.page(URL).get_text()
    identity.holder_of_key(secret, at=NOW)
    page = office.page(URL)
    assert "chưa dùng" not in page.get_text()
    assert f"{NOW:%d/%m/%Y}" in page.select_one("td[data-label='Dùng lần cuối']").get_text()


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(office: Desk) -> None:
    page = office.send(f"{URL}new/", {"name": "Kho dữ liệu", "post_id": "", "last": "31/31/2026"}, status=422)
    assert page.select_one("#f-name")["value"] == "Kho dữ liệu"
    assert page.select_one("#f-last")["value"] == "31/31/2026"
    assert "Chọn vị trí mà khóa đọc thay." in page.get_text()
    late = office.send(f"{URL}new/", {"name": "Kho", "post_id": str(office.world.people["nhan"].id), "last": "31/12/2030"}, status=422)
    assert "từ một ngày đến 366 ngày" in late.get_text()
    foreign = office.world.people["tan"].id
    office.send(f"{URL}new/", {"name": "Kho", "post_id": str(foreign), "last": LAST}, status=403)
    assert identity.keys_of(None, on=NOW.date()) == ()


def test_a_key_is_ended_with_a_reason_kept_in_the_journal(office: Desk) -> None:
    prefix = issue(office)[:13]
    assert "Nhập lý do thu hồi." in office.send(f"{URL}{prefix}/revocation/", {"reason": " "}, status=422).get_text()
    assert office.done(f"{URL}{prefix}/revocation/", {"reason": "Lộ khóa"}) == URL
    (key,) = identity.keys_of(None, on=NOW.date())
    assert key.state is identity.KeyState.REVOKED
    page = office.page(URL)
    assert "Đã thu hồi" in page.get_text()
    assert not page.select(f"a[href$='{prefix}/revocation/']")
    entry = audit.entries(f"person:{office.world.people['nhan'].person_id}")[-1]
    assert (entry.act, entry.public["key"]) == ("key_revoked", prefix)
    assert "đã thu hồi từ trước" in office.send(f"{URL}{prefix}/revocation/", {"reason": "Lần nữa"}, status=422).get_text()


def test_keys_of_other_agencies_are_neither_seen_nor_ended(office: Desk) -> None:
    foreign = office.world.people["tan"].id
    until = NOW.date() + timedelta(days=30)
    secret = identity.issue_key(actor=Actor.system("thử"), at=NOW, post_id=foreign, name="Khóa nơi khác", until=until)
    assert "Khóa nơi khác" not in office.page(URL).get_text()
    office.page(f"{URL}{secret[:13]}/revocation/", status=404)


def test_the_room_is_for_who_issues_keys(desk: Desk) -> None:
    room = next(room for room in ROOMS if room.url == "office:keys")
    assert room.rights == ("identity:key:issue",)
    for login in ("nhan", "khai"):
        desk.sign_in(login).page(URL, status=403)
