"""Signing in and out."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db


def test_signing_in_leads_where_one_was_going(client: Client, world: World) -> None:
    answer = client.post("/dang-nhap/", {"login": "nhan", "password": PASSWORD, "next": "/mat-khau/"})
    assert (answer.status_code, answer["Location"]) == (302, "/mat-khau/")


def test_the_sign_in_name_may_be_typed_in_capitals(client: Client, world: World) -> None:
    assert client.post("/dang-nhap/", {"login": "NHAN", "password": PASSWORD}).status_code == 302


def test_a_wrong_password_is_told_in_vietnamese_and_the_name_is_kept(client: Client, world: World) -> None:
    page = client.post("/dang-nhap/", {"login": "nhan", "password": "sai mật khẩu"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
    assert 'value="nhan"' in page
    assert "sai mật khẩu" not in page


def test_who_is_locked_out_is_told_to_wait_and_not_that_the_password_is_wrong(client: Client, world: World) -> None:
    cache.clear()
    for _ in range(6):
        client.post("/dang-nhap/", {"login": "nhan", "password": "sai mật khẩu"})
    page = client.post("/dang-nhap/", {"login": "nhan", "password": PASSWORD}).content.decode()
    assert "Đợi 5 phút rồi thử lại" in page
    assert "mật khẩu không đúng" not in page
    cache.clear()


def test_signing_out_needs_a_press(client: Client, world: World) -> None:
    client.login(username="nhan", password=PASSWORD)
    assert client.get("/dang-xuat/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/dang-xuat/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_new_password_is_taken_and_a_weak_one_refused(client: Client, world: World) -> None:
    client.login(username="nhan", password=PASSWORD)
    new = "hop-mot-cua-khac-2027"
    weak = client.post("/mat-khau/", {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"})
    assert "Chưa đổi được mật khẩu" in weak.content.decode()
    wrong = client.post("/mat-khau/", {"oldpassword": "không phải", "password1": new, "password2": new})
    assert "Mật khẩu hiện tại không đúng" in wrong.content.decode()
    other = client.post("/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new + "x"})
    assert "không giống nhau" in other.content.decode()
    assert client.post("/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code == 302
    assert Client().login(username="nhan", password=new)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_nobody_signs_up_or_resets_by_mail(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
