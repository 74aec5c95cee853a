"""Who may open a page, and what the others are told."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from cchc.identity import api as identity
from cchc.kernel.actor import Actor
from cchc.kernel.errors import Conflict, NotFound, Refused
from cchc.web.ui.access import OWN, needs, public, signed_in
from cchc.web.ui.limits import limited
from tests.world import FOUNDED, NOW, PASSWORD, World

pytestmark = pytest.mark.django_db


@needs("cases:case:receive")
def receiving(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.actor.post)  # type: ignore[attr-defined]


@needs("identity:post:appoint")
def appointing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@public("thử")
@limited("thu", per_client=3, overall=100, seconds=3600)
def counted(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@public("thử")
def refusing(request: HttpRequest) -> HttpResponse:
    raise {
        "conflict": Conflict("Đã có người chuyển hồ sơ này."),
        "gone": NotFound("Không có hồ sơ này."),
        "no": Refused("Chưa đủ giấy tờ."),
    }[request.GET["why"]]


urlpatterns = [
    path("", include("config.urls")),
    path("thu/nhan/", receiving),
    path("thu/giao/", appointing),
    path("thu/dem/", counted),
    path("thu/tu-choi/", refusing),
]


@pytest.fixture(autouse=True)
def _urls(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


def signed(client: Client, login: str = "nhan") -> Client:
    assert client.login(username=login, password=PASSWORD)
    return client


def test_each_declaration_is_on_the_view() -> None:
    assert receiving.right == "cases:case:receive"  # type: ignore[attr-defined]
    assert signed_in("x")(counted).right == OWN  # type: ignore[attr-defined]
    assert counted.public == "thử"  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="module:thing:verb"):
        needs("receive")


def test_a_stranger_signs_in_first_and_comes_back(client: Client) -> None:
    answer = client.get("/thu/nhan/?a=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/dang-nhap/?next=%2Fthu%2Fnhan%2F%3Fa%3D1"


def test_a_fragment_sends_the_whole_page_to_sign_in(client: Client) -> None:
    answer = client.get("/thu/nhan/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/desk/?q=1")
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/dang-nhap/?next=%2Fdesk%2F%3Fq%3D1"


def test_the_right_opens_the_page_and_keeps_it_private(client: Client, world: World) -> None:
    answer = signed(client).get("/thu/nhan/")
    assert answer.content.decode() == "Công chức tiếp nhận, quầy 3 @ H27.112.01"
    assert "no-store" in answer["Cache-Control"]


def test_without_the_right_the_page_names_it_and_who_gives_it(client: Client, world: World) -> None:
    system = Actor.system("thử")
    admin = identity.create_person(actor=system, at=NOW, login="quantri2", full_name="Phan Thị Quản", password=PASSWORD)
    identity.appoint(actor=system, at=NOW, person=admin, unit_id=world.office.id, role="administrator", title="Quản trị", since=FOUNDED)
    answer = signed(client).get("/thu/giao/")
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 403
    assert "Giao vị trí công tác" in page.text
    assert "Phan Thị Quản" in page.text


def test_a_person_without_a_post_is_told_so(client: Client, world: World) -> None:
    identity.create_person(actor=Actor.system("thử"), at=NOW, login="moi", full_name="Lê Mới", password=PASSWORD)
    answer = signed(client, "moi").get("/thu/nhan/")
    assert answer.status_code == 403
    assert "Lê Mới không giữ vị trí nào" in answer.content.decode()


def test_several_posts_can_be_changed_between(client: Client, world: World) -> None:
    system, post = Actor.system("thử"), world.people["nhan"]
    person = identity.appoint(
        actor=system,
        at=NOW,
        person=_person(post.person_id),
        unit_id=world.office.id,
        role="administrator",
        title="Quản trị kiêm nhiệm",
        since=FOUNDED,
    )
    assert signed(client).get("/thu/giao/").status_code == 403
    answer = client.post("/vi-tri/", {"post": person.pk, "next": "/thu/giao/"})
    assert answer["Location"] == "/thu/giao/"
    assert client.get("/thu/giao/").status_code == 200
    assert client.post("/vi-tri/", {"post": world.people["tan"].id}).status_code == 422
    assert client.post("/vi-tri/", {"post": person.pk, "next": "https://elsewhere.example/"})["Location"] == "/desk/"


def test_a_post_that_ended_is_no_longer_acted_in(client: Client, world: World) -> None:
    session = signed(client).session
    session["post"] = 10_000_000
    session.save()
    assert client.get("/thu/nhan/").status_code == 200


@pytest.mark.parametrize(
    ("why", "status", "words"),
    [("conflict", 409, "Đã có người chuyển"), ("gone", 404, "Không có hồ sơ này"), ("no", 422, "Chưa đủ giấy tờ")],
)
def test_a_refusal_nobody_caught_becomes_a_page(client: Client, why: str, status: int, words: str) -> None:
    answer = client.get("/thu/tu-choi/", {"why": why})
    assert answer.status_code == status
    assert words in answer.content.decode()


@override_settings(SECURE_PROXY_SSL_HEADER=None)
def test_too_many_questions_wait(client: Client) -> None:
    assert [client.get("/thu/dem/").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/thu/dem/", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert answer.status_code == 429, "a forwarded address is not believed without a proxy of ours"
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert client.get("/thu/dem/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_a_post_needs_a_day(world: World) -> None:
    assert identity.posts_of(world.people["nhan"].person_id, on=date(2020, 1, 1)) == ()


def _person(person_id: Any) -> Any:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (models need Django to be set up)

    return get_user_model().objects.get(pk=person_id)
