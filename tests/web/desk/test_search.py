"""Looking a case up, opening a number, returning results, and the papers."""

from datetime import timedelta

import pytest

from cchc.cases import api as cases
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.forms import filled
from tests.world import NOW, citizen, intake

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def receive(desk: Desk, **changes: object) -> str:
    return cases.receive(actor=desk.world.counter, at=NOW - HOUR, intake=intake(**changes))


def ready(desk: Desk, **changes: object) -> str:
    code = receive(desk, **changes)
    cases.forward(actor=desk.world.counter, at=NOW - HOUR, code=code, unit_id=desk.world.office.id)
    cases.assign(actor=desk.world.head, at=NOW - HOUR, code=code, post_id=desk.world.people["phuc"].id)
    cases.submit(actor=desk.world.officer, at=NOW - HOUR, code=code, post_id=desk.world.people["khai"].id)
    cases.approve(actor=desk.world.chairman, at=NOW - HOUR, code=code, number="12/XNTTHN")
    return code


def scanned(desk: Desk, code: str) -> str:
    secret = cases.case(code=code, actor=desk.world.counter, at=NOW).secret
    return f"http://testserver/ho-so/{code}/{secret}/"


@pytest.mark.parametrize("typed", ["bich ngoc", "042 198 000 317", "H27.112-2611"])
def test_a_case_is_found_as_people_type(desk: Desk, typed: str) -> None:
    code = receive(desk)
    receive(desk, owner=citizen("Trần Thị Hòa", "042169000208", None))
    assert code in [item.text for item in desk.page("/desk/cases/", q=typed).select("a.code")]


def test_a_whole_code_or_a_scanned_receipt_opens_the_case(desk: Desk) -> None:
    code = receive(desk)
    for typed in (code.lower(), scanned(desk, code)):
        answer = desk.client.get("/desk/cases/", {"q": typed})
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/cases/{code}/")


def test_pages_follow_one_another_newest_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc.cases.queries.lists.PAGE", 2)
    codes = [receive(desk) for _ in range(3)]
    first = desk.page("/desk/cases/")
    assert [item.text for item in first.select("a.code")] == codes[:0:-1]
    second = desk.page("/desk/cases/" + first.select_one("a[rel=next]")["href"])
    assert [item.text for item in second.select("a.code")] == codes[:1]
    assert second.select_one("a[rel=next]") is None


def test_an_unknown_figure_and_a_broken_page_key(desk: Desk) -> None:
    assert "Không có số liệu" in text_of(desk.page("/desk/cases/?figure=x", status=404))
    desk.page("/desk/cases/?before=abc")
    assert "bằng 0" in text_of(desk.page("/desk/cases/?figure=cases.late_now"))


def test_results_wait_and_early_ones_are_announced_first(desk: Desk) -> None:
    code = ready(desk)
    page = desk.page("/desk/results/")
    assert "trước hẹn, báo đến nhận" in text_of(page.select_one("tbody"))
    assert page.select_one(f"a[href='/desk/cases/{code}/handover/']")


def test_a_scanned_receipt_brings_the_form_and_the_desk_goes_on(desk: Desk) -> None:
    code = ready(desk)
    ready(desk, owner=citizen("Trần Thị Hòa", "042169000208", None))
    answer = desk.client.get("/desk/results/", {"q": scanned(desk, code)})
    assert answer["Location"] == f"/desk/results/?q={code}"
    form = desk.page(answer["Location"]).select_one("main form[method=post]")
    assert desk.done(str(form["action"]), filled(form)) == "/desk/results/"
    page = desk.page("/desk/results/")
    assert f"Đã trả kết quả {code}" in text_of(page.select_one(".messages"))
    assert "1 kết quả chờ trả" in text_of(page.h1)


def test_a_case_without_a_result_is_said_where_it_is(desk: Desk) -> None:
    code = receive(desk)
    assert "Chưa có kết quả để trả" in text_of(desk.page("/desk/results/", q=code).select_one(".alert"))
    assert "Không có kết quả nào khớp" in text_of(desk.page("/desk/results/", q="khong co"))
    assert desk.page("/desk/results/").select_one(".empty")


def test_only_who_hands_over_sees_the_results_page(desk: Desk) -> None:
    desk.sign_in("phuc").page("/desk/results/", status=403)


def test_a_paper_is_a_pdf_for_those_who_may_read_its_case(desk: Desk) -> None:
    code = receive(desk)
    paper = cases.case(code=code, actor=desk.world.counter, at=NOW).issued[0]
    answer = desk.client.get(f"/desk/papers/{paper.id}/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "private, no-store"
    assert desk.client.get(f"/desk/papers/{paper.id}/").content == answer.content
    desk.sign_in("tan").page(f"/desk/papers/{paper.id}/", status=403)
    desk.page("/desk/papers/00000000-0000-4000-8000-000000000000/", status=404)


def test_the_guidance_slip_is_printed(desk: Desk) -> None:
    answer = desk.client.get("/desk/procedures/1.004873/guide/")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    desk.page("/desk/procedures/9.999999/guide/", status=404)
