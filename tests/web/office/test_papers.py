"""The room of paper templates: read, tried, kept."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cchc.documents import api as documents
from cchc.identity import api as identity
from cchc.identity.models import Person
from cchc.kernel.actor import Actor
from cchc.kernel.local import local_date
from tests.world import NOW, World

FORM = {"title": "Văn bản xin lỗi", "series": "XL", "confidence": "own", "since": "21/11/2026", "do": "keep"}


@pytest.fixture
def office(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return the browser of somebody who may edit forms."""
    monkeypatch.setattr("cchc.web.ui.middleware.timezone", SimpleNamespace(now=lambda: NOW))
    client.force_login(Person.objects.get(login="nhan"))
    real = identity.actor_for

    def able(*args: Any, **kwargs: Any) -> Actor:
        actor = real(*args, **kwargs)
        return Actor(**{**vars(actor), "rights": actor.rights | {"documents:template:edit"}})

    monkeypatch.setattr("cchc.web.ui.middleware.identity.actor_for", able)
    return client


def page(answer: Any, status: int = 200) -> str:
    """Return the words of an answer."""
    assert answer.status_code == status, answer.content.decode()[:2000]
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_every_form_is_listed_with_its_circular_and_how_sure_we_are(office: Client) -> None:
    words = page(office.get(reverse("office:papers")))
    for label in (form.title for form in documents.forms_on(local_date(NOW))):
        assert label in words
    assert "Mẫu số 04, Thông tư 03/2025/TT-VPCP" in words
    assert "chưa đối chiếu mẫu hiện hành" in words


def test_the_list_takes_the_same_queries_however_long(office: Client, django_assert_max_num_queries: Any) -> None:
    office.get(reverse("office:papers"))
    with django_assert_max_num_queries(14):
        office.get(reverse("office:papers"))


def test_a_form_shows_its_fields_its_history_and_its_sample(office: Client) -> None:
    words = page(office.get(reverse("office:paper_form", args=["apology_extension"])))
    assert "data.late_unit Cơ quan, đơn vị chậm giải quyết" in words
    assert "Phiếu xin lỗi" in words or "Mẫu số 04, Thông tư 01/2018/TT-VPCP" in words
    assert office.get(reverse("office:paper_sample", args=["apology_extension"])).content.startswith(b"%PDF-")
    assert office.get(reverse("office:paper_picture", args=["apology_extension"])).content.startswith(b"\x89PNG")
    assert office.get(reverse("office:paper_sample", args=["apology_extension"]), {"row": "x"}).status_code == 200
    assert office.get(reverse("office:paper_form", args=["khong-co"])).status_code == 404


def test_a_change_is_tried_and_what_was_typed_stays(office: Client) -> None:
    url = reverse("office:paper_revision", args=["apology"])
    text = documents.form_on("apology", local_date(NOW)).text
    answer = office.post(url, {**FORM, "layout_source": text.replace("Sự việc", "Việc đã xảy ra"), "do": "preview"})
    assert "Xem thử, chưa ghi" in page(answer)
    assert b"data:image/png;base64," in answer.content
    assert "Việc đã xảy ra" in BeautifulSoup(answer.content, "html.parser").select_one("textarea[name=layout_source]").text  # type: ignore[union-attr]
    assert not documents.form_on("apology", local_date(NOW)).history[0].is_own


def test_an_error_is_told_at_the_text_with_its_line(office: Client) -> None:
    url = reverse("office:paper_revision", args=["apology"])
    for do in ("preview", "keep"):
        answer = office.post(url, {**FORM, "layout_source": '#import "letter.typ": *\n#show: lettered\n#khong_co', "do": do})
        words = page(answer, 422)
        assert "Dòng 3, cột" in words
        assert "unknown variable" in words


def test_new_words_are_kept_from_their_day(office: Client) -> None:
    url = reverse("office:paper_revision", args=["apology"])
    text = documents.form_on("apology", local_date(NOW)).text
    answer = office.post(url, {**FORM, "title": "Thư xin lỗi", "layout_source": text})
    assert answer.status_code == 302, page(answer, answer.status_code)
    words = page(office.get(answer["Location"]))
    assert "dùng từ ngày 21/11/2026" in words
    assert "Cơ quan đã sửa" in words


def test_who_may_not_edit_forms_does_not_enter(world: World, client: Client) -> None:
    client.force_login(Person.objects.get(login="nhan"))
    for name, args in (("papers", []), ("paper_form", ["apology"]), ("paper_sample", ["apology"]), ("paper_revision", ["apology"])):
        assert client.get(reverse(f"office:{name}", args=args)).status_code == 403
