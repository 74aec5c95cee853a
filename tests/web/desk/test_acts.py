"""The acts on a case: one small form each, the straight life walked without script, two people at once."""

from datetime import timedelta
from typing import Any

import pytest

from cchc.cases import api as cases
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.forms import filled
from tests.world import NOW, intake

pytestmark = pytest.mark.django_db
ACTS = ("forwarding", "assignment", "submission", "approval", "handover", "acceptance")


@pytest.fixture
def code(desk: Desk) -> str:
    """Return a case received an hour ago."""
    return cases.receive(actor=desk.world.counter, at=NOW - timedelta(hours=1), intake=intake())


def form_of(desk: Desk, url: str, **changes: Any) -> dict[str, Any]:
    return filled(desk.page(url).select_one("main form[data-once]"), **changes)


def stage(desk: Desk, code: str) -> cases.Stage:
    return cases.case(code=code, actor=desk.world.counter, at=desk.at).row.stage


def test_the_straight_life_by_forms_alone(desk: Desk, code: str) -> None:
    way = (
        ("nhan", "forwarding", {}),
        ("lan", "assignment", {"post_id": str(desk.world.people["phuc"].id)}),
        ("phuc", "submission", {"note": "Đã đối chiếu sổ gốc"}),
        ("khai", "approval", {"number": "12/XNTTHN"}),
        ("nhan", "handover", {}),
    )
    for login, noun, answers in way:
        desk.at += timedelta(minutes=5)
        desk.sign_in(login)
        assert desk.page(f"/desk/cases/{code}/").select_one(f".act[href$='/{noun}/']"), noun
        url = f"/desk/cases/{code}/{noun}/"
        assert desk.done(url, form_of(desk, url, **answers)) == f"/desk/cases/{code}/"
    case = cases.case(code=code, actor=desk.world.counter, at=desk.at)
    assert (case.row.stage, case.result_number, case.receiver) == (cases.Stage.RETURNED, "12/XNTTHN", "Đỗ Thị Bích Ngọc")
    assert case.row.timeliness is cases.Timeliness.EARLY


def test_two_people_at_once_the_slower_is_told_and_keeps_what_was_typed(desk: Desk, code: str) -> None:
    url = f"/desk/cases/{code}/forwarding/"
    slow = form_of(desk, url, note="Chuyển gấp trong chiều nay")
    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    page = desk.send(url, slow, status=409)
    assert "Hồ sơ vừa thay đổi: «Chuyển xử lý» lúc 14:32 thứ Sáu 20/11/2026" in text_of(page.select_one(".alert--error"))
    assert page.select_one("#f-note").text.strip() == "Chuyển gấp trong chiều nay"
    assert page.select_one("main form button[type=submit]") is None
    assert stage(desk, code) is cases.Stage.PROCESSING


def test_an_act_that_is_no_longer_open_leads_back_to_the_case(desk: Desk, code: str) -> None:
    answer = desk.client.get(f"/desk/cases/{code}/handover/", follow=True)
    assert answer.redirect_chain == [(f"/desk/cases/{code}/", 302)]
    assert "không làm được" in answer.content.decode()


@pytest.mark.parametrize(("login", "noun", "field"), [("nhan", "forwarding", "unit_id"), ("lan", "assignment", "post_id")])
def test_nothing_chosen_is_told_at_its_place(desk: Desk, code: str, login: str, noun: str, field: str) -> None:
    if noun == "assignment":
        cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    url = f"/desk/cases/{code}/{noun}/"
    desk.sign_in(login)
    page = desk.send(url, form_of(desk, url, **{field: None}, note="Ghi chú"))
    assert page.select_one(f"#p-{field}")
    assert page.select_one("#f-note").text.strip() == "Ghi chú"
    for nonsense in ("x", "999999999"):
        desk.send(url, form_of(desk, url, **{field: nonsense}))


def test_a_result_goes_to_somebody(desk: Desk, code: str) -> None:
    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    cases.assign(actor=desk.world.head, at=NOW, code=code, post_id=desk.world.people["phuc"].id)
    cases.submit(actor=desk.world.officer, at=NOW, code=code, post_id=desk.world.people["khai"].id)
    cases.approve(actor=desk.world.chairman, at=NOW, code=code)
    url = f"/desk/cases/{code}/handover/"
    assert "Giấy ủy quyền, nếu người nhận không phải Đỗ Thị Bích Ngọc" in text_of(desk.page(url))
    page = desk.send(url, form_of(desk, url, receiver=" "))
    assert text_of(page.select_one("#p-receiver")) == "Nhập họ tên người nhận kết quả."


def test_a_supplemented_file_is_accepted_when_all_is_there(desk: Desk) -> None:
    code = cases.ask_supplement(
        actor=desk.world.counter,
        at=NOW - timedelta(hours=1),
        intake=intake(missing=(1,)),
        items=["Tờ khai"],
        reason="Thiếu",
    )
    url = f"/desk/cases/{code}/acceptance/"
    page = desk.send(url, form_of(desk, url))
    assert "Vẫn còn thiếu: Tờ khai" in text_of(page.select_one(".alert--error"))
    assert desk.done(url, form_of(desk, url, p1="1", p1_originals="1")) == f"/desk/cases/{code}/?issued=1"
    case = cases.case(code=code, actor=desk.world.counter, at=NOW)
    assert case.row.stage is cases.Stage.ACCEPTED
    assert desk.page(f"/desk/cases/{code}/?issued=1").select_one("a[autofocus]")


@pytest.mark.parametrize("noun", ACTS)
def test_each_act_asks_for_its_right(desk: Desk, code: str, noun: str) -> None:
    url = f"/desk/cases/{code}/{noun}/"
    desk.sign_in("thu").page(url, status=403)
    desk.send(url, {"seen": "1"}, status=403)


def test_a_case_of_another_commune_cannot_be_touched(desk: Desk, code: str) -> None:
    url = f"/desk/cases/{code}/forwarding/"
    desk.sign_in("tan").page(url, status=403)
    desk.send(url, {"seen": "1", "unit_id": str(desk.world.office.id)}, status=403)
    assert stage(desk, code) is cases.Stage.ACCEPTED


def test_a_move_is_taken_back_from_the_message_that_tells_of_it(desk: Desk, code: str) -> None:
    url = f"/desk/cases/{code}/forwarding/"
    page = desk.page(desk.done(url, form_of(desk, url)))
    recall = page.select_one(".messages a")
    assert recall is not None
    assert recall["href"] == f"/desk/cases/{code}/recall/"
    desk.done(recall["href"], form_of(desk, recall["href"], note="Nhầm đơn vị"))
    assert cases.case(code=code, actor=desk.world.counter, at=desk.at).row.step is cases.Step.FORWARD


def test_what_cannot_be_taken_back_offers_no_link(desk: Desk, code: str) -> None:
    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    cases.assign(actor=desk.world.head, at=NOW, code=code, post_id=desk.world.people["phuc"].id)
    cases.submit(actor=desk.world.officer, at=NOW, code=code, post_id=desk.world.people["khai"].id)
    desk.at += timedelta(minutes=5)
    desk.sign_in("khai")
    url = f"/desk/cases/{code}/approval/"
    page = desk.page(desk.done(url, form_of(desk, url, number="12/XNTTHN")))
    assert page.select_one(".messages") is not None
    assert page.select_one(".messages a") is None


def test_a_late_refusal_offers_the_apology_for_printing(desk: Desk, code: str) -> None:
    cases.forward(actor=desk.world.counter, at=NOW, code=code, unit_id=desk.world.office.id)
    cases.assign(actor=desk.world.head, at=NOW, code=code, post_id=desk.world.people["phuc"].id)
    cases.submit(actor=desk.world.officer, at=NOW, code=code, post_id=desk.world.people["khai"].id)
    desk.at = NOW + timedelta(days=30)
    cases.refuse_after_appraisal(actor=desk.world.chairman, at=desk.at, code=code, reason="Không đủ điều kiện")
    desk.at += timedelta(minutes=5)
    url = f"/desk/cases/{code}/refusal-handover/"
    printed = desk.done(url, form_of(desk, url))
    assert printed == f"/desk/cases/{code}/?issued=1"
    assert "xin lỗi" in text_of(desk.page(printed).select_one("main")).lower()
    case = cases.case(code=code, actor=desk.world.counter, at=desk.at)
    assert [item.kind for item in case.apologies] == [cases.ApologyKind.OMITTED]
    assert case.apologies[0].paper is not None
