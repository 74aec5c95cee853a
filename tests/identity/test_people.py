"""People are kept by their own office, and no office locks itself out."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.audit import api as audit
from cchc.identity import api as identity
from cchc.identity.adapter import AccountAdapter
from cchc.identity.models import Person, Post
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Invalid, NotAllowed, NotFound, Refused
from cchc.kernel.local import VIETNAM
from tests.world import FOUNDED, NOW, World

TODAY = NOW.date()


@pytest.fixture
def admin(world: World) -> Actor:
    return world.actors["quantri"]


def find(actor: Actor, **asked: object) -> list[str]:
    return [row.full_name for row in identity.find_people(actor=actor, on=TODAY, **asked).rows]  # type: ignore[arg-type]


def second_admin(world: World) -> Post:
    return identity.appoint(
        actor=world.actors["quantri"],
        at=NOW,
        person=Person.objects.get(login="thu"),
        unit_id=world.office.id,
        role="administrator",
        title="Quản trị dự phòng",
        since=FOUNDED,
    )


def test_only_ones_own_people_are_seen(world: World, admin: Actor) -> None:
    assert "Hồ Sỹ Tân" not in find(admin)
    assert find(world.stranger) == ["Hồ Sỹ Tân"]
    assert identity.person_row(world.people["tan"].person_id, actor=admin) is None


def test_they_are_found_without_accents_by_unit_by_role_and_without_a_post(world: World, admin: Actor) -> None:
    assert find(admin, q="thi NHAN") == find(admin, q="Nhàn Thị") == find(admin, q="nhan") == ["Lê Thị Thanh Nhàn"]
    assert find(admin, unit_id=world.centre.id) == ["Lê Thị Thanh Nhàn"]
    assert find(admin, role="signer") == ["Trần Đình Khải"]
    assert find(admin, idle=True) == []
    Post.objects.filter(pk=world.people["nhan"].id).update(period=(FOUNDED, TODAY))
    assert find(admin, idle=True) == ["Lê Thị Thanh Nhàn"]


def test_finding_costs_three_queries_however_many_there_are(world: World, admin: Actor) -> None:
    for number in range(60):
        identity.create_person(actor=admin, at=NOW, login=f"nguoi{number}", full_name="Nguyễn Văn Đông", password=None)
    with CaptureQueriesContext(connection) as spent:
        page = identity.find_people(actor=admin, on=TODAY)
    assert (len(spent), len(page.rows), page.following) == (3, 50, 50)


def test_a_higher_offices_person_is_not_taken_over_through_a_small_post(world: World, admin: Actor) -> None:
    tan = Person.objects.get(login="tan")
    identity.appoint(actor=admin, at=NOW, person=tan, unit_id=world.office.id, role="reform_officer", title="Kiêm nhiệm", since=TODAY)
    for act in (
        lambda: identity.reset_password(actor=admin, at=NOW, person_id=tan.pk),
        lambda: identity.close_account(actor=admin, at=NOW, person_id=tan.pk, reason="x"),
        lambda: identity.edit_person(actor=admin, at=NOW, person_id=tan.pk, full_name="Khác", email=""),
    ):
        with pytest.raises(NotAllowed, match="còn giữ vị trí ở Trung tâm"):
            act()


def test_other_offices_people_are_not_there(world: World, admin: Actor) -> None:
    with pytest.raises(NotFound):
        identity.reset_password(actor=admin, at=NOW, person_id=world.people["tan"].person_id)
    with pytest.raises(NotAllowed):
        identity.reset_password(actor=world.head, at=NOW, person_id=world.people["nhan"].person_id)


def test_a_one_time_password_opens_is_nowhere_kept_and_must_be_changed(world: World, admin: Actor) -> None:
    nhan = world.people["nhan"].person_id
    session = Person.objects.get(pk=nhan).get_session_auth_hash()
    password = identity.reset_password(actor=admin, at=NOW, person_id=nhan)
    person = Person.objects.get(pk=nhan)
    assert person.check_password(password)
    assert person.must_change_password
    assert person.get_session_auth_hash() != session
    assert password not in str([(entry.public, entry.private) for entry in audit.entries(f"person:{nhan}")])
    with pytest.raises(ValidationError):
        AccountAdapter().clean_password(password, person)
    AccountAdapter().set_password(person, "mot-mat-khau-khac-2026")
    assert not Person.objects.get(pk=nhan).must_change_password


def test_quick_hashing_is_real_scrypt_that_signing_in_renews(world: World, admin: Actor, settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # type: ignore[attr-defined]
    password = identity.reset_password(actor=admin, at=NOW, person_id=world.people["nhan"].person_id)
    person = Person.objects.get(login="nhan")
    assert person.password.startswith("scrypt$")
    assert person.check_password(password)
    assert person.password.split("$")[1] != "1024"
    assert person.must_change_password


def test_a_closed_account_gives_nothing_and_opens_again(world: World, admin: Actor) -> None:
    nhan = world.people["nhan"]
    identity.close_account(actor=admin, at=NOW, person_id=nhan.person_id, reason="Đi học dài hạn")
    assert identity.post_on(nhan.id, TODAY) is None
    with pytest.raises(NotAllowed):
        identity.actor_for(Person.objects.get(login="nhan"), at=NOW)
    identity.reopen_account(actor=admin, at=NOW, person_id=nhan.person_id)
    assert identity.post_on(nhan.id, TODAY) == nhan
    acts = [entry.act for entry in audit.entries(f"person:{nhan.person_id}")]
    assert acts[-2:] == ["account_closed", "account_reopened"]


def test_the_last_administrator_stays(world: World, admin: Actor) -> None:
    own = world.people["quantri"]
    with pytest.raises(Refused, match="người cuối cùng của Xã Vũ Quang"):
        identity.end_post(actor=admin, at=NOW, post_id=own.id, until=date(2026, 12, 1))
    with pytest.raises(Refused, match="người cuối cùng"):
        identity.close_account(actor=Actor.system("thử"), at=NOW, person_id=own.person_id, reason="x")
    backup = second_admin(world)
    with pytest.raises(Refused, match="chính mình"):
        identity.close_account(actor=admin, at=NOW, person_id=own.person_id, reason="x")
    identity.end_post(actor=admin, at=NOW, post_id=own.id, until=date(2026, 12, 1))
    with pytest.raises(Refused, match="người cuối cùng"):
        identity.end_post(actor=admin, at=NOW, post_id=backup.pk, until=date(2026, 12, 2))


def test_a_post_ends_from_a_day_on_and_never_in_the_past(world: World, admin: Actor) -> None:
    nhan = world.people["nhan"]
    with pytest.raises(Refused, match="sớm nhất là 20/11/2026"):
        identity.end_post(actor=admin, at=NOW, post_id=nhan.id, until=date(2026, 11, 19))
    identity.end_post(actor=admin, at=NOW, post_id=nhan.id, until=date(2026, 12, 1))
    assert identity.post_on(nhan.id, date(2026, 11, 30)) is not None
    assert identity.post_on(nhan.id, date(2026, 12, 1)) is None
    with pytest.raises(Refused, match="đã kết thúc từ 01/12/2026"):
        identity.end_post(actor=admin, at=datetime(2026, 12, 5, 8, 0, tzinfo=VIETNAM), post_id=nhan.id, until=date(2026, 12, 6))


def test_an_appointment_that_has_not_begun_is_taken_back(world: World, admin: Actor) -> None:
    thu = Person.objects.get(login="thu")
    begins = date(2026, 12, 1)
    post = identity.appoint(actor=admin, at=NOW, person=thu, unit_id=world.office.id, role="signer", title="X", since=begins)
    identity.end_post(actor=admin, at=NOW, post_id=post.pk, until=begins)
    assert not Post.objects.filter(pk=post.pk).exists()
    assert audit.entries(f"person:{thu.pk}")[-1].act == "appointment_withdrawn"


def test_names_and_mail_are_checked_and_the_same_again_writes_nothing(world: World, admin: Actor) -> None:
    nhan = world.people["nhan"].person_id
    with pytest.raises(Invalid) as error:
        identity.edit_person(actor=admin, at=NOW, person_id=nhan, full_name="=1+1", email="khong phai")
    assert set(error.value.problems) == {"full_name", "email"}
    identity.edit_person(actor=admin, at=NOW, person_id=nhan, full_name="Lê Thị Nhàn", email="nhan@hatinh.gov.vn")
    assert find(admin, q="le thi nhan") == ["Lê Thị Nhàn"]
    count = len(audit.entries(f"person:{nhan}"))
    identity.edit_person(actor=admin, at=NOW, person_id=nhan, full_name="Lê Thị Nhàn", email="nhan@hatinh.gov.vn")
    assert len(audit.entries(f"person:{nhan}")) == count


def test_others_ask_who_is_there(world: World) -> None:
    assert {post.name for post in identity.people_of([world.centre.id, world.office.id], TODAY)} == {
        "Lê Thị Thanh Nhàn",
        "Võ Thị Lan",
        "Nguyễn Hữu Phúc",
        "Đặng Thị Thu",
    }
    assert identity.count_posts([world.office.id], TODAY) == 3
    assert identity.count_posts([world.office.id], date(2025, 12, 31)) == 0


@pytest.mark.parametrize(
    ("name", "login"),
    [("Lê Thị Thanh Nhàn", "nhan.ltt"), ("Đỗ Ước", "uoc.d"), ("Hoà", "hoa"), ("Nguyễn  Văn Ý", "y.nv")],
)
def test_sign_in_names_are_made_from_names(name: str, login: str) -> None:
    assert identity.proposed_login(name, ()) == login
    assert identity.proposed_login(name, {login, f"{login}2"}) == f"{login}3"
