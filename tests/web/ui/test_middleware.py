"""A page that is only looked at reads what stands still once; an act reads it anew every time."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cchc.kernel.standing import kept
from cchc.web.ui.middleware import ActorMiddleware

asked: list[str] = []


@kept
def reading(name: str) -> str:
    asked.append(name)
    return name


def read_twice(_request: HttpRequest) -> HttpResponse:
    reading("đơn vị")
    reading("đơn vị")
    return HttpResponse()


def times(method: str) -> int:
    asked.clear()
    ActorMiddleware(read_twice)(RequestFactory().generic(method, "/"))
    return len(asked)


def test_a_page_reads_once_and_an_act_every_time() -> None:
    assert [times(method) for method in ("GET", "HEAD", "POST", "DELETE")] == [1, 1, 2, 2]


def test_nothing_is_kept_from_one_page_to_the_next() -> None:
    assert (times("GET"), times("GET")) == (1, 1)
