"""A batch: the ticked rows go together, and every case that cannot go says why."""

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from cchc.cases import api as cases
from cchc.kernel.errors import Refused
from tests.web.desk.conftest import Desk, text_of
from tests.web.desk.forms import filled
from tests.web.desk.test_filters import price
from tests.world import NOW, World, citizen, intake

pytestmark = pytest.mark.django_db


def receive(world: World, number: int = 1) -> list[str]:
    return [cases.receive(actor=world.counter, at=NOW, intake=intake()) for _ in range(number)]


def forward(world: World, codes: list[str]) -> None:
    cases.forward_many(actor=world.counter, at=NOW, codes=codes, unit_id=world.office.id)


def where(world: World, code: str) -> cases.CaseRow:
    return cases.case(code=code, actor=world.reader, at=NOW).row


def test_rows_of_the_inbox_are_one_form_that_needs_no_script(desk: Desk) -> None:
    codes = receive(desk.world, 2)
    page = desk.page("/desk/", q="bich ngoc")
    form = page.select_one("form[data-batchform]")
    assert [box["value"] for box in form.select("input[name=code]")] == codes
    assert [button["formaction"] for button in form.select("button[formaction]")] == ["/desk/batch/forwarding/"]
    assert form.select_one("input[name=back]")["value"] == "q=bich+ngoc"


def test_only_acts_of_the_reader_are_offered(desk: Desk) -> None:
    forward(desk.world, receive(desk.world))
    assert desk.page("/desk/?scope=unit").select("button[formaction]") == []
    offered = [text_of(button) for button in desk.sign_in("lan").page("/desk/").select("button[formaction]")]
    assert offered == ["Phân công p", "Trả lại l"]
    assert desk.sign_in("thu").page("/desk/?scope=unit").select("input[name=code]") == []


def test_forwarding_makes_one_slip_and_goes_back_to_the_same_list(desk: Desk) -> None:
    codes = receive(desk.world, 3)
    address = "/desk/batch/forwarding/?" + "&".join(f"code={code}" for code in codes) + "&back=scope%3Dunit"
    form = desk.page(address).select_one("main form[method=post]")
    page = desk.send("/desk/batch/forwarding/", filled(form, code=codes, unit_id=str(desk.world.office.id)), status=200)
    assert "Đã làm xong 3 hồ sơ" in text_of(page.main)
    assert page.select_one("main a[href='/desk/?scope=unit']")
    (slip,) = cases.slips(actor=desk.world.counter)
    assert slip.count == 3
    assert page.select_one(f"a[href='/desk/slips/{slip.code}/']")


def test_what_cannot_go_is_told_case_by_case(desk: Desk) -> None:
    gone, here = receive(desk.world, 2)
    forward(desk.world, [gone])
    data = {"code": [gone, here, "H27.112-000000-9999"], "unit_id": str(desk.world.office.id)}
    page = desk.send("/desk/batch/forwarding/", data, status=200)
    rows = {cells[0].text: text_of(cells[1]) for cells in (row.select("td") for row in page.select("tbody tr"))}
    assert rows[here] == "Đã xong"
    assert rows[gone].startswith("Chưa làm được")
    assert "Không có hồ sơ" in rows["H27.112-000000-9999"]
    assert where(desk.world, here).step is cases.Step.ASSIGN


def test_a_choice_left_open_keeps_the_ticks_and_the_note(desk: Desk) -> None:
    codes = receive(desk.world, 2)
    forward(desk.world, codes)
    page = desk.sign_in("lan").send("/desk/batch/assignment/", {"code": codes, "note": "gấp", "post_id": ""})
    assert "Chọn người xử lý hồ sơ." in text_of(page.main)
    assert [box["value"] for box in page.select("input[name=code][checked]")] == codes
    assert page.select_one("textarea[name=note]").text.strip() == "gấp"


def test_assigning_reassigning_and_sending_back(desk: Desk) -> None:
    world, codes = desk.world, receive(desk.world, 2)
    forward(world, codes)
    desk.sign_in("lan")
    phuc, lan = str(world.people["phuc"].id), str(world.people["lan"].id)
    desk.send("/desk/batch/assignment/", {"code": codes, "post_id": phuc}, status=200)
    assert {where(world, code).holder for code in codes} == {"Nguyễn Hữu Phúc"}
    assert "Ghi lý do giao lại" in text_of(desk.send("/desk/batch/reassignment/", {"code": codes, "post_id": lan}).main)
    desk.send("/desk/batch/reassignment/", {"code": codes, "post_id": lan, "note": "Nghỉ phép"}, status=200)
    assert {where(world, code).holder for code in codes} == {"Võ Thị Lan"}
    page = desk.send("/desk/batch/sending-back/", {"code": codes, "note": "Thiếu chữ ký"}, status=200)
    assert "Đã làm xong 2 hồ sơ" in text_of(page.main)
    assert {where(world, code).holder for code in codes} == {"Nguyễn Hữu Phúc"}


def test_one_person_fetches_several_results(desk: Desk) -> None:
    world, codes = desk.world, receive(desk.world, 2)
    forward(world, codes)
    for code in codes:
        cases.assign(actor=world.head, at=NOW, code=code, post_id=world.people["phuc"].id)
        cases.submit(actor=world.officer, at=NOW, code=code, post_id=world.people["khai"].id)
        cases.approve(actor=world.chairman, at=NOW, code=code, number="1/XN")
    assert "Nhập họ tên người nhận" in text_of(desk.send("/desk/batch/handover/", {"code": codes}).main)
    desk.send("/desk/batch/handover/", {"code": codes, "receiver": "Trần Thị Hòa"}, status=200)
    assert {where(world, code).stage for code in codes} == {cases.Stage.RETURNED}


def test_nothing_chosen_teaches_how_to_choose(desk: Desk) -> None:
    assert "Chưa chọn hồ sơ nào" in text_of(desk.page("/desk/batch/forwarding/").main)
    data = {"unit_id": str(desk.world.office.id)}
    assert "Chưa chọn hồ sơ nào" in text_of(desk.send("/desk/batch/forwarding/", data).main)


def test_more_than_two_hundred_are_refused_whole(desk: Desk) -> None:
    with pytest.raises(Refused, match="nhiều nhất 200"):
        cases.forward_many(actor=desk.world.counter, at=NOW, codes=[f"X-{n}" for n in range(201)], unit_id=desk.world.office.id)


def test_a_strangers_cases_are_not_shown_and_do_not_move(desk: Desk) -> None:
    (code,) = receive(desk.world)
    desk.sign_in("tan")
    assert code not in [item.text for item in desk.page(f"/desk/batch/forwarding/?code={code}").select("span.code")]
    page = desk.send("/desk/batch/forwarding/", {"code": [code], "unit_id": str(desk.world.office.id)}, status=200)
    assert "1 hồ sơ chưa làm được" in text_of(page.main)
    assert where(desk.world, code).step is cases.Step.FORWARD


def test_the_way_back_is_only_ever_our_own_list(desk: Desk) -> None:
    (code,) = receive(desk.world)
    page = desk.page("/desk/batch/forwarding/", code=code, back="//evil.example/")
    assert [link["href"] for link in page.select("main .btn--quiet")] == ["/desk/?//evil.example/"]


def test_the_price_of_the_page_does_not_grow(desk: Desk) -> None:
    codes = [cases.receive(actor=desk.world.counter, at=NOW, intake=intake(owner=citizen())) for _ in range(12)]
    few, many = "&code=".join(codes[:2]), "&code=".join(codes)
    assert price(desk, f"/desk/batch/forwarding/?code={few}") == price(desk, f"/desk/batch/forwarding/?code={many}")


def test_what_was_done_can_be_taken_back_from_the_report(desk: Desk) -> None:
    (code,) = receive(desk.world)
    page = desk.send("/desk/batch/forwarding/", {"code": [code], "unit_id": str(desk.world.office.id)}, status=200)
    link = page.select_one("tbody td.num a")
    assert text_of(link) == f"Rút lại {code}"
    form = desk.page(link["href"]).select_one("main form[method=post]")
    desk.done(link["href"], filled(form))
    assert where(desk.world, code).step is cases.Step.FORWARD


def test_a_message_carries_its_way_back_and_nothing_else() -> None:
    def shown(tags: str) -> str:
        message = Message(SUCCESS, "<b>Đã chuyển</b>", extra_tags=tags)
        return render_to_string("ui/messages.html", {"messages": [message]})

    assert '<a href="/desk/cases/H27.112-1/recall/">' in shown("undo:H27.112-1")
    assert "<a" not in shown("")
    assert "<a" not in shown("undo:../x/")
    assert "<script" not in shown('undo:"><script>')
    assert "&lt;b&gt;" in shown("")
