"""Error pages: what happened, what was kept, what to do."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_address_that_is_not_there(client: Client) -> None:
    answer = client.get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_a_form_whose_session_ended_is_told_in_vietnamese() -> None:
    answer = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"login": "x"})
    assert answer.status_code == 403
    assert "đã hết hiệu lực" in answer.content.decode()


def test_the_page_of_our_own_failure_needs_no_context() -> None:
    page = render_to_string("500.html")
    assert "Hệ thống gặp lỗi" in page
    assert "chưa được ghi" in page


def test_the_language_changes_by_the_switch_and_not_by_the_browser(client: Client, settings: Any) -> None:
    django, ours = "django.middleware.locale.LocaleMiddleware", "cchc.web.ui.middleware.LanguageMiddleware"
    settings.MIDDLEWARE = [ours if name == django else name for name in settings.MIDDLEWARE]
    answer = client.get("/", HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9")
    assert '<html lang="vi"' in answer.content.decode()
    changed = client.post("/ngon-ngu/", {"language": "en", "next": "/thu-tuc/"})
    assert changed["Location"] == "/thu-tuc/"
    assert '<html lang="en"' in client.get("/").content.decode()
    assert client.post("/ngon-ngu/", {"language": "xx", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_the_content_policy_allows_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
